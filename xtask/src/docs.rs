//! `docs/configuration.md`, from the options of `outcrop-config`: every key with what it takes, its
//! default, an example, and where its rules are listed.

use std::fmt::Write as _;
use std::fs;

use outcrop_config::{Effect, Key, keys};

use crate::files::{Mode, ensure, root};

/// Writes the page, or checks that the committed one is the same.
///
/// # Errors
///
/// As [`ensure`], and when the page of the codes cannot be read or lacks an area that a key names.
pub(crate) fn run(mode: Mode) -> Result<(), String> {
    let path = "docs/diagnostics.md";
    let codes =
        fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))?;
    let page = page(&codes)?;
    ensure("docs/configuration.md", &page, mode, "cargo xtask docs")
}

const INTRODUCTION: &str = "\
# Configuration

<!-- Written by `cargo xtask docs` from the rows of outcrop-config. Change it there. -->

A file is a map with the key `models`, and below it a name of your choice for each model. Only two
keys are needed:

```yaml
# yaml-language-server: $schema=schemas/outcrop.schema.json
models:
  opus:
    provider: amazon-bedrock
    model: global.anthropic.claude-opus-4-8
```

- Entries of other providers are left alone, and so is every key at the top of the file but
  `models` and `providers`: a file of docker-agent works as it stands.
- A Bedrock entry is read strictly. A key that nobody knows, a list where a number belongs, a value
  out of range: `outcrop check` names the line, and what to write instead.
- A key without a value, or with `~` or `null`, is unset.
- Settings that several models have alike may stand in a provider of a name of your own, which they
  name: see [Declared providers](#declared-providers).
- Plain values mean what YAML 1.2 says: `yes`, `no`, `on` and `off` are texts, and `8_192` is no
  number. Anchors, aliases and merge keys (`<<`) work.
- The first line above gives an editor the [schema](../schemas/outcrop.schema.json), which offers
  the keys and their values, shows what this page says, and marks what `outcrop check` refuses, but
  for a few things: a schema cannot see NaN and infinities, keys that stand twice, nor that `8192.0`
  or `1e4` was written for an integer, and of several documents it judges each, where only the first is read.
  Nor can it see whose provider is declared: entries of one are judged by `outcrop check` alone.
  It marks budgets below 1024 tokens other than 0 besides, for which `outcrop check` warns.

";

const DECLARED_PROVIDERS: &str = "
## Declared providers

What several models have alike may stand once, as in docker-agent: below `providers`, under a name of
your own, with `provider: amazon-bedrock`. An entry that names it takes over every key that it does
not set itself, and every key of `provider_opts` likewise.

```yaml
providers:
  bedrock-eu:
    provider: amazon-bedrock
    max_tokens: 16384
    provider_opts: { region: eu-central-1, profile: work }
models:
  haiku:
    provider: bedrock-eu
    model: eu.anthropic.claude-haiku-4-5-20251001-v1:0
    provider_opts: { region: eu-west-1 } # and the profile of `bedrock-eu`
```

Every key of an entry that does something may stand there, but for `model`, and is read as strictly;
and of those that do nothing, what docker-agent takes in a provider: `frequency_penalty`,
`presence_penalty`, `base_url`, `task_budget`, `auth`, `compaction_model`, `unload_api` and an empty
`api_type`. A list or a map is taken over or replaced as a whole. A provider names no other declared
one. With an `api_type`, docker-agent calls an API of OpenAI, and entries that name the provider are
not read (`config.not-read`); those of `amazon-bedrock` itself are, without anything from a provider
of that name. Providers that are not Bedrock are left alone, unless one looks as if it should be
(`config.provider-misspelt`, `config.provider-missing`).
";

/// The whole page. `codes` is the page that explains the codes.
fn page(codes: &str) -> Result<String, String> {
    let (options, entry): (Vec<_>, Vec<_>) = keys()
        .filter(|key| !is_foreign(key))
        .partition(|key| key.path.contains('.'));
    let mut page = INTRODUCTION.to_owned();
    page.push_str("## Contents\n\n");
    contents("[In an entry](#in-an-entry)", &entry, &mut page);
    contents(
        "[In `provider_opts`](#in-provider_opts)",
        &options,
        &mut page,
    );
    page.push_str("- [Declared providers](#declared-providers)\n");
    page.push_str("- [Accepted and ignored](#accepted-and-ignored)\n");
    page.push_str("\n## In an entry\n");
    for key in entry {
        section(key, codes, &mut page)?;
    }
    page.push_str(
        "\n## In `provider_opts`\n\nWhat only Amazon Bedrock has. Every key is optional.\n",
    );
    for key in options {
        section(key, codes, &mut page)?;
    }
    page.push_str(DECLARED_PROVIDERS);
    ignored(&mut page);
    Ok(page)
}

/// Whether a key is docker-agent's, so that its value is not looked at.
fn is_foreign(key: &Key) -> bool {
    key.effect == Effect::Ignored && key.accepted().is_none()
}

fn contents(title: &str, keys: &[&Key], page: &mut String) {
    line(page, format_args!("- {title}"));
    for key in keys {
        let summary = key.summary().trim();
        line(page, format_args!("  - [`{0}`](#{0}): {summary}", key.name));
    }
}

/// What there is to know about one key.
fn section(key: &Key, codes: &str, page: &mut String) -> Result<(), String> {
    line(
        page,
        format_args!("\n### `{}`\n\n{}\n", key.name, key.text()),
    );
    if key.effect == Effect::Ignored {
        page.push_str("**Accepted, and without effect so far**, which `option.ignored` says.\n\n");
    }
    if let Some(accepted) = key.accepted() {
        line(page, format_args!("- Takes {}.", accepted.in_full()));
    }
    let needed = matches!(key.path, "provider" | "model");
    match key.default {
        Some(default) => line(page, format_args!("- Default: `{default}`")),
        None if needed => line(page, format_args!("- Needed.")),
        None => line(page, format_args!("- Default: unset")),
    }
    rules(key, codes, page)?;
    let choices = key.accepted().map(|accepted| accepted.choices);
    let choices = choices.filter(|choices| !choices.is_empty());
    if let Some(choices) = choices {
        page.push_str("\n| value | meaning |\n|---|---|\n");
        for choice in choices {
            line(
                page,
                format_args!("| `{}` | {} |", choice.word, choice.meaning),
            );
        }
    }
    example(key, page);
    Ok(())
}

/// Links to the codes that the key's rules report under.
fn rules(key: &Key, codes: &str, page: &mut String) -> Result<(), String> {
    let links: Vec<_> = key
        .areas
        .iter()
        .map(|area| match anchor(area, codes) {
            Some(anchor) => Ok(format!("[`{area}.*`](diagnostics.md#{anchor})")),
            None => Err(format!(
                "docs/diagnostics.md has no code `{area}.*`, which `{}` names",
                key.path
            )),
        })
        .collect::<Result<_, _>>()?;
    if !links.is_empty() {
        line(page, format_args!("- Rules: {}", links.join(", ")));
    }
    Ok(())
}

/// The anchor of the first heading of the page of codes that lists a code of an area.
fn anchor(area: &str, codes: &str) -> Option<String> {
    let row = format!("| `{area}.");
    let mut heading = None;
    for line in codes.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            heading = Some(title);
        } else if line.starts_with(&row) {
            return heading.map(slug);
        }
    }
    None
}

