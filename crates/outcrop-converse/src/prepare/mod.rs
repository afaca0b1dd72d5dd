//! Preparing a conversation: what was given and decided becomes the bytes that are sent.

mod attachments;
mod blocks;
mod body;
mod error;
mod fields;
mod pairs;
mod points;
mod prefill;
mod reasoning;
mod results;
mod tools;
mod turns;

pub use body::{Body, Prepared};
pub use error::PrepareError;

use outcrop_policy::Decision;

use crate::{Adjustment, CachePlan, CacheSettings, Conversation, Members};

/// What is sent beside the conversation.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// What the policy decided. Nothing here looks at it twice.
    pub decision: &'a Decision,
    /// Stop sequences, for a conversation that brings none of its own.
    pub stop_sequences: &'a [String],
    /// Members of `additionalModelRequestFields` that are sent as they are, after all others.
    pub additional_fields: &'a Members,
    /// What is known and wanted of the prompt cache.
    pub cache: CacheSettings<'a>,
}

/// Makes the request body of a conversation.
///
/// Bedrock's rules for conversations are kept: blank text is left out, consecutive messages of one
/// role become one that begins with its tool results, missing tool arguments become `{}`, as do damaged ones whose result is an error, tools
/// that only the history knows are named, documents get names that are legal and their own, and
/// reasoning that the model would refuse stays behind. Whatever that changes is an [`Adjustment`],
/// and so is a refusal that is foreseen. Equal inputs give equal bytes, in every process.
///
/// # Errors
/// When the conversation cannot be sent at all; the error names the message and the rule.
pub fn prepare(
    conversation: &Conversation,
    settings: &Settings<'_>,
) -> Result<Prepared, PrepareError> {
    let mut adjustments = Vec::new();
    let parts = parts(conversation, settings, &mut adjustments)?;
    Ok(Prepared {
        body: body::write(conversation, settings, &parts)?,
        adjustments,
        cache: parts.cache,
    })
}

/// Plans the cache points of a conversation as [`prepare`] does, and writes nothing.
///
/// # Errors
/// When the conversation cannot be sent at all.
pub fn plan_cache(
    conversation: &Conversation,
    settings: &Settings<'_>,
) -> Result<CachePlan, PrepareError> {
    parts(conversation, settings, &mut Vec::new()).map(|parts| parts.cache)
}

/// The parts of a request, as they are sent.
fn parts<'a>(
    conversation: &'a Conversation,
    settings: &Settings<'_>,
    adjustments: &mut Adjustments,
) -> Result<body::Parts<'a>, PrepareError> {
    let turns = turns::turns(conversation, settings.decision, adjustments)?;
    let system = turns::system(conversation, adjustments);
    let tools = tools::tools(conversation, &turns, settings, adjustments)?;
    let fields = fields::fields(settings, tools.choice, adjustments);
    let config = tools.config;
    let cache = points::plan(
        &turns,
        &system,
        config.as_deref(),
        &fields,
        settings,
        adjustments,
    )?;
    Ok(body::Parts {
        turns,
        system,
        tools: config,
        fields,
        cache,
    })
}

/// Records an adjustment; a name for the argument that every step takes.
type Adjustments = Vec<Adjustment>;
