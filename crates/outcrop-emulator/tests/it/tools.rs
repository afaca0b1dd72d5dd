//! Calls of tools and their results.

use serde_json::{Value, json};

use crate::support::{
    Accepted, ByModel, NOVA, Refused, SONNET_4_5, expect_all, hello, model_says, tool_result,
    tool_use, tools, user,
};

fn exchange(uses: &[&str], results: &[&str]) -> Value {
    let uses: Vec<Value> = uses.iter().map(|id| tool_use(id)).collect();
    let mut results: Vec<Value> = results.iter().map(|id| tool_result(id)).collect();
    if results.is_empty() {
        results.push(json!({ "text": "Never mind." }));
    }
    json!({
        "messages": [
            user(json!({ "text": "Look." })),
            { "role": "assistant", "content": uses },
            { "role": "user", "content": results },
        ],
        "toolConfig": tools(Value::Null),
    })
}

#[tokio::test]
async fn every_call_has_its_result_in_the_next_turn() {
    expect_all([
        (SONNET_4_5, exchange(&["a", "b"], &["b", "a"]), Accepted),
        (
            SONNET_4_5,
            exchange(&["a", "b"], &["b"]),
            Refused("Expected toolResult blocks at messages.2.content for the following Ids: a"),
        ),
        (
            SONNET_4_5,
            exchange(&["a", "b"], &[]),
            Refused("Expected toolResult blocks at messages.2.content for the following Ids: a, b"),
        ),
        (
            SONNET_4_5,
            exchange(&["a"], &["a", "b"]),
            Refused(
                "The number of toolResult blocks at messages.2.content exceeds the number of \
                 toolUse blocks of previous turn.",
            ),
        ),
        (
            SONNET_4_5,
            exchange(&["a", "b"], &["a", "a"]),
            Refused("The toolResult blocks at messages.2.content contain duplicate Ids: a"),
        ),
        (
            SONNET_4_5,
            exchange(&["a", "a"], &["a"]),
            Refused("The toolUse blocks at messages.1.content contain duplicate Ids: a"),
        ),
    ])
    .await;
}

#[tokio::test]
async fn results_need_calls_and_calls_need_results() {
    let with_tools =
        |messages: Value| json!({ "messages": messages, "toolConfig": tools(Value::Null) });
    expect_all([
        (
            SONNET_4_5,
            with_tools(json!([user(tool_result("a"))])),
            Refused(
                "The number of toolResult blocks at messages.0.content exceeds the number of \
                 toolUse blocks of previous turn.",
            ),
        ),
        (
            SONNET_4_5,
            with_tools(json!([
                user(json!({ "text": "a" })),
                model_says(tool_use("a"))
            ])),
            Refused("Expected toolResult blocks at messages.2.content for the following Ids: a"),
        ),
        (
            SONNET_4_5,
            with_tools(json!([user(tool_use("a"))])),
            Refused(
                "The toolUse block at messages.0.content.0 cannot be in a message with the user \
                 role.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_conversation_with_tool_blocks_comes_with_tools() {
    let mut body = exchange(&["a"], &["a"]);
    body.as_object_mut().unwrap().remove("toolConfig");
    let text =
        "The toolConfig field must be defined when using toolUse and toolResult content blocks.";
    expect_all([(NOVA, body, Refused(text))]).await;
}

#[tokio::test]
async fn inputs_and_schemas_are_objects() {
    let mut input = exchange(&["a"], &["a"]);
    input["messages"][1]["content"][0]["toolUse"]["input"] = json!("{}");
    let mut output = exchange(&["a"], &["a"]);
    output["messages"][2]["content"][0]["toolResult"]["content"] = json!([{ "json": [1] }]);
    let schema = |schema: Value| {
        let spec = json!({ "name": "look", "inputSchema": { "json": schema } });
        hello(json!({ "toolConfig": { "tools": [{ "toolSpec": spec }] } }))
    };
    expect_all([
        (
            NOVA,
            input,
            Refused(
                "The format of the value at messages.1.content.0.toolUse.input is invalid. Provide \
                 a json object for the field and try again.",
            ),
        ),
        (
            NOVA,
            output,
            Refused(
                "The format of the value at messages.2.content.0.toolResult.content.0.json is \
                 invalid. Provide a json object for the field and try again.",
            ),
        ),
        (
            NOVA,
            schema(json!({ "type": "string" })),
            Refused(
                "The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the \
                 following: object.",
            ),
        ),
        (
            NOVA,
            schema(json!({ "type": "object", "anything": [] })),
            Accepted,
        ),
    ])
    .await;
}

#[tokio::test]
async fn the_chosen_tool_is_one_of_the_tools() {
    let chosen =
        |name: &str| hello(json!({ "toolConfig": tools(json!({ "tool": { "name": name } })) }));
    let mut doubled = tools(Value::Null);
    let tool = doubled["tools"][0].clone();
    doubled["tools"].as_array_mut().unwrap().push(tool);
    expect_all([
        (SONNET_4_5, chosen("look"), Accepted),
        (
            SONNET_4_5,
            chosen("listen"),
            ByModel("Tool 'listen' not found in provided tools"),
        ),
        (
            SONNET_4_5,
            hello(json!({ "toolConfig": doubled })),
            ByModel("tools: Tool names must be unique."),
        ),
    ])
    .await;
}