/// The anchor that a heading gets: lower case, blanks as hyphens, other punctuation left out.
fn slug(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The key as it stands in an entry, with every value to start from.
fn example(key: &Key, page: &mut String) {
    page.push_str("\n```yaml\n");
    let indent = match key.path.split_once('.') {
        Some((outer, _)) => {
            line(page, format_args!("{outer}:"));
            "  "
        }
        None => "",
    };
    for (position, example) in key.examples.iter().enumerate() {
        let or = if position == 0 { "" } else { "# or " };
        line(page, format_args!("{indent}{or}{}: {example}", key.name));
    }
    page.push_str("```\n");
}

/// What is accepted for docker-agent's sake.
fn ignored(page: &mut String) {
    page.push_str(
        "\n## Accepted and ignored\n\nThese keys of docker-agent are accepted with any value and do \
         nothing here, which `option.ignored`\nsays where one is set:\n\n",
    );
    for key in keys().filter(|key| is_foreign(key)) {
        line(page, format_args!("- `{}`", key.path));
    }
}

/// Adds a line. Writing to a string cannot fail.
fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(page, "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_page_is_fresh() {
        if let Err(stale) = run(Mode::Check) {
            panic!("{stale}");
        }
    }

    #[test]
    fn every_key_is_on_the_page_and_every_link_within_it_leads_to_a_heading() {
        let codes = fs::read_to_string(root().join("docs/diagnostics.md")).expect("the page");
        let page = page(&codes).expect("every area");
        for key in keys() {
            let shown = if is_foreign(key) { key.path } else { key.name };
            assert!(page.contains(&format!("`{shown}`")), "{}", key.path);
        }
        let headings = page.lines().filter(|line| line.starts_with('#'));
        let anchors: Vec<_> = headings
            .map(|line| slug(line.trim_start_matches('#').trim()))
            .collect();
        let links = page
            .split("](#")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for link in links {
            let times = anchors.iter().filter(|anchor| *anchor == link).count();
            assert_eq!(times, 1, "{link}");
        }
    }

    #[test]
    fn an_area_leads_to_the_heading_above_its_first_code() {
        let codes = "## A b, c\n\n| `x.y` | |\n\n## D\n| `z.y` | |\n";
        assert_eq!(anchor("x", codes).as_deref(), Some("a-b-c"));
        assert_eq!(anchor("z", codes).as_deref(), Some("d"));
        assert_eq!(anchor("w", codes), None);
    }
}
