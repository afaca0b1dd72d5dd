//! The examples in docs/diagnostics, a file a code: what is bad gives the code and what stands below
//! it, and what is good gives nothing at all. With `INSTA_UPDATE=always` what is said is written into
//! the files, as for the snapshots.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use outcrop::policy::Date;
use outcrop::{Conversation, Env, Model};

/// The day on which the examples are judged.
const TODAY: Date = Date::new(2026, 11, 22);

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/diagnostics");

#[test]
fn what_is_bad_gives_its_code_and_what_is_good_gives_nothing() {
    let mut wrong = Vec::new();
    for path in files() {
        let code = path.file_stem().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("text");
        if let Err(problem) = check(&path, &code, &text) {
            wrong.push(format!("{code}: {problem}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).expect("a folder");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(files.len() >= 60, "{} files", files.len());
    files
}

/// Judges the examples of one code.
fn check(path: &Path, code: &str, text: &str) -> Result<(), String> {
    if let Some(reason) = text.strip_prefix("No example: ") {
        return match reason.trim().len() {
            0 => Err("a reason is needed".to_owned()),
            _ => Ok(()),
        };
    }
    let (bad, good) = text
        .split_once("\nGood:")
        .filter(|_| text.starts_with("Bad:"))
        .ok_or("it takes `Bad:` and `Good:`, or `No example: ` and a reason")?;
    let (bad_example, good_example) = (Example::read(bad)?, Example::read(good)?);
    let is_explained = bad_example.is_explained() || good_example.is_explained();

    let said = bad_example.judge(is_explained)?;
    if !said.contains(&format!(" {code}: ")) && !said.contains(&format!(" {code} at ")) {
        return Err(format!("what is bad does not give it, but\n{said}"));
    }
    let expected = bad_example.said.as_deref().unwrap_or_default();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let (before, after) = ("```text\n", "```");
        let updated = text.replacen(
            &format!("{before}{expected}{after}"),
            &format!("{before}{said}{after}"),
            1,
        );
        fs::write(path, updated).map_err(|error| error.to_string())?;
    } else if expected != said {
        return Err(format!(
            "what is said has changed (INSTA_UPDATE=always accepts it): expected\n{expected}found\n{said}"
        ));
    }
    match good_example.judge(is_explained)? {
        said if said.is_empty() => Ok(()),
        said => Err(format!("what is good gives\n{said}")),
    }
}

/// A file with what stands around it.
#[derive(Default)]
struct Example {
    yaml: String,
    /// Lines such as `export NAME=VALUE`.
    environment: Option<String>,
    /// `~/.aws/config`.
    aws_config: Option<String>,
    conversation: Option<String>,
    said: Option<String>,
}

impl Example {
    /// Takes the fenced blocks out of Markdown.
    fn read(markdown: &str) -> Result<Self, String> {
        let mut example = Self::default();
        let mut lines = markdown.lines();
        while let Some(line) = lines.next() {
            let Some(kind) = line.strip_prefix("```") else {
                continue;
            };
            let mut block = String::new();
            for line in lines.by_ref().take_while(|line| *line != "```") {
                block.push_str(line);
                block.push('\n');
            }
            let (kind, detail) = kind.split_once(' ').unwrap_or((kind, ""));
            match kind {
                "yaml" => example.yaml = with_last_line_repeated(&block, detail),
                "sh" => example.environment = Some(block),
                "ini" => example.aws_config = Some(block),
                "json" => example.conversation = Some(block),
                "text" => example.said = Some(block),
                other => return Err(format!("a block of `{other}`")),
            }
        }
        Ok(example)
    }

    /// Whether it takes more than a file to judge it.
    fn is_explained(&self) -> bool {
        self.environment.is_some() || self.aws_config.is_some() || self.conversation.is_some()
    }

    /// Everything that is said about it, a line each.
    fn judge(&self, is_explained: bool) -> Result<String, String> {
        if is_explained {
            self.explain()
        } else {
            Ok(self.review())
        }
    }

    fn review(&self) -> String {
        let mut said = String::new();
        for finding in outcrop::review(&outcrop::config::load(&self.yaml), TODAY) {
            let (line, column) = (finding.line, finding.column);
            let (severity, code, message) = (finding.severity, finding.code, finding.message);
            writeln!(said, "{line}:{column}: {severity} {code}: {message}").expect("a string");
            if let Some(help) = finding.help {
                writeln!(said, "  help: {help}").expect("a string");
            }
        }
        said
    }

    fn explain(&self) -> Result<String, String> {
        let loaded = outcrop::config::load(&self.yaml);
        let [model] = loaded.models.as_slice() else {
            return Err(format!("not one model: {:?}", loaded.diagnostics));
        };
        let model = Model::named(&model.name, model.config.clone());
        let conversation = match &self.conversation {
            Some(json) => serde_json::from_str(json).map_err(|error| error.to_string())?,
            None => Conversation::from("Hello"),
        };
        let explained = model
            .explain(&conversation, &model.plan(&self.env()))
            .map_err(|error| error.to_string())?;
        let mut said = String::new();
        for adjustment in explained.adjustments {
            let (severity, code) = (adjustment.severity().as_str(), adjustment.code());
            let path = adjustment.path(model.entry());
            writeln!(said, "{severity} {code} at {path}: {adjustment}").expect("a string");
        }
        Ok(said)
    }

    fn env(&self) -> Env {
        let mut env = Env::empty();
        for line in self.environment.iter().flat_map(|lines| lines.lines()) {
            let variable = line.strip_prefix("export ").unwrap_or(line);
            let (name, value) = variable.split_once('=').expect("export NAME=VALUE");
            env = env.with_variable(name, value.trim_matches('"'));
        }
        match &self.aws_config {
            Some(text) => env.with_config_file("~/.aws/config", text),
            None => env,
        }
    }
}

/// A block whose last line stands as often as `detail` says, as in `last line x 100000`.
fn with_last_line_repeated(block: &str, detail: &str) -> String {
    let Some(times) = detail.strip_prefix("last line x ") else {
        return block.to_owned();
    };
    let times: usize = times.parse().expect("a number");
    let last = block.lines().last().unwrap_or_default();
    format!("{block}{}", format!("{last}\n").repeat(times - 1))
}
