//! `run --format json` and `--format ndjson`.

use serde_json::Value;

use crate::support::{Outcrop, StubServer, keys, outcrop};

fn run(format: &str) -> Outcrop {
    let example = "examples/thinking-budget.yaml";
    outcrop([
        "run",
        "--offline",
        "-c",
        example,
        "Why?",
        "--format",
        format,
    ])
    .in_workspace()
}

#[test]
fn json_is_the_converse_response_with_adjustments_beside_it() {
    for streaming in ["--show-thinking", "--no-stream"] {
        let response = run("json").arg(streaming).run().ok().json();
        assert_eq!(
            keys(&response),
            [
                "output",
                "stopReason",
                "usage",
                "metrics",
                "adjustments",
                "cost_usd"
            ]
        );
        assert_eq!(response["stopReason"], "end_turn");
        assert_eq!(response["output"]["message"]["role"], "assistant");
        let adjustments = response["adjustments"].as_array().unwrap();
        assert!(adjustments.iter().any(|it| it["code"] == "auth.offline"));
    }
}

#[test]
fn a_response_is_the_same_whether_it_is_streamed_or_not() {
    let streamed = run("json").run().ok().stdout;
    assert_eq!(streamed, run("json").arg("--no-stream").run().ok().stdout);
}

#[test]
fn ndjson_is_the_adjustments_and_then_the_events() {
    let lines = run("ndjson").run().ok().json_lines();
    assert_eq!(keys(&lines[0]), ["adjustments"]);
    assert_eq!(keys(&lines[1]), ["messageStart"]);
    let end = &lines[lines.len() - 2..];
    assert_eq!(keys(&end[0]), ["messageStop"]);
    assert_eq!(keys(&end[1]), ["metadata"]);
    let deltas = lines
        .iter()
        .filter_map(|line| line.get("contentBlockDelta"));
    assert!(deltas.clone().count() > 5);
    for delta in deltas {
        assert_eq!(keys(delta), ["contentBlockIndex", "delta"]);
    }
}

#[test]
fn ndjson_of_an_answer_that_came_whole_has_the_same_events() {
    let streamed = run("ndjson").run().ok().json_lines();
    let whole = run("ndjson").arg("--no-stream").run().ok().json_lines();
    for kind in ["text", "reasoningContent"] {
        assert_eq!(joined(&streamed, kind), joined(&whole, kind));
        assert!(!joined(&whole, kind).is_empty());
    }
    for event in ["adjustments", "messageStart", "messageStop", "metadata"] {
        assert_eq!(only(&streamed, event), only(&whole, event));
    }
}

#[test]
fn ndjson_has_the_cost_of_json_in_its_last_event() {
    let cost = run("json").run().ok().json()["cost_usd"].clone();
    assert!(cost.as_f64().unwrap() > 0.0);
    for streaming in ["--show-thinking", "--no-stream"] {
        let lines = run("ndjson").arg(streaming).run().ok().json_lines();
        let last = &lines.last().unwrap()["metadata"];
        assert_eq!(keys(last), ["usage", "metrics", "cost_usd"]);
        assert_eq!(last["cost_usd"], cost, "{streaming}");
    }
}

#[test]
fn a_tool_call_that_came_whole_is_an_event_of_a_tool_call() {
    let conversation = r#"{
        "messages": [{"role": "user", "content": [{"text": "What time is it?"}]}],
        "toolConfig": {"tools": [{"toolSpec": {
            "name": "clock",
            "inputSchema": {"json": {"type": "object", "properties": {"zone": {"type": "string"}}, "required": ["zone"]}}
        }}], "toolChoice": {"any": {}}}
    }"#;
    let run = |streaming| {
        let args = [
            "run",
            "--offline",
            "-m",
            "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "--messages",
            "tools.json",
            "--format",
            "ndjson",
            streaming,
        ];
        let ran = outcrop(args).file("tools.json", conversation).run().ok();
        ran.json_lines()
    };
    let (streamed, whole) = (run("--show-thinking"), run("--no-stream"));
    let start = only(&whole, "contentBlockStart");
    assert_eq!(start["start"]["toolUse"]["name"], "clock");
    assert_eq!(start, only(&streamed, "contentBlockStart"));
    assert_eq!(joined(&streamed, "toolUse"), joined(&whole, "toolUse"));
    assert_eq!(only(&whole, "messageStop")["stopReason"], "tool_use");
}

