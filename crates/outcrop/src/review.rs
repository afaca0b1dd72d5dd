//! What a file means: everything there is to say about it, in the order of the text.

mod shared;

use std::cmp::Reverse;
use std::ops::Range;

use outcrop_config::{Code, Diagnostic, Draft, Loaded, Severity, entry_path};
use outcrop_converse::{Adjustment as Conversed, Conversation};
use outcrop_policy::{Adjustment as Policy, Date, check_identifier, check_route, profiles_from};

use crate::{Adjustment, InvalidFile, Model};

/// Beyond this a list helps nobody, and a hostile file could make it as long as it likes.
const MOST: usize = 10_000;

/// What an entry is reviewed with: nothing in it is worth a word.
const PROMPT: &str = "Hello";

/// Where a setting that is not written is looked for instead.
const INSTEAD: [(&str, &str); 2] = [
    ("provider_opts.region", "model"),
    ("provider_opts.thinking_display", "thinking_budget"),
];

/// One thing to say about a configuration file: about its text, or about what it means.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// The stable code, such as `thinking.below-minimum`. All are listed in docs/diagnostics.md.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The setting it concerns, such as `models.opus.thinking_budget`, also where it is not
    /// written; empty for the file as a whole. Where several models have the setting from one
    /// place, it is that of the first, and the message names the models.
    pub path: String,
    /// The bytes of the text that it concerns.
    pub span: Range<usize>,
    /// The line where the span starts, from 1.
    pub line: usize,
    /// The column where the span starts, from 1, counted in characters.
    pub column: usize,
    /// What it is, in one sentence.
    pub message: String,
    /// What to write instead, where the message does not say it.
    pub help: Option<String>,
}

/// What is found of a model.
struct Found {
    finding: Finding,
    /// The name of the model.
    model: String,
    /// The setting that the finding points at, or would if it were written.
    setting: String,
    /// The same inside the entry, and where its key stands, if other models may have it from
    /// there too.
    shareable: Option<(&'static str, Range<usize>)>,
}

impl Finding {
    /// What there is to say about a file that cannot be read.
    #[must_use]
    pub fn unreadable(error: &InvalidFile) -> Self {
        let message = match std::error::Error::source(error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        };
        Self::about_file("file.unreadable", Severity::Error, message)
    }

    /// What stands at no place of its own.
    fn about_file(code: &'static str, severity: Severity, message: String) -> Self {
        Self {
            code,
            severity,
            path: String::new(),
            span: 0..0,
            line: 1,
            column: 1,
            message,
            help: None,
        }
    }
}

/// Says everything there is to say about a file, in the order of the text: what is wrong with the
/// text, and what would be changed, dropped or refused if its models were asked something. No
/// environment and no AWS file is read, so that a region counts only where it is written, and who
/// calls is not looked at. `today` is for models that come to their end.
///
/// Of an entry with a setting that cannot be read, only that is said which holds whatever is written
/// there.
///
/// ```
/// use outcrop::policy::Date;
///
/// let loaded = outcrop::config::load(
///     "models:
///   opus:
///     provider: amazon-bedrock
///     model: global.anthropic.claude-opus-4-8
///     temperature: 0.7
/// ",
/// );
/// let findings = outcrop::review(&loaded, Date::new(2026, 11, 22));
/// assert_eq!(findings[0].code, "sampling.refused-by-model");
/// assert_eq!((findings[0].line, findings[0].column), (5, 5));
/// ```
#[must_use]
pub fn review(loaded: &Loaded, today: Date) -> Vec<Finding> {
    let (mut found, mut reviewed) = (Vec::new(), Vec::new());
    let mut is_cut = false;
    let prompt = Conversation::from(PROMPT);
    for model in &loaded.models {
        if found.len() >= MOST {
            is_cut = true;
            break;
        }
        reviewed.push(model.name.as_str());
        let model = Model::named(&model.name, model.config.clone());
        let adjustments = judge(&model, &prompt, today);
        found.extend(adjustments.map(|adjustment| locate(loaded, &model, &adjustment)));
    }
    for draft in loaded.drafts() {
        if found.len() >= MOST {
            is_cut = true;
            break;
        }
        reviewed.push(&draft.name);
        found.extend(review_draft(loaded, draft, &prompt, today));
    }
    let mut findings: Vec<Finding> = loaded.diagnostics.iter().map(Finding::from).collect();
    findings.extend(shared::gather(loaded, &reviewed, found));
    findings.sort_by_key(|finding| (finding.span.start, Reverse(finding.severity)));
    if is_cut {
        findings.push(more_findings());
    }
    findings
}

/// What holds of a model however its unreadable settings are mended, in the words for the one that
/// has none of them.
fn review_draft(loaded: &Loaded, draft: &Draft, prompt: &Conversation, today: Date) -> Vec<Found> {
    let variants = draft
        .variants
        .iter()
        .map(|config| Model::named(&draft.name, config.clone()));
    let mut reviews = variants.map(|model| {
        let adjustments = judge(&model, prompt, today);
        let found = adjustments.map(|adjustment| locate(loaded, &model, &adjustment));
        found.collect::<Vec<_>>()
    });
    let mut findings = reviews.next().unwrap_or_default();
    for others in reviews {
        findings.retain(|Found { finding, .. }| {
            let mut others = others.iter().map(|other| &other.finding);
            others.any(|other| (other.code, &other.path) == (finding.code, &finding.path))
        });
    }
    findings
}

/// What stands at the end of a list that was cut.
fn more_findings() -> Finding {
    let code = Code::FileMoreFindings;
    let message = format!("more than {MOST} findings; the others are left out");
    let help = Some("mend these and check again".to_owned());
    Finding {
        help,
        ..Finding::about_file(code.as_str(), code.severity(), message)
    }
}

impl From<&Diagnostic> for Finding {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity(),
            path: diagnostic.path.clone(),
            span: diagnostic.span.clone(),
            line: diagnostic.line,
            column: diagnostic.column,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        }
    }
}

