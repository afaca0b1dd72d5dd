//! The two ends agree: for any configuration of a Claude model, the emulator accepts what the client
//! sends, unless an adjustment predicted the refusal; and about regions they agree both ways.
//!
//! Policy and emulator were written apart from the same facts and share no code.

use std::cell::RefCell;
use std::collections::BTreeSet;

use outcrop::converse::{CachePoint, CacheTtl, Members, SpecificTool, ToolChoice};
use outcrop::policy::{Line, Row, TABLE};
use outcrop::{ContentBlock, Conversation, Message, Model, Tool, ToolConfig, ToolSpec};
use outcrop_emulator::Emulator;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::value::to_raw_value;

use crate::support::{emulator, model, offline};

/// How many configurations are tried for each row of the table.
const CASES_PER_ROW: u32 = 96;

/// One configuration: an entry's lines, and what the conversation forces.
#[derive(Clone, Debug)]
struct Case {
    yaml: String,
    tools: Option<Choice>,
    history: History,
}

/// What was said before the prompt.
#[derive(Clone, Copy, Debug)]
struct History {
    /// How many words the system prompt has.
    system: usize,
    /// How many turns there were.
    turns: usize,
    /// Whether the conversation has a cache point of its own, for how long if it says so.
    point: Option<Option<CacheTtl>>,
}

/// Short or long enough to be cached, now and then with a point of its own.
fn any_history() -> impl Strategy<Value = History> {
    let point = proptest::sample::select(vec![
        None,
        None,
        None,
        Some(None),
        Some(Some(CacheTtl::OneHour)),
    ]);
    let system = prop_oneof![1 => Just(0_usize), 2 => 0..8000_usize];
    (system, 0..4_usize, point).prop_map(|(system, turns, point)| History {
        system,
        turns,
        point,
    })
}

#[derive(Clone, Copy, Debug)]
enum Choice {
    Unset,
    Any,
    Specific,
}

/// `KEY: VALUE` or nothing.
fn line(key: &'static str, value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    proptest::option::of(value)
        .prop_map(move |value| value.map_or(String::new(), |value| format!("{key}: {value}")))
}

fn any_budget() -> impl Strategy<Value = String> {
    let words = [
        "none",
        "minimal",
        "low",
        "medium",
        "high",
        "xhigh",
        "max",
        "adaptive",
        "adaptive/low",
        "adaptive/medium",
        "adaptive/high",
        "adaptive/xhigh",
        "adaptive/max",
    ];
    let edges: Vec<i64> = vec![
        -1, 0, 1, 1023, 1024, 2047, 2048, 8192, 16_384, 31_999, 32_000, 32_768, 32_769, 63_999,
        64_000,
    ];
    prop_oneof![
        // The one word whose rule some models have to themselves.
        1 => Just("none".to_owned()),
        4 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        2 => proptest::sample::select(edges).prop_map(|count| count.to_string()),
        2 => (1000_i64..40_000).prop_map(|count| count.to_string()),
    ]
}

fn any_max_tokens() -> impl Strategy<Value = String> {
    let edges = vec![
        1_u32, 1024, 1025, 2048, 8192, 8193, 16_384, 16_385, 32_000, 32_001, 64_000, 64_001,
        128_000, 128_001,
    ];
    prop_oneof![
        1 => proptest::sample::select(edges).prop_map(|count| count.to_string()),
        3 => (1_u32..32_000).prop_map(|count| count.to_string()),
    ]
}

/// A budget, and the output limit that it must stay below: often they are neighbours, where a rule
/// that is off by one would show.
fn any_budget_and_max_tokens() -> impl Strategy<Value = (String, String)> {
    let counts = [
        ("1024", 1024_u32),
        ("minimal", 1024),
        ("low", 2048),
        ("8192", 8192),
        ("high", 16_384),
        ("31998", 31_998),
    ];
    let neighbours = (proptest::sample::select(counts.to_vec()), 0_u32..3).prop_map(
        |((written, count), above)| {
            (
                line_of("thinking_budget", written),
                line_of("max_tokens", count - 1 + above),
            )
        },
    );
    prop_oneof![
        1 => neighbours,
        3 => (mostly("thinking_budget", any_budget()), line("max_tokens", any_max_tokens())),
    ]
}

/// Most cases have a budget, so that every rule about one is reached for certain.
fn mostly(
    key: &'static str,
    value: impl Strategy<Value = String>,
) -> impl Strategy<Value = String> {
    proptest::option::weighted(0.85, value)
        .prop_map(move |value| value.map_or(String::new(), |value| line_of(key, value)))
}

fn line_of(key: &str, value: impl std::fmt::Display) -> String {
    format!("{key}: {value}")
}

fn any_fraction() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("0".to_owned()),
        Just("1".to_owned()),
        (0.0..1.0_f64).prop_map(|it| format!("{it:?}"))
    ]
}

