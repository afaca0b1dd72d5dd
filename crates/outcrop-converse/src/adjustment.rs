//! Adjustments: what preparing a conversation changed.

use std::fmt;

use outcrop_policy::PrefillRefusal;

use crate::{CacheMiss, CachePlace, Place};

/// One difference between the conversation that was given and the one that is sent.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Adjustment {
    /// Blank text, which the service refuses, is left out.
    BlankTextDropped {
        /// Where it stood.
        place: Place,
    },
    /// A document gets a name that the service takes and no other document has.
    DocumentRenamed {
        /// The place of its message among those that were given.
        message: usize,
        /// The name that was given.
        from: String,
        /// The name that is sent.
        to: String,
    },
    /// A prefix is too short for the model to cache.
    CacheBelowMinimum {
        /// The last cache point of the conversation; where it has none, `cache_ttl` asks for them.
        place: Option<CachePlace>,
        /// The tokens of the prefix, estimated.
        tokens: u64,
        /// The fewest that the model caches.
        minimum: u32,
    },
    /// `disable_prompt_caching` keeps the prompt from being cached.
    CacheDisabled {
        /// The tokens that would be cached, estimated.
        tokens: u64,
    },
    /// Less was read from the prompt cache than the call before had left there.
    CacheMissed(CacheMiss),
    /// Cache points of the conversation are left out, since the model refuses them.
    CacheNotSupported {
        /// How many.
        points: usize,
        /// The first, where only those among the tools are refused.
        place: Option<CachePlace>,
    },
    /// A prefix is kept for five minutes, since the model knows no hour.
    CacheTtlNotSupported {
        /// The first cache point that asks for an hour; where none does, `cache_ttl` asks for it.
        place: Option<CachePlace>,
    },
    /// `cache_ttl` is written for a model without cache points.
    CacheTtlWithoutCache,
    /// `cache_ttl` is written, and the conversation brings points that say how long they last.
    CacheTtlBesideOwnPoints,
    /// A message follows another of the same role and is sent as part of it.
    MessagesMerged {
        /// The place of the later message among those that were given.
        message: usize,
    },
    /// One tool call at a time is asked for beside a tool choice that is not known here.
    OneCallNotAsked,
    /// A field of the decision is replaced by one of `additional_request_fields`.
    OverridesDecision {
        /// The field.
        field: String,
    },
    /// The conversation ends with a message of the assistant, which the model is expected to refuse.
    PrefillRefused {
        /// Its place among those that were given.
        message: usize,
        /// Why.
        why: PrefillRefusal,
    },
    /// Reasoning that the model would refuse is left out.
    ReasoningDropped {
        /// The place of its message among those that were given.
        message: usize,
        /// Why the model would refuse it.
        why: ReasoningRefusal,
    },
    /// The turn in which the model called tools does not start with its reasoning, which the model
    /// is expected to refuse while it thinks.
    ReasoningMissing {
        /// The place of the turn's first message among those that were given.
        message: usize,
    },
    /// Blank text before reasoning is left out of the latest answer, which the model is expected to
    /// refuse: there its reasoning has to be where it was.
    ReasoningMoved {
        /// The place of the message among those that were given.
        message: usize,
    },
    /// The history has tool calls but no tools are given, which the service refuses; the tools of
    /// the history are named.
    ToolConfigAdded {
        /// Their names.
        tools: Vec<String>,
    },
    /// `toolConfig` has no tools, which the service refuses, and is left out.
    ToolConfigDropped,
    /// A tool has a blank description, which the service refuses, and is sent without.
    ToolDescriptionDropped {
        /// The tool.
        tool: String,
    },
    /// A tool call without arguments is sent with `{}`, as the service wants it.
    ToolInputCompleted {
        /// The place of its message among those that were given.
        message: usize,
    },
    /// A tool call whose arguments are not a JSON object, as after an answer that was cut off, is
    /// sent with `{}`, since its result says that it failed.
    ToolInputReplaced {
        /// The place of its message among those that were given.
        message: usize,
        /// The tool.
        tool: String,
    },
    /// A tool result holds JSON that is no object, which the service refuses, and is sent as text.
    ToolResultJsonAsText {
        /// The place of its message among those that were given.
        message: usize,
    },
    /// Tool results stand after something else in their turn and are sent before it.
    ToolResultsMoved {
        /// The place of the turn's first message among those that were given.
        message: usize,
    },
    /// The schema of a tool does not say that it is an object, which the service is expected to
    /// refuse.
    ToolSchemaRefused {
        /// The tool.
        tool: String,
    },
}

/// Why a model would refuse a block of reasoning.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ReasoningRefusal {
    /// It takes no reasoning back.
    Any,
    /// It takes no empty reasoning.
    Empty,
    /// It takes no redacted reasoning.
    Redacted,
    /// It takes no signature.
    Signed,
    /// It wants a signature: the block is another model's, or was cut off.
    Unsigned,
}