/// What the settings of an entry would come to, except for what its text was reported for.
fn judge<'a>(
    model: &'a Model,
    prompt: &Conversation,
    today: Date,
) -> impl Iterator<Item = Adjustment> + 'a {
    let (config, policy) = (model.config(), model.policy());
    let route = match written_region(model) {
        Some(region) => check_route(policy, region),
        None => check_identifier(policy),
    };
    let prepared = model.prepare(prompt);
    let prepared = prepared.map_or_else(|_| Vec::new(), |prepared| prepared.adjustments);
    let is_said_elsewhere = |adjustment: &Adjustment| match adjustment {
        Adjustment::OptionIgnored { path } => config.ignored.iter().any(|it| it.path == *path),
        // How long a prompt is says nothing about the file.
        Adjustment::Conversation(Conversed::CacheBelowMinimum { .. }) => true,
        _ => false,
    };
    route
        .into_iter()
        .map(Adjustment::Policy)
        .chain(model.ending(today))
        .chain(prepared)
        .filter(move |adjustment| !is_said_elsewhere(adjustment))
}

/// The region that the file names, itself or in an ARN.
fn written_region(model: &Model) -> Option<&str> {
    let region = model.config().provider_opts.region.as_deref();
    region.or(model.policy().id().region())
}

/// Brings an adjustment to its place in the text.
fn locate(loaded: &Loaded, model: &Model, adjustment: &Adjustment) -> Found {
    let entry = entry_path(model.name());
    let path = adjustment.path(Some(&entry));
    let instead = INSTEAD
        .iter()
        .find(|(setting, _)| is_setting(&path, &entry, setting) && !loaded.is_written(&path))
        .map(|(_, instead)| *instead);
    let setting = instead.map(|instead| format!("{entry}.{instead}"));
    let setting = setting.unwrap_or_else(|| path.clone());
    let location = if is_about_key(adjustment) {
        loaded.locate_key(&setting)
    } else {
        loaded.locate(&setting)
    };
    let severity = match adjustment.severity() {
        outcrop_policy::Severity::Info => Severity::Info,
        outcrop_policy::Severity::Warning => Severity::Warning,
    };
    let finding = Finding {
        code: adjustment.code(),
        severity,
        span: location.map_or(0..0, |location| location.span.clone()),
        line: location.map_or(1, |location| location.line),
        column: location.map_or(1, |location| location.column),
        message: adjustment.to_string(),
        help: help(model, adjustment),
        path,
    };
    let of_policy = match adjustment {
        Adjustment::Policy(adjustment) => Some(adjustment.path()),
        _ => None,
    };
    let key = loaded.locate_key(&setting);
    let key = key.filter(|_| loaded.is_written(&setting));
    let key = key.map(|key| key.span.clone());
    Found {
        finding,
        model: model.name().to_owned(),
        setting,
        shareable: instead.or(of_policy).zip(key),
    }
}

/// Whether `path` is `setting` of `entry`.
fn is_setting(path: &str, entry: &str, setting: &str) -> bool {
    let rest = path.strip_prefix(entry);
    rest.and_then(|rest| rest.strip_prefix('.')) == Some(setting)
}

/// Whether a setting is in the way as a whole, whatever its value.
fn is_about_key(adjustment: &Adjustment) -> bool {
    match adjustment {
        Adjustment::OptionIgnored { .. } | Adjustment::Conversation(_) => true,
        Adjustment::Policy(adjustment) => matches!(
            adjustment,
            Policy::BaseModelIgnored
                | Policy::DisplayIgnored
                | Policy::SamplingDroppedForThinking { .. }
                | Policy::SamplingPairRefused
                | Policy::SamplingRefusedByModel { .. }
                | Policy::ThinkingNotSupported { .. }
        ),
        Adjustment::Credentials(_) => false,
    }
}

/// What to write instead, where that takes a look at other models.
fn help(model: &Model, adjustment: &Adjustment) -> Option<String> {
    let Adjustment::Policy(adjustment) = adjustment else {
        return None;
    };
    let policy = model.policy();
    match adjustment {
        Policy::RegionProfileMismatch { .. } => {
            let region = written_region(model)?;
            let profiles = profiles_from(policy, region).map(|id| format!("`{id}`"));
            let profiles = profiles.collect::<Vec<_>>().join(", ");
            (!profiles.is_empty()).then(|| format!("from {region} there is {profiles}"))
        }
        _ => None,
    }
}
