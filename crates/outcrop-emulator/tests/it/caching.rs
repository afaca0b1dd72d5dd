//! The simulated prompt cache, rule by rule.

use std::time::Duration;

use outcrop_emulator::cache::{Simulator, Usage, limits, prefixes};
use outcrop_emulator::{Emulator, EmulatorConfig};
use serde_json::{Value, json};

use crate::support::{SONNET_4_5, Signer, call, converse, emulator, encode, events};

/// From 512 tokens on, for an hour where asked.
const OPUS_5: &str = "us.anthropic.claude-opus-5";
const OPUS_4_5: &str = "us.anthropic.claude-opus-4-5-20251101-v1:0";
const NOVA: &str = "us.amazon.nova-lite-v1:0";
const GPT: &str = "us.openai.gpt-6-sol";
const LUNA: &str = "us.openai.gpt-5.6-luna";

/// A text of so many tokens that is told from others by its first letter.
fn text(letter: char, tokens: usize) -> Value {
    json!({ "text": letter.to_string().repeat(4 * tokens) })
}

fn point() -> Value {
    json!({ "cachePoint": { "type": "default" } })
}

fn hour() -> Value {
    json!({ "cachePoint": { "type": "default", "ttl": "1h" } })
}

fn tool(name: &str) -> Value {
    let schema = json!({ "type": "object", "description": "x".repeat(4_000) });
    json!({ "toolSpec": { "name": name, "inputSchema": { "json": schema } } })
}

/// A request of these parts. Messages take turns, the user first.
fn request(tools: &[Value], system: &[Value], messages: &[&[Value]]) -> Value {
    let messages: Vec<Value> = messages
        .iter()
        .enumerate()
        .map(|(index, content)| {
            let role = if index % 2 == 0 { "user" } else { "assistant" };
            json!({ "role": role, "content": content })
        })
        .collect();
    let mut request = json!({ "system": system, "messages": messages });
    if !tools.is_empty() {
        request["toolConfig"] = json!({ "tools": tools });
    }
    request
}

/// What was read, written for five minutes, written for an hour, and paid in full.
fn figures(usage: Usage) -> [u64; 4] {
    [
        usage.cache_read_input_tokens,
        usage.cache_write_5m_input_tokens,
        usage.cache_write_1h_input_tokens,
        usage.input_tokens,
    ]
}

/// Calls one after another, at these seconds.
#[track_caller]
fn expect(model: &str, calls: &[(u64, &Value, [u64; 4])]) {
    let mut cache = Simulator::new();
    for (number, (seconds, request, expected)) in calls.iter().enumerate() {
        let usage = cache.call(model, request, Duration::from_secs(*seconds));
        assert_eq!(figures(usage), *expected, "call {number} of {model}");
        assert_eq!(usage.total_input_tokens(), expected.iter().sum::<u64>());
    }
}

#[test]
fn what_was_written_is_read_and_the_rest_is_paid() {
    let first = request(&[], &[text('s', 600), point()], &[&[text('a', 40)]]);
    let other = request(&[], &[text('s', 600), point()], &[&[text('b', 50)]]);
    expect(
        OPUS_5,
        &[
            (0, &first, [0, 600, 0, 40]),
            (1, &first, [600, 0, 0, 40]),
            (2, &other, [600, 0, 0, 50]),
        ],
    );
}

#[test]
fn without_points_nothing_is_cached() {
    let plain = request(&[], &[text('s', 6_000)], &[&[text('a', 40)]]);
    expect(
        OPUS_5,
        &[(0, &plain, [0, 0, 0, 6_040]), (1, &plain, [0, 0, 0, 6_040])],
    );
}

#[test]
fn a_point_that_moves_on_writes_what_is_new() {
    let turn = |count: usize| {
        let all = [
            text('a', 700),
            text('b', 30),
            text('c', 20),
            text('d', 10),
            text('e', 5),
        ];
        let mut messages: Vec<Vec<Value>> =
            all[..count].iter().map(|it| vec![it.clone()]).collect();
        messages[count - 1].push(point());
        let messages: Vec<&[Value]> = messages.iter().map(Vec::as_slice).collect();
        request(&[], &[], &messages)
    };
    expect(
        OPUS_5,
        &[
            (0, &turn(1), [0, 700, 0, 0]),
            (1, &turn(3), [700, 50, 0, 0]),
            (2, &turn(5), [750, 15, 0, 0]),
            // A shorter conversation reads what it shares.
            (3, &turn(3), [750, 0, 0, 0]),
        ],
    );
}

