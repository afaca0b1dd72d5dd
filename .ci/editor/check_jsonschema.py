"""What check-jsonschema, the validator of many commit hooks, says about the sample files.

Needs `check-jsonschema` on PATH (requirements.txt pins it). Every example and valid file has to be
accepted, every invalid one refused. Prints what differs, and exits with 1 if anything does.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = ROOT / "crates/outcrop-config/tests/configs"
SCHEMA = ROOT / "schemas/outcrop.schema.json"

# Its YAML reader takes `8_192` for a number, as YAML 1.1 did, has keys that are no texts, and
# knows no tabs between tokens.
READ_OTHERWISE = {
    "max_tokens_underscore",
    "thinking_budget_underscore",
    "numeric_names",
    "tab_after_a_colon",
    "tabs_between_tokens",
}


def refused(files):
    """The files that the schema refuses, and those that cannot be read at all."""
    command = ["check-jsonschema", "-o", "json", "--schemafile", SCHEMA, *files]
    run = subprocess.run(command, capture_output=True, text=True)
    report = json.loads(run.stdout)
    findings = report.get("errors", []) + report.get("parse_errors", [])
    return {Path(finding["filename"]).resolve() for finding in findings}


def main():
    subprocess.run(["check-jsonschema", "--check-metaschema", SCHEMA], check=True)
    good = sorted([*ROOT.glob("examples/*.yaml"), *CONFIGS.glob("valid/*.yaml")])
    bad = sorted(CONFIGS.glob("invalid/*.yaml"))
    good, bad = ([f for f in files if f.stem not in READ_OTHERWISE] for files in (good, bad))
    assert good and bad, "no sample files"
    wrong = [f"refused: {file.relative_to(ROOT)}" for file in sorted(refused(good))]
    missed = set(bad) - refused(bad)
    wrong += [f"accepted: {file.relative_to(ROOT)}" for file in sorted(missed)]
    for line in wrong:
        print(line)
    print(f"check-jsonschema: {len(good)} good and {len(bad)} bad files, {len(wrong)} misjudged")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
