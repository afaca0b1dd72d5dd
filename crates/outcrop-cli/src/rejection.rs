//! Command lines that cannot be read.

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

use crate::exit;
use crate::failure::Report;
use crate::render::answer::print_report;

/// Says on stderr what is wrong, or what was asked about the command line; and as a document on
/// stdout, where an answer in JSON was asked for.
pub(crate) fn reject(error: &clap::Error) -> ExitCode {
    // Where this cannot be written, nobody is there to read it.
    let _ = error.print();
    if !error.use_stderr() {
        return ExitCode::SUCCESS;
    }
    if wants_json(std::env::args_os().skip(1)) {
        print_report(&report(&error.render().to_string()), None);
    }
    ExitCode::from(exit::USAGE)
}

/// What is said to people, as a document: the first paragraph is what is wrong, tips are hints.
fn report(page: &str) -> Report {
    let (wrong, rest) = page.split_once("\n\n").unwrap_or((page, ""));
    let wrong: Vec<_> = wrong.lines().map(str::trim).collect();
    let wrong = wrong.join(" ");
    let message = wrong.strip_prefix("error: ").unwrap_or(&wrong);
    let tips = rest
        .lines()
        .filter_map(|it| it.trim().strip_prefix("tip: "));
    let help = "`outcrop run --help` lists the options".to_owned();
    Report::usage(message, tips.map(str::to_owned).chain([help]))
}

/// Whether a command line that cannot be read asks for an answer in JSON: the last `--format` counts,
/// in front of `--`, where only words of the prompt follow.
fn wants_json(args: impl IntoIterator<Item = OsString>) -> bool {
    let mut args = args.into_iter();
    if args.next().is_none_or(|command| command != "run") {
        return false;
    }
    let is_json = |format: &OsStr| format == "json" || format == "ndjson";
    let mut found = false;
    let mut options = args.take_while(|arg| arg != "--");
    while let Some(option) = options.next() {
        if option == "--format" {
            found = options.next().is_some_and(|format| is_json(&format));
        } else if let Some(format) = option.to_str().and_then(|it| it.strip_prefix("--format=")) {
            found = is_json(format.as_ref());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{report, wants_json};

    #[test]
    fn json_is_wanted_as_far_as_the_command_line_can_be_read() {
        for (line, expected) in [
            ("run --format json --bogus", true),
            ("run --bogus --format=ndjson Hi", true),
            ("run --format text --bogus", false),
            ("run --format", false),
            ("run --format=yaml", false),
            ("run --format json --format text", false),
            ("run --bogus -- --format json", false),
            ("explain --format json --bogus", false),
            ("--format json run", false),
            ("", false),
        ] {
            let args = line.split_whitespace().map(Into::into);
            assert_eq!(wants_json(args), expected, "{line}");
        }
    }

    #[test]
    fn a_document_has_the_tips_as_hints() {
        let page = "error: invalid value 'x' for '--format <FORMAT>'\n  [possible values: a, b]\n\n  \
                    tip: a similar value exists: 'a'\n\nFor more information, try '--help'.\n";
        let report = report(page);
        let message = "invalid value 'x' for '--format <FORMAT>' [possible values: a, b]";
        assert_eq!(report.message, message);
        assert_eq!(report.hints[0], "a similar value exists: 'a'");
    }
}
