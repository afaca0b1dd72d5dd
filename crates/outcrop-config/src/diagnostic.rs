//! What is wrong with a file, and where.

use std::fmt;
use std::ops::Range;

/// One thing to say about a configuration file.
///
/// ```
/// let loaded = outcrop_config::load("models:\n  opus:\n    provider: bedrock\n");
/// let diagnostic = &loaded.diagnostics[0];
/// assert_eq!(diagnostic.code.as_str(), "config.provider-misspelt");
/// assert_eq!((diagnostic.line, diagnostic.column), (3, 15));
/// assert_eq!(diagnostic.path, "models.opus.provider");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: Code,
    /// The keys that lead to it, such as `models.opus.provider_opts.region`; empty for the file as
    /// a whole. A key that is not a plain word is quoted: `models."claude-4.5".model`.
    pub path: String,
    /// The bytes of the text that it concerns.
    pub span: Range<usize>,
    /// The line where the span starts, from 1.
    pub line: usize,
    /// The column where the span starts, from 1, counted in characters.
    pub column: usize,
    /// What is wrong and what to write instead, in one line.
    pub message: String,
    /// More advice, where there is some.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Whether the file can be used in spite of it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// `LINE:COLUMN: SEVERITY CODE: MESSAGE`, so that a file name and a colon can go before it.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (severity, code) = (self.severity(), self.code);
        write!(
            f,
            "{}:{}: {severity} {code}: {}",
            self.line, self.column, self.message
        )
    }
}

/// How much a [`Diagnostic`] matters. The worst is the greatest.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Probably not what was meant.
    Warning,
    /// The model it belongs to, or the whole file, cannot be used.
    Error,
}

impl Severity {
    /// The word as it is printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The kinds of [`Diagnostic`]. The spelling of each is stable, for scripts to match on.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Code {
    /// A value that is written the wrong way, such as an ARN without an account.
    ConfigBadFormat,
    /// Two settings that contradict each other, or one that has no effect without another.
    ConfigConflict,
    /// A bearer token that would cross the network unencrypted.
    ConfigInsecureEndpoint,
    /// A key that every entry needs.
    ConfigMissingKey,
    /// A file without any `models`.
    ConfigNoModels,
    /// Models of docker-agent that are not read here.
    ConfigNotRead,
    /// A number beyond what is accepted.
    ConfigOutOfRange,
    /// An entry that does not say whose model it is.
    ConfigProviderMissing,
    /// A provider whose name is close to `amazon-bedrock`.
    ConfigProviderMisspelt,
    /// A key that nobody knows.
    ConfigUnknownKey,
    /// A list where a number belongs, and the like.
    ConfigWrongType,
    /// More to say than a list can hold.
    FileMoreFindings,
    /// A key that is accepted and does nothing.
    OptionIgnored,
    /// A key that stands twice in one mapping.
    YamlDuplicateKey,
    /// A second YAML document, which is not read.
    YamlSecondDocument,
    /// Text that is not YAML.
    YamlSyntax,
    /// Collections nested too deeply.
    YamlTooDeep,
    /// A file that is too large.
    YamlTooLarge,
    /// Aliases that stand for too much.
    YamlTooManyAliases,
}

impl Code {
    /// Every code, in the order of its spelling.
    pub const ALL: [Self; 19] = [
        Self::ConfigBadFormat,
        Self::ConfigConflict,
        Self::ConfigInsecureEndpoint,
        Self::ConfigMissingKey,
        Self::ConfigNoModels,
        Self::ConfigNotRead,
        Self::ConfigOutOfRange,
        Self::ConfigProviderMissing,
        Self::ConfigProviderMisspelt,
        Self::ConfigUnknownKey,
        Self::ConfigWrongType,
        Self::FileMoreFindings,
        Self::OptionIgnored,
        Self::YamlDuplicateKey,
        Self::YamlSecondDocument,
        Self::YamlSyntax,
        Self::YamlTooDeep,
        Self::YamlTooLarge,
        Self::YamlTooManyAliases,
    ];

    /// The stable spelling, such as `config.unknown-key`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConfigBadFormat => "config.bad-format",
            Self::ConfigConflict => "config.conflict",
            Self::ConfigInsecureEndpoint => "config.insecure-endpoint",
            Self::ConfigMissingKey => "config.missing-key",
            Self::ConfigNoModels => "config.no-models",
            Self::ConfigNotRead => "config.not-read",
            Self::ConfigOutOfRange => "config.out-of-range",
            Self::ConfigProviderMissing => "config.provider-missing",
            Self::ConfigProviderMisspelt => "config.provider-misspelt",
            Self::ConfigUnknownKey => "config.unknown-key",
            Self::ConfigWrongType => "config.wrong-type",
            Self::FileMoreFindings => "file.more-findings",
            Self::OptionIgnored => "option.ignored",
            Self::YamlDuplicateKey => "yaml.duplicate-key",
            Self::YamlSecondDocument => "yaml.second-document",
            Self::YamlSyntax => "yaml.syntax",
            Self::YamlTooDeep => "yaml.too-deep",
            Self::YamlTooLarge => "yaml.too-large",
            Self::YamlTooManyAliases => "yaml.too-many-aliases",
        }
    }

    /// How much it matters.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::ConfigNotRead | Self::FileMoreFindings | Self::OptionIgnored => Severity::Info,
            Self::ConfigConflict
            | Self::ConfigNoModels
            | Self::ConfigProviderMissing
            | Self::ConfigProviderMisspelt
            | Self::YamlSecondDocument => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
