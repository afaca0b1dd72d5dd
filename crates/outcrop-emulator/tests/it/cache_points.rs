//! Cache points.

use serde_json::{Value, json};

use crate::support::{
    Accepted, ByModel, NOVA, OPUS_5, Refused, SONNET_4_5, converse, emulator, expect_all, hello,
    tool_result, tool_use, tools,
};

const OPUS_4_1: &str = "us.anthropic.claude-opus-4-1-20250805-v1:0";

fn point() -> Value {
    json!({ "cachePoint": { "type": "default" } })
}

fn lasting(ttl: &str) -> Value {
    json!({ "cachePoint": { "type": "default", "ttl": ttl } })
}

fn text() -> Value {
    json!({ "text": "Hello" })
}

fn message(content: Vec<Value>) -> Value {
    json!({ "messages": [{ "role": "user", "content": content }] })
}

fn with_tool_point(point: Value) -> Value {
    let mut config = tools(Value::Null);
    config["tools"].as_array_mut().unwrap().push(point);
    hello(json!({ "toolConfig": config }))
}

#[tokio::test]
async fn a_model_that_cannot_cache_denies_the_request() {
    let emulator = emulator().await;
    // Nor do those that cache by themselves know points.
    for (model, status) in [("openai.gpt-5.5", 400), ("us.xai.grok-4.7", 403)] {
        let reply = converse(&emulator, model, &message(vec![text(), point()])).await;
        assert_eq!(reply.status, status, "{model}");
    }
    let reply = converse(&emulator, "deepseek.v3.2", &message(vec![text(), point()])).await;
    reply.assert_refused(
        403,
        "AccessDeniedException",
        "You invoked an unsupported model or your request did not allow prompt caching. See the \
         documentation for more information.",
        "deepseek",
    );
    let reply = converse(
        &emulator,
        "us.moonshotai.kimi-k3",
        &message(vec![text(), point()]),
    )
    .await;
    reply.assert_refused(
        400,
        "ValidationException",
        "This model doesn't support the cachePoint field. Remove cachePoint and try again.",
        "kimi",
    );
}

#[tokio::test]
async fn nova_caches_no_tools() {
    expect_all([
        (OPUS_5, with_tool_point(point()), Accepted),
        (
            NOVA,
            with_tool_point(point()),
            Refused(
                "Malformed input request: #/toolConfig/tools/1: extraneous key [cachePoint] is not \
                 permitted, please reformat your input and try again.",
            ),
        ),
        (NOVA, message(vec![text(), point()]), Accepted),
    ])
    .await;
}

const NOTHING: &str =
    "There is nothing available to cache. Please remove the invalid cache point and try again.";