#[test]
fn the_minimum_counts_from_the_start_of_the_prompt() {
    let below = request(&[], &[text('s', 511), point()], &[&[text('a', 1)]]);
    let exact = request(&[], &[text('s', 512), point()], &[&[text('a', 1)]]);
    let together = request(
        &[],
        &[text('s', 300), point()],
        &[&[text('a', 212), point(), text('b', 9)]],
    );
    expect(
        OPUS_5,
        &[
            (0, &below, [0, 0, 0, 512]),
            (1, &below, [0, 0, 0, 512]),
            (2, &exact, [0, 512, 0, 1]),
            (3, &exact, [512, 0, 0, 1]),
            (4, &together, [0, 512, 0, 9]),
            (5, &together, [512, 0, 0, 9]),
        ],
    );
    let large = request(&[], &[text('s', 4_095), point()], &[&[text('a', 1)]]);
    expect(OPUS_4_5, &[(0, &large, [0, 0, 0, 4_096])]);
}

#[test]
fn a_model_has_its_own_minimum() {
    for (model, minimum) in [
        ("us.anthropic.claude-3-7-sonnet-20250219-v1:0", 1_024),
        ("us.anthropic.claude-opus-4-1-20250805-v1:0", 1_024),
        (SONNET_4_5, 1_024),
        ("us.anthropic.claude-haiku-4-5-20251001-v1:0", 4_096),
        (OPUS_4_5, 4_096),
        ("us.anthropic.claude-opus-4-6-v1", 4_096),
        ("us.anthropic.claude-sonnet-4-6", 1_024),
        ("us.anthropic.claude-opus-4-7", 4_096),
        ("us.anthropic.claude-opus-4-8", 1_024),
        ("us.anthropic.claude-sonnet-5", 1_024),
        ("us.anthropic.claude-opus-5", 512),
        ("us.anthropic.claude-fable-5", 512),
        ("us.anthropic.claude-fable-5-1", 512),
        ("us.anthropic.claude-opus-5-5", 512),
        ("us.anthropic.claude-sonnet-5-5", 512),
        ("us.anthropic.claude-haiku-5-5", 512),
        ("anthropic.claude-haiku-5-5", 512),
        (
            "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-opus-5",
            512,
        ),
        (
            "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc",
            1_024,
        ),
        (NOVA, 1_000),
    ] {
        let of = |tokens: usize| request(&[], &[text('s', tokens), point()], &[&[text('a', 1)]]);
        let written = |tokens: usize| {
            let usage = Simulator::new().call(model, &of(tokens), Duration::ZERO);
            usage.cache_write_input_tokens()
        };
        assert_eq!(written(minimum - 1), 0, "{model}");
        assert_eq!(written(minimum), minimum as u64, "{model}");
    }
}

/// A prefix of 600 tokens and so many small blocks of one token after it, then a point.
fn long(blocks: usize, middle: Option<usize>) -> Value {
    let mut content = vec![text('a', 600)];
    if middle == Some(0) {
        content.push(point());
    }
    for number in 1..=blocks {
        content.push(json!({ "text": format!("{number:04}") }));
        if middle == Some(number) {
            content.push(point());
        }
    }
    content.push(point());
    request(&[], &[], &[&content])
}

#[test]
fn a_point_looks_back_over_twenty_places() {
    let first = request(&[], &[], &[&[text('a', 600), point()]]);
    for (blocks, read) in [(0, true), (1, true), (19, true), (20, false), (50, false)] {
        let mut cache = Simulator::new();
        cache.call(OPUS_5, &first, Duration::ZERO);
        let usage = cache.call(OPUS_5, &long(blocks, None), Duration::ZERO);
        let expected = if read {
            [600, blocks as u64, 0, 0]
        } else {
            [0, 600 + blocks as u64, 0, 0]
        };
        assert_eq!(figures(usage), expected, "{blocks} blocks");
    }
}

#[test]
fn another_point_reaches_what_the_last_does_not() {
    let first = request(&[], &[], &[&[text('a', 600), point()]]);
    expect(
        OPUS_5,
        &[
            (0, &first, [0, 600, 0, 0]),
            (1, &long(39, Some(19)), [600, 39, 0, 0]),
            // Both ends are places now, and the later one is found.
            (2, &long(45, None), [639, 6, 0, 0]),
        ],
    );
}

