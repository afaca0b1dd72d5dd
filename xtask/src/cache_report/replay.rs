//! Sending a trace: a strategy makes requests of it, and the simulated cache says what each reads
//! and writes.

use std::time::{Duration, SystemTime};

use outcrop_converse::{
    Body, CacheDetail, CacheMemory, CachePoint, CacheSettings, CacheTtlChoice, ContentBlock,
    Conversation, Members, Prepared, Remembered, Settings, SystemBlock, Tool, Usage, prepare,
};
use outcrop_emulator::cache::Simulator;
use outcrop_policy::{CacheRates, Caching, Model, ModelId, Request, TokenCounts, decide};
use serde_json::Value;

use super::traces::{Call, Trace, tool_list};

/// A way to place cache points.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Strategy {
    /// After the tools, the system prompt and each of the last two messages, as docker-agent has
    /// them.
    Fixed,
    /// Ours, each request by itself.
    Stateless,
    /// Ours, with a memory of the conversation.
    Memory,
    /// Ours, with a memory and `cache_ttl: auto`.
    Auto,
}

/// A model that traces are sent to.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) name: &'static str,
    pub(crate) id: &'static str,
}

/// A high minimum, a low one with a cheap read, and one that writes at no charge.
pub(crate) const MODELS: [Candidate; 3] = [
    Candidate {
        name: "Claude Opus 4.5",
        id: "global.anthropic.claude-opus-4-5-20251101-v1:0",
    },
    Candidate {
        name: "Claude Opus 5.5",
        id: "global.anthropic.claude-opus-5-5",
    },
    Candidate {
        name: "Amazon Nova Pro",
        id: "us.amazon.nova-pro-v1:0",
    },
];

impl Candidate {
    pub(crate) fn model(&self) -> Model {
        Model::resolve(ModelId::new(self.id), None)
    }

    /// What caching costs, against the price of input.
    pub(crate) fn rates(&self) -> CacheRates {
        match self.model().caching() {
            Caching::Points(rule) => rule.rates,
            _ => CacheRates::NONE,
        }
    }

    /// Whether there may be points among the tools.
    fn caches_tools(&self) -> bool {
        matches!(self.model().caching(), Caching::Points(rule) if rule.tools)
    }

    /// Whether prefixes can be kept for an hour.
    pub(crate) fn has_the_hour(&self) -> bool {
        matches!(self.model().caching(), Caching::Points(rule) if rule.one_hour)
    }
}

/// Sends a trace, and gives back the input of each call. `see` gets every request as it was sent.
///
/// # Errors
///
/// When a request cannot be made.
pub(crate) fn replay(
    candidate: Candidate,
    trace: &Trace,
    strategy: Strategy,
    mut see: impl FnMut(&Call, &Body, &Value),
) -> Result<Vec<TokenCounts>, String> {
    let model = candidate.model();
    let (mut cache, mut memory) = (Simulator::new(), CacheMemory::default());
    let mut counts = Vec::new();
    for call in &trace.calls {
        let failed = |error: String| format!("{} at {} s: {error}", trace.name, call.at);
        let prepared = match strategy {
            Strategy::Fixed => {
                let fixed = with_fixed_points(&call.conversation, candidate.caches_tools());
                request(&model, call, &fixed, CacheSettings::new(&model))
            }
            _ => {
                let settings = settings(&model, strategy, &memory, call);
                request(&model, call, &call.conversation, settings)
            }
        };
        let prepared = prepared.map_err(failed)?;
        let body: Value = serde_json::from_slice(prepared.body.as_bytes())
            .map_err(|error| failed(error.to_string()))?;
        let simulated = cache.call(candidate.id, &body, Duration::from_secs(call.at));
        let counted = TokenCounts {
            input: simulated.input_tokens,
            read: simulated.cache_read_input_tokens,
            written_5m: simulated.cache_write_5m_input_tokens,
            written_1h: simulated.cache_write_1h_input_tokens,
            output: 0,
        };
        memory.observe(&prepared.cache, Some(&usage(&counted)), time(call));
        see(call, &prepared.body, &body);
        counts.push(counted);
    }
    Ok(counts)
}

/// When a call is sent, as the planner is told it.
fn time(call: &Call) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + call.at)
}

fn settings<'a>(
    model: &'a Model,
    strategy: Strategy,
    memory: &'a CacheMemory,
    call: &Call,
) -> CacheSettings<'a> {
    let remembered = Remembered {
        memory,
        now: time(call),
    };
    CacheSettings {
        ttl: (strategy == Strategy::Auto).then_some(CacheTtlChoice::Auto),
        memory: matches!(strategy, Strategy::Memory | Strategy::Auto).then_some(remembered),
        ..CacheSettings::new(model)
    }
}

fn request(
    model: &Model,
    call: &Call,
    conversation: &Conversation,
    cache: CacheSettings<'_>,
) -> Result<Prepared, String> {
    let asked = Request {
        thinking_budget: call.thinking,
        max_tokens: Some(4096),
        forces_tool_use: conversation.forces_tool_use(),
        ..Request::default()
    };
    let settings = Settings {
        decision: &decide(model, &asked),
        stop_sequences: &[],
        additional_fields: &Members::default(),
        cache,
    };
    prepare(conversation, &settings).map_err(|error| error.to_string())
}

fn with_fixed_points(conversation: &Conversation, among_tools: bool) -> Conversation {
    let mut conversation = conversation.clone();
    let point = CachePoint::default();
    if among_tools && let Some(tools) = tool_list(&mut conversation) {
        tools.push(Tool::CachePoint(point));
    }
    conversation.system.push(SystemBlock::CachePoint(point));
    for message in conversation.messages.iter_mut().rev().take(2) {
        message.content.push(ContentBlock::CachePoint(point));
    }
    conversation
}

/// What the service says of a call.
fn usage(counted: &TokenCounts) -> Usage {
    let written_for_an_hour = CacheDetail {
        ttl: "1h".to_owned(),
        input_tokens: counted.written_1h,
        ..CacheDetail::default()
    };
    Usage {
        input_tokens: counted.input,
        cache_read_input_tokens: Some(counted.read),
        cache_write_input_tokens: Some(counted.written_5m + counted.written_1h),
        cache_details: Some(vec![written_for_an_hour]),
        ..Usage::default()
    }
}
