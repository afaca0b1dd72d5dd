//! Ways to place cache points, and what each makes of a trace.

use std::time::{Duration, SystemTime};

use outcrop_converse::{
    CacheDetail, CacheMemory, CachePoint, CacheSettings, CacheTtlChoice, ContentBlock,
    Conversation, Members, PrepareError, Prepared, Remembered, Settings, SystemBlock, Tool, Usage,
    prepare,
};
use outcrop_policy::{Model, ModelId, Request};

use super::service::{Counted, Rules, Service};
use super::traces::Trace;

/// A strategy.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Strategy {
    /// Points after the tools, the system prompt and each of the last two messages, as
    /// docker-agent places them.
    Fixed,
    /// Ours, each request by itself.
    Stateless(Option<CacheTtlChoice>),
    /// Ours, with a memory.
    Remembering(Option<CacheTtlChoice>),
}

pub(crate) const STATELESS: Strategy = Strategy::Stateless(None);
pub(crate) const REMEMBERING: Strategy = Strategy::Remembering(None);

/// A model of each price.
pub(crate) const OPUS: &str = "anthropic.claude-opus-4-8";
pub(crate) const MODELS: [&str; 5] = [
    OPUS,
    "anthropic.claude-opus-5-5",
    "anthropic.claude-fable-5-1",
    "anthropic.claude-opus-4-1-20250805-v1:0",
    "amazon.nova-pro-v1:0",
];

/// The rules of those models, from their documents.
pub(crate) fn rules(model: &str) -> Rules {
    let claude = Rules {
        minimum: 1024.0,
        maximum: f64::INFINITY,
        read: 0.1,
        write_5m: 1.25,
        write_1h: 2.0,
        tools: true,
        one_hour: true,
    };
    match model {
        "anthropic.claude-opus-5-5" => Rules {
            minimum: 512.0,
            read: 0.05,
            ..claude
        },
        "anthropic.claude-fable-5-1" => Rules {
            minimum: 512.0,
            read: 0.025,
            ..claude
        },
        "anthropic.claude-opus-4-1-20250805-v1:0" => Rules {
            one_hour: false,
            ..claude
        },
        "amazon.nova-pro-v1:0" => Rules {
            maximum: 20_000.0,
            read: 0.25,
            write_5m: 1.0,
            tools: false,
            one_hour: false,
            ..claude
        },
        _ => claude,
    }
}

/// A time in seconds as the planner is told it.
pub(crate) fn at(seconds: f64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000) + Duration::from_secs_f64(seconds)
}

/// What the service says of a call.
pub(crate) fn usage(counted: &Counted) -> Usage {
    let tokens = |count: f64| count.round() as u64;
    let written_for_an_hour = CacheDetail {
        ttl: "1h".to_owned(),
        input_tokens: tokens(counted.written_1h),
        ..CacheDetail::default()
    };
    Usage {
        input_tokens: tokens(counted.full),
        output_tokens: 100,
        cache_read_input_tokens: Some(tokens(counted.read)),
        cache_write_input_tokens: Some(tokens(counted.written_5m) + tokens(counted.written_1h)),
        cache_details: Some(vec![written_for_an_hour]),
        ..Usage::default()
    }
}

/// A request, without a memory.
pub(crate) fn request(
    model: &str,
    conversation: &Conversation,
    ttl: Option<CacheTtlChoice>,
) -> Result<Prepared, PrepareError> {
    prepared(model, conversation, ttl, None)
}

/// A request.
pub(crate) fn prepared(
    model: &str,
    conversation: &Conversation,
    ttl: Option<CacheTtlChoice>,
    memory: Option<Remembered<'_>>,
) -> Result<Prepared, PrepareError> {
    let model = Model::resolve(ModelId::new(model), None);
    let settings = Settings {
        decision: &outcrop_policy::decide(&model, &Request::default()),
        stop_sequences: &[],
        additional_fields: &Members::default(),
        cache: CacheSettings {
            ttl,
            memory,
            ..CacheSettings::new(&model)
        },
    };
    prepare(conversation, &settings)
}

/// What became of a trace under a strategy.
pub(crate) struct Run {
    pub(crate) bodies: Vec<(f64, Vec<u8>)>,
    pub(crate) counted: Vec<Counted>,
    pub(crate) misses: Vec<String>,
}

impl Run {
    /// What the calls cost from one on, in tokens at full price.
    pub(crate) fn cost(&self, rules: &Rules, from: usize) -> f64 {
        self.counted[from..].iter().map(|it| it.cost(rules)).sum()
    }
}

/// Sends a trace to a service of its own.
pub(crate) fn run(model: &str, trace: &Trace, strategy: Strategy) -> Run {
    run_in_turns(&[model], trace, strategy)
}

/// Sends a trace to models that take turns, each with a service of its own.
pub(crate) fn run_in_turns(models: &[&str], trace: &Trace, strategy: Strategy) -> Run {
    let services = models.iter().map(|model| Service::new(rules(model)));
    let mut services: Vec<_> = services.collect();
    let mut memory = CacheMemory::default();
    let mut run = Run {
        bodies: Vec::new(),
        counted: Vec::new(),
        misses: Vec::new(),
    };
    for (call, (now, conversation)) in trace.iter().enumerate() {
        let model = models[call % models.len()];
        let own = models.iter().position(|it| *it == model);
        let service = &mut services[own.expect("a model of these")];
        let resolved = Model::resolve(ModelId::new(model), None);
        let decision = outcrop_policy::decide(&resolved, &Request::default());
        let mut cache = CacheSettings::new(&resolved);
        let mut conversation = conversation.clone();
        match strategy {
            Strategy::Fixed => fixed(&mut conversation, rules(model).tools),
            Strategy::Stateless(ttl) => cache.ttl = ttl,
            Strategy::Remembering(ttl) => {
                cache.ttl = ttl;
                cache.memory = Some(Remembered {
                    memory: &memory,
                    now: at(*now),
                });
            }
        }
        let settings = Settings {
            decision: &decision,
            stop_sequences: &[],
            additional_fields: &Members::default(),
            cache,
        };
        let prepared = prepare(&conversation, &settings).expect("a request");
        let counted = service.call(prepared.body.as_bytes(), *now);
        let miss = memory.observe(&prepared.cache, Some(&usage(&counted)), at(*now));
        run.misses.extend(miss.map(|miss| miss.to_string()));
        run.counted.push(counted);
        run.bodies.push((*now, prepared.body.into_bytes()));
    }
    run
}

fn fixed(conversation: &mut Conversation, among_tools: bool) {
    let point = CachePoint::default();
    if let Some(tools) = &mut conversation.tools
        && among_tools
    {
        tools.tools.push(Tool::CachePoint(point));
    }
    conversation.system.push(SystemBlock::CachePoint(point));
    for message in conversation.messages.iter_mut().rev().take(2) {
        message.content.push(ContentBlock::CachePoint(point));
    }
}
