//! The accepted keys: one list, which the structs, the loader, the JSON Schema and the
//! documentation share.

use crate::model_config::ModelConfig;
use crate::provider_opts::ProviderOpts;
use crate::values::Accepted;

/// A key that an entry with `provider: amazon-bedrock` accepts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Key {
    /// The key itself, such as `region`.
    pub name: &'static str,
    /// The keys that lead to it inside an entry, such as `provider_opts.region`.
    pub path: &'static str,
    /// What it does, in Markdown: one line, then paragraphs.
    pub doc: &'static str,
    /// What holds while it is unset, as YAML, where that is always the same.
    pub default: Option<&'static str>,
    /// Values to start from, as YAML; the first is the one to show. Empty where there is no value
    /// of its own to show.
    pub examples: &'static [&'static str],
    /// The areas of the codes that its rules report under, such as `thinking`.
    pub areas: &'static [&'static str],
    /// Whether it does anything.
    pub effect: Effect,
}

/// Whether a key does anything.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Effect {
    /// It changes the request, the identity or the transport.
    Active,
    /// It is accepted and does nothing, which `option.ignored` says wherever it is set.
    Ignored,
}

impl Key {
    /// The first line of [`doc`](Self::doc).
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.doc.trim_start().lines().next().unwrap_or_default()
    }

    /// [`doc`](Self::doc) without the blank that every line of a doc comment starts with.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = self
            .doc
            .lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// What its value may be. `None` for the keys that the loader reads itself, and for those of
    /// docker-agent, whose values are not looked at.
    ///
    /// ```
    /// let mut keys = outcrop_config::keys();
    /// let temperature = keys.find(|key| key.path == "temperature").and_then(|key| key.accepted());
    /// assert_eq!(temperature.unwrap().text, "a number from 0 to 1");
    /// ```
    #[must_use]
    pub fn accepted(&self) -> Option<Accepted> {
        match self.path.strip_prefix("provider_opts.") {
            Some(name) => ProviderOpts::accepted(name),
            None => ModelConfig::accepted(self.path),
        }
    }
}

/// Whose model an entry is, which the loader reads itself.
pub(crate) const PROVIDER: Key = Key {
    name: "provider",
    path: "provider",
    doc: "Whose model it is: `amazon-bedrock` makes the entry one of ours.",
    default: None,
    examples: &["amazon-bedrock"],
    areas: &["config"],
    effect: Effect::Active,
};

/// The map of the options, which the loader reads itself.
pub(crate) const PROVIDER_OPTS: Key = Key {
    name: "provider_opts",
    path: "provider_opts",
    doc: "What only Amazon Bedrock has: region, credentials, endpoint and more.",
    default: None,
    examples: &["{ region: us-east-1 }"],
    areas: &["config"],
    effect: Effect::Active,
};

const STRUCTURE: &[Key] = &[PROVIDER, PROVIDER_OPTS];

/// What docker-agent accepts in an entry and nothing here acts on.
pub(crate) const FOREIGN: &[Key] = &foreign([
    "description",
    "bypass_models_gateway",
    "frequency_penalty",
    "presence_penalty",
    "base_url",
    "task_budget",
    "routing",
    "auth",
    "first_available",
    "title_model",
    "compaction_model",
    "compaction_threshold",
    "capabilities",
    "cost",
]);

/// What docker-agent accepts in `provider_opts` of every provider and nothing here acts on.
const FOREIGN_OPTIONS: &[Key] = &[Key {
    path: "provider_opts.context_size",
    ..foreign(["context_size"])[0]
}];

/// What docker-agent accepts in a declared provider alone.
const DECLARED_ALONE: &[Key] = &foreign(["api_type", "unload_api"]);

/// The keys of [`FOREIGN`] that docker-agent accepts in a declared provider.
const DECLARED_FOREIGN: [&str; 6] = [
    "frequency_penalty",
    "presence_penalty",
    "base_url",
    "task_budget",
    "auth",
    "compaction_model",
];

const fn foreign<const N: usize>(names: [&'static str; N]) -> [Key; N] {
    let mut keys = [PROVIDER; N];
    let mut position = 0;
    while position < N {
        keys[position] = Key {
            name: names[position],
            path: names[position],
            doc: "A key of docker-agent. Accepted, and without effect here.",
            default: None,
            examples: &[],
            areas: &["option"],
            effect: Effect::Ignored,
        };
        position += 1;
    }
    keys
}

/// Every accepted key, in the order of the documentation.
///
/// ```
/// let region = outcrop_config::keys().find(|key| key.path == "provider_opts.region");
/// assert!(region.is_some_and(|key| key.summary().contains("region")));
/// ```
pub fn keys() -> impl Iterator<Item = &'static Key> {
    entry_keys().chain(option_keys())
}