#[test]
fn a_place_without_a_point_was_not_written() {
    let both = request(&[], &[], &[&[text('a', 600), text('b', 20), point()]]);
    let prefix = request(&[], &[], &[&[text('a', 600), point(), text('c', 9)]]);
    expect(
        OPUS_5,
        &[(0, &both, [0, 620, 0, 0]), (1, &prefix, [0, 600, 0, 9])],
    );
}

#[test]
fn a_point_within_what_is_read_costs_nothing_and_can_be_found() {
    let both = request(&[], &[], &[&[text('a', 600), text('b', 20), point()]]);
    let marked = request(
        &[],
        &[],
        &[&[text('a', 600), point(), text('b', 20), point()]],
    );
    let prefix = request(&[], &[], &[&[text('a', 600), point(), text('c', 9)]]);
    expect(
        OPUS_5,
        &[
            (0, &both, [0, 620, 0, 0]),
            (1, &marked, [620, 0, 0, 0]),
            (2, &prefix, [600, 0, 0, 9]),
        ],
    );
}

#[test]
fn a_prefix_lives_for_its_lifetime_after_each_use() {
    let short = request(&[], &[text('s', 600), point()], &[&[text('a', 1)]]);
    let long = request(&[], &[text('s', 600), hour()], &[&[text('a', 1)]]);
    expect(
        OPUS_5,
        &[
            (0, &short, [0, 600, 0, 1]),
            (299, &short, [600, 0, 0, 1]),
            (598, &short, [600, 0, 0, 1]),
            (898, &short, [0, 600, 0, 1]),
        ],
    );
    expect(
        OPUS_5,
        &[
            (0, &long, [0, 0, 600, 1]),
            (3_599, &long, [600, 0, 0, 1]),
            (7_198, &long, [600, 0, 0, 1]),
            (10_798, &long, [0, 0, 600, 1]),
        ],
    );
}

#[test]
fn using_a_longer_prefix_keeps_the_shorter_one() {
    let system = [text('s', 600), point()];
    let long = request(&[], &system, &[&[text('a', 10), point()]]);
    let other = request(&[], &system, &[&[text('b', 10)]]);
    let unmarked = request(&[], &[text('s', 600)], &[&[text('a', 10), point()]]);
    expect(
        OPUS_5,
        &[
            (0, &long, [0, 610, 0, 0]),
            (200, &unmarked, [610, 0, 0, 0]),
            (450, &other, [600, 0, 0, 10]),
        ],
    );
}

#[test]
fn an_hour_that_is_asked_for_later_does_not_prolong_five_minutes() {
    let short = request(&[], &[text('s', 600), point()], &[&[text('a', 1)]]);
    let long = request(&[], &[text('s', 600), hour()], &[&[text('a', 1)]]);
    expect(
        OPUS_5,
        &[
            (0, &short, [0, 600, 0, 1]),
            (1, &long, [600, 0, 0, 1]),
            (302, &long, [0, 0, 600, 1]),
        ],
    );
}

#[test]
fn each_part_is_written_for_the_lifetime_of_its_point() {
    let tools = [tool("look"), hour()];
    let mixed = |more: usize| {
        request(
            &tools,
            &[text('s', 600), hour()],
            &[&[
                text('a', 30),
                point(),
                text('b', more),
                point(),
                text('c', 7),
            ]],
        )
    };
    let mut cache = Simulator::new();
    let first = cache.call(OPUS_5, &mixed(20), Duration::ZERO);
    let [read, five, long, full] = figures(first);
    assert_eq!((read, five, full), (0, 50, 7));
    assert!(long > 600 + 1_000, "tools and system prompt: {long}");
    let next = cache.call(OPUS_5, &mixed(25), Duration::from_secs(10));
    assert_eq!(figures(next), [long + 30, 25, 0, 7]);
    let later = cache.call(OPUS_5, &mixed(25), Duration::from_secs(1_000));
    assert_eq!(figures(later), [long, 55, 0, 7]);
}