/// The ways to name the model of a row, with a region. Most can be called: a predicted refusal
/// would hide whatever else the two ends disagree about.
fn any_id(row: &'static Row) -> impl Strategy<Value = (String, &'static str)> {
    let base = row.id();
    let bare = vec![
        base.clone(),
        format!("arn:aws:bedrock:us-east-1::foundation-model/{base}"),
    ];
    let homes = [
        ("us", "us-west-2"),
        ("eu", "eu-central-1"),
        ("jp", "ap-northeast-1"),
        ("au", "ap-southeast-2"),
        ("in", "ap-south-1"),
        ("apac", "ap-southeast-1"),
        ("us-gov", "us-gov-west-1"),
        ("global", "eu-north-1"),
    ];
    let mut served = Vec::new();
    for (geography, region) in homes
        .iter()
        .filter(|(geography, _)| row.profiles.contains(geography))
    {
        served.push((format!("{geography}.{base}"), *region));
        let arn =
            format!("arn:aws:bedrock:{region}:123456789012:inference-profile/{geography}.{base}");
        served.push((arn, *region));
    }
    if served.is_empty() {
        served.push((base, "us-east-1"));
    }
    let anywhere: Vec<_> = served
        .iter()
        .map(|(id, _)| id.clone())
        .chain(bare)
        .collect();
    let regions: Vec<_> = homes.iter().map(|(_, region)| *region).collect();
    prop_oneof![
        5 => proptest::sample::select(served),
        1 => (proptest::sample::select(anywhere), proptest::sample::select(regions)),
    ]
}

fn any_case(row: &'static Row) -> impl Strategy<Value = Case> {
    let tools = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Choice::Unset)),
        1 => Just(Some(Choice::Any)),
        1 => Just(Some(Choice::Specific)),
    ];
    let switch = || prop_oneof![Just("true".to_owned()), Just("false".to_owned())];
    let display = prop_oneof![Just("summarized".to_owned()), Just("omitted".to_owned())];
    (
        any_id(row),
        (
            any_budget_and_max_tokens(),
            line("temperature", any_fraction()),
            line("top_p", any_fraction()),
            line("parallel_tool_calls", switch()),
        ),
        (
            line("interleaved_thinking", switch()),
            line("top_k", (0_u32..500).prop_map(|k| k.to_string())),
            line("thinking_display", display),
            line("stop_sequences", Just("[\"END\"]".to_owned())),
            line("disable_prompt_caching", switch()),
            line("cache_ttl", proptest::sample::select(vec!["5m", "1h", "auto"]).prop_map(str::to_owned)),
        ),
        tools,
        any_history(),
    )
        .prop_map(|((id, region), entry, opts, tools, history)| {
            let ((budget, max_tokens), temperature, top_p, parallel) = entry;
            let entry = [budget, max_tokens, temperature, top_p, parallel].join("\n    ");
            let opts = [opts.0, opts.1, opts.2, opts.3, opts.4, opts.5].join("\n      ");
            let yaml = format!(
                "models:\n  m:\n    provider: amazon-bedrock\n    model: {id}\n    {entry}\n    provider_opts:\n      region: {region}\n      {opts}\n"
            );
            Case {
                yaml,
                tools,
                history,
            }
        })
}

/// A conversation that asks the prompt after a history.
fn with_history(history: History) -> Conversation {
    let mut messages = Vec::new();
    for turn in 0..history.turns {
        messages.push(Message::user(format!("Question {turn}.")));
        messages.push(Message::assistant("Because. ".repeat(300)));
    }
    messages.push(Message::user("Why is the sky blue?"));
    let mut conversation = Conversation::new(messages);
    if history.system > 0 {
        conversation = conversation.with_system("brief ".repeat(history.system));
    }
    if let Some(ttl) = history.point {
        let point = CachePoint {
            ttl,
            ..CachePoint::default()
        };
        let last = conversation.messages.last_mut().expect("a message");
        last.content.push(ContentBlock::CachePoint(point));
    }
    conversation
}

fn conversation(case: &Case) -> Conversation {
    let conversation = with_history(case.history);
    let Some(choice) = case.tools else {
        return conversation;
    };
    let schema =
        to_raw_value(&serde_json::json!({"type": "object", "properties": {}})).expect("JSON");
    let tool_choice = match choice {
        Choice::Unset => None,
        Choice::Any => Some(ToolChoice::Any(Members::default())),
        Choice::Specific => Some(ToolChoice::Tool(SpecificTool {
            name: "look_up".to_owned(),
        })),
    };
    conversation.with_tools(ToolConfig {
        tools: vec![Tool::Spec(ToolSpec::new(
            "look_up",
            "Looks things up.",
            schema,
        ))],
        tool_choice,
        rest: Members::default(),
    })
}

/// What the cases of a run have in common.
#[derive(Default)]
struct Tally {
    cases: u32,
    adjusted: u32,
    accepted: u32,
    refused: u32,
    codes: BTreeSet<&'static str>,
}

