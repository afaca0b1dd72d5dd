//! A long conversation with tools: what the model said goes back to it byte for byte, and what was
//! sent once is sent the same way on every later turn.

use outcrop::{AuthPlan, ContentBlock, Conversation, Env, Message, Model, Response, ToolResult};
use outcrop_emulator::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};
use serde_json::Value;

use crate::scripted::{Scripted, event};
use crate::support::{emulator, model, offline};

const TURNS: usize = 10;

const YAML: &str = "models:
  m:
    provider: amazon-bedrock
    model: global.anthropic.claude-sonnet-4-5-20250929-v1:0
    max_tokens: 8192
    thinking_budget: 2048
    provider_opts:
      region: us-east-1
";

const TOOLS: &str = r#"{"tools":[{"toolSpec":{"name":"get_weather","inputSchema":{"json":{"type":"object","properties":{"z":{"type":"string"},"a":{"type":"number","default":0.70}}}}}}]}"#;

/// The blocks of an answer, as the service's JSON has them. Two calls a turn, each with reasoning
/// of its own kind before it, and in the last turn none.
fn blocks(turn: usize) -> Vec<String> {
    let text = format!(r#"{{"text":"Turn {turn}: \"é\"\n"}}"#);
    if turn == TURNS {
        return vec![text];
    }
    let signed = format!(
        r#"{{"reasoningContent":{{"reasoningText":{{"text":"Step {turn} – \\ and so on.","signature":"EqQB{turn}/+="}}}}}}"#
    );
    let second = match turn % 3 {
        0 => r#"{"reasoningContent":{"redactedContent":"cmVkYWN0ZWQ="}}"#.to_owned(),
        1 => format!(
            r#"{{"reasoningContent":{{"reasoningText":{{"text":"","signature":"Hidden{turn}"}}}}}}"#
        ),
        _ => signed.replace("Step", "Another step"),
    };
    vec![signed, call(turn, 'a'), second, call(turn, 'b'), text]
}

/// A call whose arguments no JSON library would write like this.
fn call(turn: usize, letter: char) -> String {
    let input = match letter {
        'a' => r#"{ "z":  "Zürich", "a": 1.0, "big": 12345678901234567890123, "e": 1E+2 }"#,
        _ => "{}",
    };
    format!(
        r#"{{"toolUse":{{"toolUseId":"tooluse_{turn}{letter}","name":"get_weather","input":{input}}}}}"#
    )
}

/// The stream that says these blocks, with every text in two pieces.
fn stream(blocks: &[String], stop: &str) -> Vec<u8> {
    let mut bytes = event("messageStart", r#"{"role":"assistant","p":"abc"}"#);
    for (index, block) in blocks.iter().enumerate() {
        let delta = |delta: Value| {
            let payload = serde_json::json!({"contentBlockIndex": index, "delta": delta, "p": "a"});
            event("contentBlockDelta", &payload.to_string())
        };
        let value: Value = serde_json::from_str(block).expect("a block");
        let reasoning = &value["reasoningContent"];
        if let Some(text) = value["text"].as_str() {
            bytes.extend(halves(text).flat_map(|half| delta(serde_json::json!({"text": half}))));
        } else if let Some(redacted) = reasoning.get("redactedContent") {
            bytes.extend(delta(
                serde_json::json!({"reasoningContent": {"redactedContent": redacted}}),
            ));
        } else if let Some(text) = reasoning["reasoningText"]["text"].as_str() {
            for half in halves(text).filter(|half| !half.is_empty()) {
                bytes.extend(delta(
                    serde_json::json!({"reasoningContent": {"text": half}}),
                ));
            }
            let signature = &reasoning["reasoningText"]["signature"];
            bytes.extend(delta(
                serde_json::json!({"reasoningContent": {"signature": signature}}),
            ));
        } else {
            let start = serde_json::json!({
                "contentBlockIndex": index,
                "start": {"toolUse": {
                    "toolUseId": value["toolUse"]["toolUseId"], "name": "get_weather"
                }}
            });
            bytes.extend(event("contentBlockStart", &start.to_string()));
            let (_, input) = block.split_once("\"input\":").expect("arguments");
            let input = input.strip_suffix("}}").expect("the end of a call");
            // The service says nothing at all of arguments that there are not.
            let input = if input == "{}" { "" } else { input };
            let pieces = halves(input);
            bytes
                .extend(pieces.flat_map(|it| delta(serde_json::json!({"toolUse": {"input": it}}))));
        }
        let stop = serde_json::json!({"contentBlockIndex": index});
        bytes.extend(event("contentBlockStop", &stop.to_string()));
    }
    bytes.extend(event(
        "messageStop",
        &format!(r#"{{"stopReason":"{stop}"}}"#),
    ));
    let usage = r#"{"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3,"cacheWriteInputTokens":4,"cacheDetails":[{"ttl":"1h","inputTokens":4}]},"metrics":{"latencyMs":5}}"#;
    bytes.extend(event("metadata", usage));
    bytes
}

/// A text in two pieces, cut between characters.
fn halves(text: &str) -> impl Iterator<Item = &str> {
    let middle = text.char_indices().nth(text.chars().count() / 2);
    let (first, second) = text.split_at(middle.map_or(0, |(place, _)| place));
    [first, second].into_iter()
}

/// The message as another program would feed it back: through the JSON that is printed.
fn through_json(response: &Response) -> Message {
    let printed = serde_json::to_string(response).expect("JSON");
    let read: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(read["usage"]["cacheDetails"][0]["ttl"], "1h");
    let read: Response = serde_json::from_str(&printed).expect("a response");
    read.output.message
}

/// The conversation as a file would hold it between two turns.
fn through_a_file(conversation: &Conversation) -> Conversation {
    let messages = serde_json::to_string(&conversation.messages).expect("JSON");
    let file = format!(r#"{{"messages":{messages},"toolConfig":{TOOLS}}}"#);
    serde_json::from_str(&file).expect("a conversation")
}

fn plan(model: &Model, server: &Scripted) -> AuthPlan {
    let endpoint = server.endpoint();
    model
        .plan(&Env::empty())
        .offline(ACCESS_KEY_ID, SECRET_ACCESS_KEY, endpoint)
}

#[tokio::test]
async fn ten_turns_with_tools_and_reasoning_are_replayed_byte_for_byte() {
    let answers: Vec<Vec<String>> = (1..=TURNS).map(blocks).collect();
    let streams = answers.iter().map(|blocks| {
        let stop = if blocks.len() == 1 {
            "end_turn"
        } else {
            "tool_use"
        };
        stream(blocks, stop)
    });
    let server = Scripted::start(streams.collect());
    let emulator = emulator().await;
    let model = model(YAML);
    let client = model
        .connect(&plan(&model, &server))
        .await
        .expect("a client");
    let judge = model
        .connect(&offline(&model, &emulator))
        .await
        .expect("a client");

    let mut conversation = through_a_file(&"How is the weather?".into());
    for turn in 1..=TURNS {
        let prepared = client.prepare(&conversation).expect("a request");
        let codes: Vec<_> = prepared.adjustments.iter().map(|it| it.code()).collect();
        assert_eq!(codes, ["auth.offline"], "turn {turn}");
        judge
            .call_prepared(prepared)
            .await
            .expect("a conversation that the emulator accepts");
        let answer = client.stream(&conversation).await.expect("an answer");
        let reply = answer.finish().await.expect("a whole answer");
        let message = if turn % 2 == 0 {
            reply.response.output.message
        } else {
            through_json(&reply.response)
        };
        let results: Vec<_> = message
            .tool_uses()
            .map(|call| ToolResult::text(&call.tool_use_id, format!("{turn} °C")))
            .collect();
        conversation.messages.push(message);
        if !results.is_empty() {
            conversation.messages.push(Message::tool_results(results));
            conversation = through_a_file(&conversation);
        }
    }

    let bodies = server.bodies();
    assert_eq!(bodies.len(), TURNS);
    let end = bodies[0]
        .split_once(r#"],"inferenceConfig""#)
        .expect("settings")
        .1;
    // Cache points move from turn to turn; the prefix of the service's cache does not know of them.
    let messages = |body: &str| {
        let body = body.replace(r#",{"cachePoint":{"type":"default"}}"#, "");
        let messages = body
            .strip_suffix(end)
            .and_then(|it| it.strip_suffix(r#"],"inferenceConfig""#));
        messages.expect("the same settings").to_owned()
    };
    for (turn, pair) in bodies.windows(2).enumerate() {
        let (before, after) = (messages(&pair[0]), messages(&pair[1]));
        let answer = format!(
            r#",{{"role":"assistant","content":[{}]}},{{"role":"user","#,
            answers[turn].join(",")
        );
        let rest = after
            .strip_prefix(&before)
            .expect("the turns so far, unchanged");
        assert!(
            rest.starts_with(&answer),
            "turn {}:\n{answer}\n{rest}",
            turn + 1
        );
    }
    let last = conversation.messages.last().expect("a message");
    assert!(matches!(&*last.content, [ContentBlock::Text(_)]));
}