#[test]
fn of_two_points_at_one_place_the_first_writes() {
    let tools = [tool("look"), hour()];
    let body = request(&tools, &[point(), text('s', 30)], &[&[text('a', 1)]]);
    let mut cache = Simulator::new();
    let first = cache.call(OPUS_5, &body, Duration::ZERO);
    assert_eq!(first.cache_write_5m_input_tokens, 0);
    assert!(first.cache_write_1h_input_tokens > 1_000);
    let later = cache.call(OPUS_5, &body, Duration::from_secs(3_000));
    assert_eq!(
        later.cache_read_input_tokens,
        first.cache_write_1h_input_tokens
    );
}

#[test]
fn what_changes_decides_what_is_kept() {
    let base = || {
        let mut base = request(
            &[tool("look"), point()],
            &[text('s', 600), point()],
            &[&[text('a', 30), point()]],
        );
        base["additionalModelRequestFields"] = json!({ "thinking": { "type": "adaptive" } });
        base
    };
    let tools = tool("look")["toolSpec"].to_string().len().div_ceil(4) as u64;
    let changed = |change: fn(&mut Value)| {
        let mut request = base();
        change(&mut request);
        request
    };
    let cases: [(&str, Value, u64); 12] = [
        ("nothing", base(), tools + 630),
        (
            "a tool",
            changed(|it| it["toolConfig"]["tools"][0] = tool("find")),
            0,
        ),
        (
            "the order of keys in a tool",
            changed(|it| {
                let schema = &mut it["toolConfig"]["tools"][0]["toolSpec"]["inputSchema"]["json"];
                let kind = schema
                    .as_object_mut()
                    .unwrap()
                    .shift_remove("type")
                    .unwrap();
                schema["type"] = kind;
            }),
            0,
        ),
        (
            "the system prompt",
            changed(|it| it["system"][0] = text('t', 600)),
            tools,
        ),
        (
            "a message",
            changed(|it| it["messages"][0]["content"][0] = text('b', 30)),
            tools + 600,
        ),
        (
            "the tool choice",
            changed(|it| it["toolConfig"]["toolChoice"] = json!({ "any": {} })),
            tools + 600,
        ),
        (
            "the tool choice that is none",
            changed(|it| it["toolConfig"]["toolChoice"] = json!({ "auto": {} })),
            tools + 630,
        ),
        (
            "the tool choice in Claude's words",
            changed(|it| {
                it["additionalModelRequestFields"]["tool_choice"] =
                    json!({ "type": "auto", "disable_parallel_tool_use": true });
            }),
            tools + 600,
        ),
        (
            "the thinking parameter",
            changed(|it| {
                it["additionalModelRequestFields"]["thinking"] =
                    json!({ "type": "adaptive", "display": "summarized" });
            }),
            tools + 600,
        ),
        (
            "no thinking parameter",
            changed(|it| it["additionalModelRequestFields"] = json!({})),
            tools + 600,
        ),
        (
            "how much may be answered",
            changed(|it| it["inferenceConfig"] = json!({ "maxTokens": 9 })),
            tools + 630,
        ),
        (
            "where the points are",
            changed(|it| {
                it["system"].as_array_mut().unwrap().pop();
            }),
            tools + 630,
        ),
    ];
    for (case, request, read) in cases {
        let mut cache = Simulator::new();
        let first = cache.call(OPUS_5, &base(), Duration::ZERO);
        assert_eq!(first.cache_write_input_tokens(), tools + 630);
        let usage = cache.call(OPUS_5, &request, Duration::ZERO);
        assert_eq!(usage.cache_read_input_tokens, read, "{case}");
    }
}

#[test]
fn a_speaker_is_part_of_what_is_said() {
    let alone = request(&[], &[], &[&[text('a', 600), text('b', 10), point()]]);
    let apart = request(&[], &[], &[&[text('a', 600)], &[text('b', 10), point()]]);
    expect(
        OPUS_5,
        &[(0, &alone, [0, 610, 0, 0]), (1, &apart, [0, 610, 0, 0])],
    );
}

#[test]
fn each_identifier_has_its_own_cache() {
    let request = request(&[], &[text('s', 600), point()], &[&[text('a', 1)]]);
    let mut cache = Simulator::new();
    for (model, read) in [
        (OPUS_5, 0),
        ("eu.anthropic.claude-opus-5", 0),
        ("us.anthropic.claude-opus-5-5", 0),
        (OPUS_5, 600),
    ] {
        let usage = cache.call(model, &request, Duration::ZERO);
        assert_eq!(usage.cache_read_input_tokens, read, "{model}");
    }
}

