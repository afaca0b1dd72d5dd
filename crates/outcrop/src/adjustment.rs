//! Adjustments of every crate under one roof.

use std::fmt;

use outcrop_policy::Severity;

/// One thing that is not as it was written, or that is expected to be refused.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Adjustment {
    /// Something about identity, region or endpoint.
    Credentials(outcrop_credentials::Adjustment),
    /// Something about the conversation.
    Conversation(outcrop_converse::Adjustment),
    /// A key that is accepted and does nothing.
    OptionIgnored {
        /// Its path inside the model's entry.
        path: &'static str,
    },
    /// Something about thinking, sampling or the model.
    Policy(outcrop_policy::Adjustment),
}

impl Adjustment {
    /// The stable code, such as `thinking.below-minimum`. All are listed in docs/diagnostics.md.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Credentials(adjustment) => adjustment.code(),
            Self::Conversation(adjustment) => adjustment.code(),
            Self::OptionIgnored { .. } => "option.ignored",
            Self::Policy(adjustment) => adjustment.code(),
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        let is_warning = match self {
            Self::Credentials(adjustment) => {
                adjustment.severity() == outcrop_credentials::Severity::Warning
            }
            Self::Conversation(adjustment) => adjustment.is_warning(),
            Self::OptionIgnored { .. } => false,
            Self::Policy(adjustment) => return adjustment.severity(),
        };
        if is_warning {
            Severity::Warning
        } else {
            Severity::Info
        }
    }

    /// Whether the call is expected to be refused because of it.
    #[must_use]
    pub fn predicts_refusal(&self) -> bool {
        match self {
            Self::Credentials(adjustment) => adjustment.predicts_refusal(),
            Self::Conversation(adjustment) => adjustment.predicts_refusal(),
            Self::Policy(adjustment) => adjustment.predicts_refusal(),
            Self::OptionIgnored { .. } => false,
        }
    }

    /// The path it concerns: of a setting inside `entry` (the path of the model's own entry, if
    /// it has one), or inside the conversation. What concerns no setting concerns the entry.
    #[must_use]
    pub fn path(&self, entry: Option<&str>) -> String {
        let path = match self {
            Self::Credentials(adjustment) => adjustment.path().unwrap_or_default().to_owned(),
            Self::Conversation(adjustment) => adjustment.path(),
            Self::OptionIgnored { path } => (*path).to_owned(),
            Self::Policy(adjustment) => adjustment.path().to_owned(),
        };
        let is_in = |start: &&str| path.starts_with(*start);
        match entry {
            Some(_) if CONVERSATION.iter().any(is_in) => path,
            Some(entry) if path.is_empty() => entry.to_owned(),
            Some(entry) => format!("{entry}.{path}"),
            None => path,
        }
    }
}

/// What the paths inside a conversation begin with.
const CONVERSATION: [&str; 3] = ["messages[", "system", "toolConfig"];

impl fmt::Display for Adjustment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credentials(adjustment) => adjustment.fmt(f),
            Self::Conversation(adjustment) => adjustment.fmt(f),
            Self::OptionIgnored { path } => {
                let key = path.rsplit('.').next().unwrap_or(path);
                write!(f, "`{key}` is accepted and has no effect")
            }
            Self::Policy(adjustment) => adjustment.fmt(f),
        }
    }
}