/// The setting of the lifetime.
const CACHE_TTL: &str = "provider_opts.cache_ttl";

impl Adjustment {
    /// The stable code, such as `conversation.messages-merged`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BlankTextDropped { .. } => "conversation.blank-text-dropped",
            Self::DocumentRenamed { .. } => "conversation.document-renamed",
            Self::CacheBelowMinimum { .. } => "cache.below-minimum",
            Self::CacheDisabled { .. } => "cache.disabled",
            Self::CacheMissed(_) => "cache.missed",
            Self::CacheNotSupported { .. } | Self::CacheTtlWithoutCache => "cache.not-supported",
            Self::CacheTtlNotSupported { .. } => "cache.ttl-not-supported",
            Self::MessagesMerged { .. } => "conversation.messages-merged",
            Self::OneCallNotAsked | Self::CacheTtlBesideOwnPoints => "option.ignored",
            Self::OverridesDecision { .. } => "option.overrides-decision",
            Self::PrefillRefused { .. } => "conversation.prefill-refused",
            Self::ReasoningDropped { .. } => "conversation.reasoning-dropped",
            Self::ReasoningMissing { .. } => "conversation.reasoning-missing",
            Self::ReasoningMoved { .. } => "conversation.reasoning-moved",
            Self::ToolConfigAdded { .. } => "conversation.tool-config-added",
            Self::ToolConfigDropped => "conversation.tool-config-dropped",
            Self::ToolDescriptionDropped { .. } => "conversation.tool-description-dropped",
            Self::ToolInputCompleted { .. } => "conversation.tool-input-completed",
            Self::ToolInputReplaced { .. } => "conversation.tool-input-replaced",
            Self::ToolResultJsonAsText { .. } => "conversation.tool-result-json-as-text",
            Self::ToolResultsMoved { .. } => "conversation.tool-results-moved",
            Self::ToolSchemaRefused { .. } => "conversation.tool-schema-refused",
        }
    }

    /// Whether it is a warning rather than worth knowing.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            Self::CacheNotSupported { .. }
                | Self::CacheTtlNotSupported { .. }
                | Self::CacheTtlWithoutCache
                | Self::OverridesDecision { .. }
        ) || self.predicts_refusal()
    }

    /// Whether the call is expected to be refused because of it.
    #[must_use]
    pub fn predicts_refusal(&self) -> bool {
        matches!(
            self,
            Self::PrefillRefused { .. }
                | Self::ReasoningMissing { .. }
                | Self::ReasoningMoved { .. }
                | Self::ToolSchemaRefused { .. }
        )
    }

    /// The path it concerns: in the conversation, or, for a replaced field, in a model's entry.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::BlankTextDropped { place } => place.to_string(),
            Self::DocumentRenamed { message, .. }
            | Self::MessagesMerged { message }
            | Self::PrefillRefused { message, .. }
            | Self::ReasoningDropped { message, .. }
            | Self::ReasoningMissing { message }
            | Self::ReasoningMoved { message }
            | Self::ToolInputCompleted { message }
            | Self::ToolInputReplaced { message, .. }
            | Self::ToolResultJsonAsText { message }
            | Self::ToolResultsMoved { message } => Place::Message(*message).to_string(),
            Self::CacheBelowMinimum { place, .. } | Self::CacheTtlNotSupported { place } => {
                place.map_or(CACHE_TTL.to_owned(), |place| place.to_string())
            }
            Self::CacheTtlWithoutCache | Self::CacheTtlBesideOwnPoints => CACHE_TTL.to_owned(),
            Self::CacheDisabled { .. } => "provider_opts.disable_prompt_caching".to_owned(),
            Self::CacheMissed(miss) => {
                let place = miss.cause.place();
                place.map_or(String::new(), |place| place.to_string())
            }
            Self::CacheNotSupported { place, .. } => {
                place.map_or(String::new(), |place| place.to_string())
            }
            Self::OneCallNotAsked => "parallel_tool_calls".to_owned(),
            Self::OverridesDecision { field } => {
                format!("provider_opts.additional_request_fields.{field}")
            }
            Self::ToolConfigAdded { .. }
            | Self::ToolConfigDropped
            | Self::ToolDescriptionDropped { .. }
            | Self::ToolSchemaRefused { .. } => "toolConfig".to_owned(),
        }
    }
}

/// So many things, and the verb that goes with them.
fn are(count: usize, which: &str) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{count} {which} {verb}")
}