#[test]
fn nova_caches_up_to_a_maximum() {
    let of = |tokens: usize| {
        request(
            &[],
            &[text('s', 1_200), point()],
            &[&[text('a', tokens), point()]],
        )
    };
    expect(
        NOVA,
        &[
            (0, &of(18_800), [0, 20_000, 0, 0]),
            (1, &of(18_800), [20_000, 0, 0, 0]),
            (2, &of(18_801), [1_200, 0, 0, 18_801]),
            (303, &of(18_800), [0, 20_000, 0, 0]),
        ],
    );
}

#[test]
fn some_models_cache_by_themselves() {
    let first = request(&[], &[text('s', 1_000)], &[&[text('a', 100)]]);
    let next = request(
        &[],
        &[text('s', 1_000)],
        &[&[text('a', 100)], &[text('b', 50)], &[text('c', 9)]],
    );
    let short = request(&[], &[text('s', 1_000)], &[&[text('z', 1)]]);
    expect(
        GPT,
        &[
            (0, &first, [0, 0, 0, 1_100]),
            (1, &next, [1_100, 0, 0, 59]),
            (2, &next, [1_159, 0, 0, 0]),
            (3, &short, [0, 0, 0, 1_001]),
            (303, &next, [0, 0, 0, 1_159]),
        ],
    );
    let mut cache = Simulator::new();
    cache.call(LUNA, &first, Duration::ZERO);
    let usage = cache.call(LUNA, &next, Duration::ZERO);
    assert_eq!(figures(usage), [1_100, 0, 0, 1_159]);
    assert_eq!(usage.total_input_tokens(), 1_159);
    // A model that is not known to cache does not.
    let kimi = "moonshotai.kimi-k2.5";
    expect(
        kimi,
        &[(0, &first, [0, 0, 0, 1_100]), (1, &first, [0, 0, 0, 1_100])],
    );
}

#[test]
fn nothing_is_readable_before_the_answer_begins() {
    let request = request(&[], &[text('s', 600), point()], &[&[text('a', 1)]]);
    let mut cache = Simulator::new();
    let first = cache.look_up(OPUS_5, &request, Duration::ZERO);
    let second = cache.look_up(OPUS_5, &request, Duration::from_secs(1));
    assert_eq!(figures(first.usage), [0, 600, 0, 1]);
    assert_eq!(figures(second.usage), [0, 600, 0, 1]);
    cache.begin(first, Duration::from_secs(2));
    let third = cache.look_up(OPUS_5, &request, Duration::from_secs(3));
    assert_eq!(figures(third.usage), [600, 0, 0, 1]);
}

#[test]
fn what_is_gone_is_forgotten_and_what_lives_is_not() {
    let kept = request(&[], &[text('s', 600), hour()], &[&[text('a', 1)]]);
    let mut cache = Simulator::new();
    cache.call(OPUS_5, &kept, Duration::ZERO);
    for number in 0..20_000_u64 {
        let passing = request(
            &[],
            &[
                text('x', 600),
                json!({ "text": number.to_string() }),
                point(),
            ],
            &[&[text('a', 1)]],
        );
        cache.call(OPUS_5, &passing, Duration::from_millis(100 * number));
    }
    let usage = cache.call(OPUS_5, &kept, Duration::from_secs(2_001));
    assert_eq!(figures(usage), [600, 0, 0, 1]);
}

#[tokio::test]
async fn the_endpoint_reports_what_its_cache_did() {
    let emulator = emulator().await;
    let body = request(
        &[],
        &[text('s', 1_100), hour()],
        &[&[text('a', 30), point(), text('b', 7)]],
    );
    let first = converse(&emulator, SONNET_4_5, &body).await.json()["usage"].clone();
    assert_eq!(
        first["cacheDetails"],
        json!([{ "inputTokens": 1_100, "ttl": "1h" }, { "inputTokens": 30, "ttl": "5m" }])
    );
    let stream = events(&call(&emulator, SONNET_4_5, "converse-stream", &body).await);
    let second = stream.last().unwrap().1["usage"].clone();
    let count = |usage: &Value, name: &str| usage[name].as_u64().unwrap();
    for (usage, read, written) in [(&first, 0, 1_130), (&second, 1_130, 0)] {
        assert_eq!(count(usage, "inputTokens"), 7);
        assert_eq!(count(usage, "cacheReadInputTokens"), read);
        assert_eq!(count(usage, "cacheWriteInputTokens"), written);
        let output = count(usage, "outputTokens");
        assert_eq!(count(usage, "totalTokens"), 1_137 + output);
    }
    assert_eq!(second["cacheDetails"], json!([]));

    emulator.advance(Duration::from_secs(600));
    let third = converse(&emulator, SONNET_4_5, &body).await.json()["usage"].clone();
    assert_eq!(count(&third, "cacheReadInputTokens"), 1_100);
    assert_eq!(count(&third, "cacheWriteInputTokens"), 30);
}