/// The keys of `provider_opts`.
pub(crate) fn option_keys() -> impl Iterator<Item = &'static Key> + Clone {
    ProviderOpts::KEYS.iter().chain(FOREIGN_OPTIONS)
}

/// The keys of an entry itself.
pub(crate) fn entry_keys() -> impl Iterator<Item = &'static Key> + Clone {
    STRUCTURE.iter().chain(ModelConfig::KEYS).chain(FOREIGN)
}

/// The keys of a declared provider: of an entry, what several models can have alike.
pub(crate) fn declared_keys() -> impl Iterator<Item = &'static Key> + Clone {
    let is_declared = |key: &&Key| match key.effect {
        Effect::Active => key.path != "model",
        Effect::Ignored => DECLARED_FOREIGN.contains(&key.name),
    };
    entry_keys().filter(is_declared).chain(DECLARED_ALONE)
}

/// The first element of a list, which has at most one: what may be left out of a row.
pub(crate) const fn first(defaults: &[&'static str]) -> Option<&'static str> {
    match defaults {
        [default, ..] => Some(default),
        [] => None,
    }
}

/// Declares a struct of options, one row a key: its documentation, its name, its type,
/// its spelling, examples, the areas of its rules, and what holds without it. From
/// the rows come the fields, the list of keys, the reading of one value, the properties of the JSON
/// Schema and the page about the keys.
macro_rules! options {
    (
        $(#[$meta:meta])*
        pub struct $Options:ident at $at:literal {
            $(
                $(#[doc = $doc:literal])+
                $name:ident: $Type:ty => $spelling:expr,
                    as [$($example:literal),+] $(, see [$($area:literal),+])? $(, else $default:literal)?;
            )+
            ..
            $(
                $(#[doc = $rest_doc:literal])+
                pub $rest:ident: $Rest:ty,
            )*
        }
    ) => {
        $(#[$meta])*
        pub struct $Options {
            $( $(#[doc = $doc])+ pub $name: $Type, )+
            $( $(#[doc = $rest_doc])+ pub $rest: $Rest, )*
        }

        impl $Options {
            /// The keys that are read into these fields, in the order of the documentation.
            pub const KEYS: &[$crate::Key] = &[ $( $crate::Key {
                name: stringify!($name),
                path: concat!($at, stringify!($name)),
                doc: concat!($($doc, "\n"),+),
                default: $crate::key::first(&[ $($default)? ]),
                examples: &[ $($example),+ ],
                areas: &[ $($($area),+)? ],
                effect: $crate::Effect::Active,
            } ),+ ];

            /// Nothing written at all.
            pub(crate) fn unset() -> Self {
                Self {
                    $( $name: Default::default(), )+
                    $( $rest: Default::default(), )*
                }
            }

            /// Reads the value of one key into its field; `None` if there is no such key,
            /// or a null, which leaves every key unset.
            pub(crate) fn set(
                &mut self,
                name: &str,
                source: $crate::source::Source<'_>,
            ) -> Option<Result<(), $crate::problems::Problems>> {
                match name {
                    _ if source.0.is_null() => None,
                    $( stringify!($name) => {
                        let read = $crate::values::Spelling::read(&$spelling, source);
                        Some(read.map(|value| self.$name = value.into()))
                    } )+
                    _ => None,
                }
            }

            /// What the value of one key may be; `None` if there is no such key.
            pub(crate) fn accepted(name: &str) -> Option<$crate::Accepted> {
                match name {
                    $( stringify!($name) => Some($crate::Accepted::by(&$spelling)), )+
                    _ => None,
                }
            }

            /// The JSON Schema of every key's value, null left out.
            #[cfg(feature = "schema")]
            pub(crate) fn schemas() -> Vec<(&'static $crate::Key, schemars::Schema)> {
                let schemas = [ $( $crate::values::Spelling::schema(&$spelling) ),+ ];
                Self::KEYS.iter().zip(schemas).collect()
            }
        }
    };
}

pub(crate) use options;