async fn agree(
    case: &Case,
    emulator: &Emulator,
    tally: &RefCell<Tally>,
) -> Result<(), TestCaseError> {
    let model: Model = model(&case.yaml);
    let plan = offline(&model, emulator);
    let client = model.connect(&plan).await.expect("a client");
    let prepared = client.prepare(&conversation(case)).expect("a body");
    let predicted = prepared
        .adjustments
        .iter()
        .any(outcrop::Adjustment::predicts_refusal);
    {
        let mut tally = tally.borrow_mut();
        let codes = prepared.adjustments.iter().map(outcrop::Adjustment::code);
        let codes: BTreeSet<_> = codes.filter(|code| *code != "auth.offline").collect();
        tally.cases += 1;
        tally.adjusted += u32::from(!codes.is_empty());
        tally.codes.extend(codes);
    }
    let body = String::from_utf8_lossy(prepared.body.as_bytes()).into_owned();
    let outcome = client.call_prepared(prepared).await;
    let mut tally = tally.borrow_mut();
    match outcome {
        Ok(_) => tally.accepted += 1,
        Err(_) => tally.refused += 1,
    }
    match outcome {
        Err(error) if !predicted => Err(TestCaseError::fail(format!(
            "refused without a prediction: {}\n{body}\n{}",
            error.message(),
            case.yaml
        ))),
        _ => Ok(()),
    }
}

#[test]
fn the_emulator_accepts_what_is_sent_unless_a_refusal_was_predicted() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let emulator = runtime.block_on(emulator());
    let tally = RefCell::new(Tally::default());
    // Claude 2 is gone from the service; its row is there to say that it never thought.
    for row in TABLE.iter().filter(|row| row.line != Line::Legacy) {
        let config = Config {
            failure_persistence: None,
            ..Config::with_cases(CASES_PER_ROW)
        };
        let outcome = TestRunner::new(config).run(&any_case(row), |case| {
            runtime.block_on(agree(&case, &emulator, &tally))
        });
        if let Err(error) = outcome {
            panic!("{}: {error}", row.name);
        }
    }
    let tally = tally.into_inner();
    println!(
        "{} cases, {} adjusted, {} accepted, {} refused as predicted; {:?}",
        tally.cases, tally.adjusted, tally.accepted, tally.refused, tally.codes
    );
    assert!(
        tally.adjusted * 3 >= tally.cases,
        "{} of {} adjusted",
        tally.adjusted,
        tally.cases
    );
    assert!(tally.accepted > 0 && tally.refused > 0);
    for code in EVERY_RULE {
        assert!(tally.codes.contains(code), "no case reached {code}");
    }
}

/// The codes of the rules that a configuration of a known model can reach.
const EVERY_RULE: [&str; 27] = [
    "cache.below-minimum",
    "cache.disabled",
    "cache.not-supported",
    "cache.ttl-not-supported",
    "interleaved.disabled",
    "interleaved.no-effect",
    "max-tokens.above-model-limit",
    "model.needs-inference-profile",
    "option.ignored",
    "region.arn-mismatch",
    "region.profile-mismatch",
    "sampling.dropped-for-thinking",
    "sampling.pair-refused",
    "sampling.refused-by-model",
    "thinking.above-documented-range",
    "thinking.adaptive-refused",
    "thinking.below-minimum",
    "thinking.budget-deprecated",
    "thinking.cannot-be-disabled",
    "thinking.coerced-to-adaptive",
    "thinking.display-omitted",
    "thinking.effort-lowered",
    "thinking.least-available",
    "thinking.negative",
    "thinking.not-below-max-tokens",
    "thinking.not-supported",
    "tool-choice.made-auto",
];

/// Regions of every geography, and some of none.
const REGIONS: [&str; 24] = [
    "us-east-1",
    "us-west-2",
    "us-gov-west-1",
    "us-gov-east-1",
    "ca-central-1",
    "ca-west-1",
    "sa-east-1",
    "mx-central-1",
    "eu-west-1",
    "eu-central-2",
    "eu-north-1",
    "il-central-1",
    "me-south-1",
    "me-central-1",
    "af-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-4",
    "ap-east-1",
];

/// A profile of each geography.
const PROFILES: [&str; 9] = [
    "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "jp.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "au.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "in.anthropic.claude-haiku-4-5-20251001-v1:0",
    "apac.anthropic.claude-sonnet-4-20250514-v1:0",
    "ca.amazon.nova-lite-v1:0",
];

#[tokio::test]
async fn what_is_predicted_of_a_region_is_what_the_emulator_does() {
    let emulator = emulator().await;
    let mut differences = Vec::new();
    for profile in PROFILES {
        for region in REGIONS {
            let yaml = format!(
                "models:\n  m:\n    provider: amazon-bedrock\n    model: {profile}\n    provider_opts:\n      region: {region}\n"
            );
            let model = model(&yaml);
            let client = model
                .connect(&offline(&model, &emulator))
                .await
                .expect("a client");
            let prepared = client.prepare(&Conversation::from("Hi")).expect("a body");
            let predicted = prepared
                .adjustments
                .iter()
                .any(outcrop::Adjustment::predicts_refusal);
            let refused = client.call_prepared(prepared).await.is_err();
            if predicted != refused {
                differences.push(format!(
                    "{profile} from {region}: predicted {predicted}, refused {refused}"
                ));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}