#[tokio::test]
async fn regions_and_accounts_share_no_cache() {
    let emulator = emulator().await;
    let body = request(&[], &[text('s', 1_100), point()], &[&[text('a', 1)]]).to_string();
    let path = format!(
        "/model/{}/converse",
        encode("global.anthropic.claude-opus-5")
    );
    for (region, read) in [("us-east-1", 0), ("eu-west-1", 0), ("us-east-1", 1_100)] {
        let signer = Signer {
            region: region.to_owned(),
            ..Signer::new("bedrock")
        };
        let reply = signer
            .post(emulator.address(), &path, body.as_bytes())
            .await;
        assert_eq!(
            reply.json()["usage"]["cacheReadInputTokens"],
            read,
            "{region}"
        );
    }
}

#[tokio::test]
async fn a_script_moves_the_clock_and_a_fault_caches_only_what_began() {
    let script = "
- reset:
- throttle:
- {}
- wait: 4m
- wait: 6m
- cut: { after_events: 1 }
  wait: 6m
- {}
";
    let config = EmulatorConfig {
        script: script.parse().unwrap(),
        ..EmulatorConfig::default()
    };
    let emulator = Emulator::start(config).await.unwrap();
    let body = request(&[], &[text('s', 1_100), point()], &[&[text('a', 1)]]);
    // The first connection breaks; what it asked for is not cached.
    let path = format!("POST /model/{}/converse HTTP/1.1\r\n", encode(SONNET_4_5));
    let asked = format!(
        "{path}authorization: Bearer {}\r\nhost: a\r\ncontent-length: {}\r\n\r\n{body}",
        outcrop_emulator::BEARER_TOKEN,
        body.to_string().len()
    );
    let mut connection = tokio::net::TcpStream::connect(emulator.address())
        .await
        .unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut connection, asked.as_bytes())
        .await
        .unwrap();
    let mut rest = Vec::new();
    let broken = tokio::io::AsyncReadExt::read_to_end(&mut connection, &mut rest).await;
    assert!(broken.is_err());
    assert_eq!(converse(&emulator, SONNET_4_5, &body).await.status, 429);
    let mut reads = Vec::new();
    for _ in 0..3 {
        let reply = converse(&emulator, SONNET_4_5, &body).await.json();
        reads.push(reply["usage"]["cacheReadInputTokens"].as_u64().unwrap());
    }
    assert_eq!(reads, [0, 1_100, 0]);
    call(&emulator, SONNET_4_5, "converse-stream", &body).await;
    let reply = converse(&emulator, SONNET_4_5, &body).await.json();
    assert_eq!(reply["usage"]["cacheReadInputTokens"], 1_100);
}

/// What others may look at is what the simulator goes by.
#[test]
fn prefixes_and_limits_say_what_can_be_kept() {
    let body = request(
        &[tool("look")],
        &[text('s', 500), point()],
        &[&[text('a', 700), text('b', 20), point()]],
    );
    let seen = prefixes(&body);
    let usage = Simulator::new().call(OPUS_5, &body, Duration::ZERO);
    assert_eq!(seen.len(), 4);
    assert_eq!(seen[3].tokens, usage.total_input_tokens());
    assert_eq!(seen[3].tokens - seen[2].tokens, 20);

    let other = request(
        &[tool("look")],
        &[text('s', 500)],
        &[&[text('a', 700), text('c', 20)]],
    );
    let same: Vec<bool> = seen
        .iter()
        .zip(prefixes(&other))
        .map(|(one, other)| one.identity == other.identity)
        .collect();
    assert_eq!(same, [true, true, true, false]);

    assert_eq!(limits(OPUS_4_5), Some(4_096..=u64::MAX));
    assert_eq!(limits(NOVA), Some(1_000..=20_000));
    assert_eq!(limits(GPT), None);
}
