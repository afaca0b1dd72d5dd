//! The Converse response, whole: what the unary call returns and what a stream adds up to.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::members::{object, same_json};
use crate::{ContentBlock, Members, Message, Role, StopReason};

/// The response of a call.
#[derive(Clone, Debug)]
pub struct Response {
    /// The message of the assistant.
    pub output: Output,
    /// Why the model stopped.
    pub stop_reason: StopReason,
    /// What was read and written; absent when a stream ended before it said so, or it cannot be
    /// read: then it stands in `rest` as it came.
    pub usage: Option<Usage>,
    /// How long it took; absent as the usage may be.
    pub metrics: Option<Metrics>,
    /// Members of the model's own response that were asked for.
    pub additional_model_response_fields: Option<Box<RawValue>>,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    Response {
        output: required "output",
        stop_reason: required "stopReason",
        usage: lenient "usage",
        metrics: lenient "metrics",
        additional_model_response_fields: optional "additionalModelResponseFields",
    }
}

impl PartialEq for Response {
    fn eq(&self, other: &Self) -> bool {
        let fields = (
            &self.additional_model_response_fields,
            &other.additional_model_response_fields,
        );
        let same_fields = match fields {
            (Some(left), Some(right)) => same_json(left, right),
            (None, None) => true,
            _ => false,
        };
        same_fields
            && (
                &self.output,
                &self.stop_reason,
                &self.usage,
                &self.metrics,
                &self.rest,
            ) == (
                &other.output,
                &other.stop_reason,
                &other.usage,
                &other.metrics,
                &other.rest,
            )
    }
}

/// The output of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// The message of the assistant, ready to be appended to the conversation.
    #[serde(deserialize_with = "message")]
    pub message: Message,
}

/// A message of the service. One that a person writes is read strictly, since a misspelt member
/// would be lost; what the service adds is passed over.
fn message<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Message, D::Error> {
    #[derive(Deserialize)]
    struct Lenient {
        role: Role,
        content: Vec<ContentBlock>,
    }
    let Lenient { role, content } = Lenient::deserialize(deserializer)?;
    Ok(Message { role, content })
}

/// Tokens read and written. `input_tokens` leaves out what the prompt cache read or wrote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    /// Input at full price.
    pub input_tokens: u64,
    /// Output, thinking included.
    pub output_tokens: u64,
    /// The sum the service gives.
    pub total_tokens: u64,
    /// Input read from the prompt cache.
    pub cache_read_input_tokens: Option<u64>,
    /// Input written to the prompt cache.
    pub cache_write_input_tokens: Option<u64>,
    /// The writes by the time they are kept, longest first; empty when nothing was written.
    pub cache_details: Option<Vec<CacheDetail>>,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    Usage {
        input_tokens: required "inputTokens",
        output_tokens: required "outputTokens",
        total_tokens: required "totalTokens",
        cache_read_input_tokens: optional "cacheReadInputTokens",
        cache_write_input_tokens: optional "cacheWriteInputTokens",
        cache_details: optional "cacheDetails",
    }
}

/// What was written to the prompt cache for one length of time, each of which has its price.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CacheDetail {
    /// How long it is kept: `5m` or `1h`.
    pub ttl: String,
    /// The tokens.
    pub input_tokens: u64,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    CacheDetail {
        ttl: required "ttl",
        input_tokens: required "inputTokens",
    }
}

/// Timings of a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Milliseconds from the request to the last token, as the service measured.
    pub latency_ms: u64,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    Metrics {
        latency_ms: required "latencyMs",
    }
}