#[test]
fn a_cost_that_is_not_known_is_null() {
    let run = |format| {
        let args = ["run", "--offline", "-m", "openai.gpt-oss-120b-1:0", "Why?"];
        let ran = outcrop(args).arg("--format").arg(format).arg("--usage");
        ran.run().ok()
    };
    assert_eq!(run("json").json().get("cost_usd"), Some(&Value::Null));
    let lines = run("ndjson").json_lines();
    let metadata = only(&lines, "metadata");
    assert_eq!(metadata.get("cost_usd"), Some(&Value::Null));
    let said = run("text").stderr;
    assert!(said.ends_with("of output; cost: unknown\n"), "{said}");
}

/// A response with everything in it, broken into lines as no service does.
const RICH: &str = r#"{
  "output": {"message": {"role": "assistant", "content": [
    {"reasoningContent": {"reasoningText": {"text": "Hm.", "signature": "Eq"}}},
    {"reasoningContent": {"redactedContent": "cmVk"}},
    {"citationsContent": {"content": [{"text": "It is "}, {"text": "blue."}],
      "citations": [{"title": "A",
        "location": {"web": {"url": "https://x"}}}]}},
    {"image": {"format": "png", "source": {"bytes": "iVBO"}}},
    {"hologram": {
      "a": 1}}
  ]}},
  "stopReason": "end_turn",
  "usage": {"inputTokens": 1, "outputTokens": 2, "totalTokens": 13, "cacheReadInputTokens": 3,
    "cacheWriteInputTokens": 7, "cacheDetails": [{"ttl": "1h", "inputTokens": 4},
    {"ttl": "5m", "inputTokens": 3}], "serverToolUsage": {}},
  "metrics": {"latencyMs": 5},
  "additionalModelResponseFields": {"stop_sequence":
    null},
  "trace": {"promptRouter": {"invokedModelId": "m"}}
}"#;

#[test]
fn nothing_of_a_rich_answer_is_lost() {
    let run = |format: &str| {
        let server = StubServer::answering(format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
             connection: close\r\n\r\n{RICH}",
            RICH.len()
        ));
        let model = "us.anthropic.claude-opus-4-8";
        let args = [
            "run",
            "-m",
            model,
            "--no-stream",
            "--usage",
            "Why?",
            "--format",
            format,
        ];
        outcrop(args).with_keys().at(server.endpoint()).run().ok()
    };
    let mut response = run("json").json();
    let beside = response.as_object_mut().unwrap();
    beside.remove("adjustments");
    // 1 token at $5.50 a million, 3 at a tenth of that, 3 at 1.25 times, 4 at twice, 2 at $27.50.
    assert_eq!(beside.remove("cost_usd").unwrap(), 0.000_126_775);
    let given: Value = serde_json::from_str(RICH).unwrap();
    assert_eq!(response, given);
    assert_eq!(run("text").stdout, "It is blue.\n");
    assert_eq!(
        run("text").stderr.lines().last(),
        Some(
            "tokens: 1 at full price, 3 read, 3 written for 5m, 4 written for 1h, 2 of output; \
             cost: $0.000127"
        )
    );

    let ran = run("ndjson");
    let mut lines = ran.stdout.lines();
    lines.next().expect("the adjustments");
    let page: Vec<_> = lines.collect();
    insta::assert_snapshot!(page.join("\n"));
    assert_eq!(ran.json_lines().len(), page.len() + 1);
}

/// The one event of a kind.
fn only<'a>(lines: &'a [Value], event: &str) -> &'a Value {
    let mut found = lines.iter().filter_map(|line| line.get(event));
    let only = found.next().unwrap();
    assert!(found.next().is_none(), "{event} came twice");
    only
}

/// What all deltas of a kind add up to.
fn joined(lines: &[Value], kind: &str) -> String {
    let deltas = lines
        .iter()
        .filter_map(|line| line.get("contentBlockDelta")?["delta"].get(kind));
    let text = |delta: &Value| match delta {
        Value::String(text) => text.clone(),
        delta => delta
            .as_object()
            .unwrap()
            .values()
            .map(|it| it.as_str().unwrap())
            .collect(),
    };
    deltas.map(text).collect()
}