#[tokio::test]
async fn a_point_follows_something_that_can_be_cached() {
    let document = |format: &str| {
        let source = json!({ "bytes": "AAAA" });
        json!({ "document": { "format": format, "name": "a", "source": source } })
    };
    let reasoning =
        json!({ "reasoningContent": { "reasoningText": { "text": "Hm.", "signature": "s" } } });
    let after_reasoning = json!({ "messages": [
        { "role": "user", "content": [text()] },
        { "role": "assistant", "content": [reasoning, point(), text()] },
        { "role": "user", "content": [text()] },
    ] });
    let video = json!({ "video": {
        "format": "mp4", "source": { "s3Location": { "uri": "s3://bucket/a.mp4" } },
    } });
    let mut twice_in_system = message(vec![text()]);
    twice_in_system["system"] = json!([text(), point(), point()]);
    let mut twice_in_tools = with_tool_point(point());
    twice_in_tools["toolConfig"]["tools"]
        .as_array_mut()
        .unwrap()
        .push(lasting("5m"));
    let mut first_in_system = message(vec![text()]);
    first_in_system["system"] = json!([point(), text()]);
    let mut first_in_system_after_tools = with_tool_point(point());
    first_in_system_after_tools["system"] = json!([point(), text()]);
    let mut first_among_tools = with_tool_point(point());
    first_among_tools["toolConfig"]["tools"]
        .as_array_mut()
        .unwrap()
        .rotate_right(1);
    let after_result = {
        let mut body = with_tool_point(point());
        body["messages"] = json!([
            { "role": "user", "content": [text()] },
            { "role": "assistant", "content": [tool_use("a"), point()] },
            { "role": "user", "content": [tool_result("a"), point()] },
        ]);
        body
    };
    expect_all([
        (NOVA, message(vec![text(), video.clone()]), Accepted),
        (
            NOVA,
            message(vec![text(), video, point()]),
            Refused(
                "The cachePoint at messages.0.content.2 directly follows a video. Move or remove \
                 the cachePoint and try again.",
            ),
        ),
        (
            OPUS_5,
            twice_in_system,
            Refused(
                "The cachePoint at system.2 directly follows another cachePoint. Move or remove \
                 the cachePoint and try again.",
            ),
        ),
        (
            OPUS_5,
            twice_in_tools,
            Refused(
                "The cachePoint at tools.2 directly follows another cachePoint. Move or remove \
                 the cachePoint and try again.",
            ),
        ),
        (OPUS_5, after_result, Accepted),
        (OPUS_5, message(vec![point(), text()]), Refused(NOTHING)),
        (OPUS_5, message(vec![point()]), Refused(NOTHING)),
        (OPUS_5, first_in_system, Refused(NOTHING)),
        (OPUS_5, first_in_system_after_tools, Refused(NOTHING)),
        (OPUS_5, first_among_tools, Refused(NOTHING)),
        (
            OPUS_5,
            message(vec![text(), point(), point()]),
            Refused(
                "The cachePoint at messages.0.content.2 directly follows another cachePoint. Move \
                 or remove the cachePoint and try again.",
            ),
        ),
        (
            OPUS_5,
            message(vec![text(), document("pdf"), point()]),
            Accepted,
        ),
        (
            OPUS_5,
            message(vec![text(), document("csv"), point()]),
            Refused(
                "The cachePoint at messages.0.content.2 directly follows a document that is not a \
                 PDF. Move or remove the cachePoint and try again.",
            ),
        ),
        (
            OPUS_5,
            after_reasoning,
            Refused(
                "Cache point cannot be inserted after reasoning block. Please remove the invalid \
                 cache point and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn lifetimes_are_known_to_models_from_4_5_on() {
    expect_all([
        (SONNET_4_5, message(vec![text(), lasting("1h")]), Accepted),
        (
            OPUS_4_1,
            message(vec![text(), lasting("5m")]),
            ByModel(
                "messages.0.content.1.cache_control.ephemeral.ttl: Extra inputs are not permitted",
            ),
        ),
        (
            NOVA,
            message(vec![text(), lasting("1h")]),
            Refused(
                "Malformed input request: #/messages/0/content/1/cachePoint: extraneous key [ttl] \
                 is not permitted, please reformat your input and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn an_hour_comes_before_five_minutes() {
    let body = |first: Value, second: Value| {
        let mut body = message(vec![text(), second]);
        body["system"] = json!([{ "text": "Be brief." }, first]);
        body
    };
    expect_all([
        (OPUS_5, body(lasting("1h"), lasting("5m")), Accepted),
        (
            OPUS_5,
            body(point(), lasting("1h")),
            ByModel(
                "messages.0.content.1.cache_control.ttl: a ttl='1h' cache_control block must not \
                 come after a ttl='5m' cache_control block. Note that blocks are processed in the \
                 following order: tools, system, messages.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn there_are_at_most_four() {
    let many = |count: usize| {
        let pairs = (0..count).flat_map(|_| [text(), point()]);
        message(pairs.collect())
    };
    expect_all([
        (OPUS_5, many(4), Accepted),
        (
            OPUS_5,
            many(5),
            ByModel("A maximum of 4 blocks with cache_control may be provided. Found 5."),
        ),
        (
            OPUS_5,
            {
                // Tools, system prompt and messages are counted together.
                let mut body = with_tool_point(point());
                body["system"] = json!([text(), point()]);
                body["messages"] = many(3)["messages"].clone();
                body
            },
            ByModel("A maximum of 4 blocks with cache_control may be provided. Found 5."),
        ),
    ])
    .await;
}