impl fmt::Display for Adjustment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BlankTextDropped { place } => {
                write!(
                    f,
                    "blank text in {place} is not sent; the service refuses it"
                )
            }
            Self::DocumentRenamed { message, from, to } => write!(
                f,
                "document `{from}` in messages[{message}] is sent as `{to}`, a name that the \
                 service takes and no other document has"
            ),
            Self::CacheBelowMinimum {
                tokens, minimum, ..
            } => write!(
                f,
                "nothing is cached: the model keeps no prefix below {minimum} tokens, and this is \
                 about {tokens}"
            ),
            Self::CacheDisabled { tokens } => write!(
                f,
                "about {tokens} tokens are not cached, since `disable_prompt_caching` is set"
            ),
            Self::CacheMissed(miss) => miss.fmt(f),
            Self::CacheNotSupported {
                points,
                place: Some(_),
            } => write!(
                f,
                "the model takes no cache points among its tools, and {} not sent",
                are(*points, "of them")
            ),
            Self::CacheNotSupported {
                points,
                place: None,
            } => write!(
                f,
                "the model takes no cache points, and {} not sent",
                are(*points, "of the conversation")
            ),
            Self::CacheTtlNotSupported { .. } => f.write_str(
                "the model keeps a prefix for five minutes and knows no hour; five minutes are sent",
            ),
            Self::CacheTtlWithoutCache => f.write_str(
                "`cache_ttl` has no effect: no cache points are known to be taken by the model",
            ),
            Self::CacheTtlBesideOwnPoints => f.write_str(
                "`cache_ttl` has no effect: the conversation brings cache points, which say for \
                 themselves how long they last",
            ),
            Self::MessagesMerged { message } => write!(
                f,
                "messages[{message}] follows a message of the same role and is sent as part of it"
            ),
            Self::OneCallNotAsked => f.write_str(
                "`parallel_tool_calls: false` has no effect beside a tool choice that is not known",
            ),
            Self::OverridesDecision { field } => write!(
                f,
                "`additional_request_fields` replaces `{field}`, which was decided from the other \
                 settings; it is sent as written"
            ),
            Self::PrefillRefused { message, why } => {
                let why = match why {
                    PrefillRefusal::WhileThinking => "does not continue while it thinks",
                    _ => "does not continue",
                };
                write!(
                    f,
                    "the conversation ends with messages[{message}] of the assistant, which the \
                     model {why}; end it with a user message"
                )
            }
            Self::ReasoningDropped { message, why } => {
                let why = match why {
                    ReasoningRefusal::Any => "the model takes no reasoning back",
                    ReasoningRefusal::Empty => "it is empty",
                    ReasoningRefusal::Redacted => "only Claude can read redacted reasoning",
                    ReasoningRefusal::Signed => "the model takes no signature, which is Claude's",
                    ReasoningRefusal::Unsigned => {
                        "it has no signature, so that it is another model's or was cut off"
                    }
                };
                write!(f, "reasoning in messages[{message}] is not sent: {why}")
            }
            Self::ReasoningMissing { message } => write!(
                f,
                "messages[{message}] calls tools and does not start with the model's reasoning, \
                 which Claude refuses while it thinks; turn thinking off, or ask again"
            ),
            Self::ReasoningMoved { message } => write!(
                f,
                "the reasoning in messages[{message}] is not where it was without the blank text \
                 before it, which Claude refuses in its latest answer; ask again, or leave the \
                 answer out"
            ),
            Self::ToolConfigAdded { tools } => write!(
                f,
                "the history calls tools but none are given, which the service refuses; \
                 `toolConfig` names {} so that the history can be sent",
                tools.join(", ")
            ),
            Self::ToolConfigDropped => {
                f.write_str("`toolConfig` has no tools and is not sent; the service refuses it")
            }
            Self::ToolDescriptionDropped { tool } => write!(
                f,
                "the blank description of tool `{tool}` is not sent; the service refuses it"
            ),
            Self::ToolInputCompleted { message } => write!(
                f,
                "a tool call of messages[{message}] has no arguments and is sent with `{{}}`"
            ),
            Self::ToolInputReplaced { message, tool } => write!(
                f,
                "a call of tool `{tool}` in messages[{message}] has arguments that are not a JSON \
                 object; it failed, as its result says, and is sent with `{{}}`"
            ),
            Self::ToolResultJsonAsText { message } => write!(
                f,
                "a tool result of messages[{message}] holds JSON that is no object, which the \
                 service refuses; it is sent as text"
            ),
            Self::ToolResultsMoved { message } => write!(
                f,
                "the tool results of messages[{message}] are sent before the rest of their turn, \
                 where Claude wants them"
            ),
            Self::ToolSchemaRefused { tool } => write!(
                f,
                "the schema of tool `{tool}` does not say `\"type\": \"object\"`, which the \
                 service refuses"
            ),
        }
    }
}
