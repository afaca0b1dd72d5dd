//! Structured output.

use serde_json::{Value, json};

use crate::support::{Accepted, ByModel, OPUS_5, Refused, expect_all, hello, with_fields};

const OPUS_4_1: &str = "us.anthropic.claude-opus-4-1-20250805-v1:0";

fn format(schema: &str) -> Value {
    let structure = json!({ "jsonSchema": { "schema": schema } });
    let format = json!({ "type": "json_schema", "structure": structure });
    hello(json!({ "outputConfig": { "textFormat": format } }))
}

fn strict(schema: Value) -> Value {
    let spec = json!({ "name": "look", "strict": true, "inputSchema": { "json": schema } });
    hello(json!({ "toolConfig": { "tools": [{ "toolSpec": spec }] } }))
}

#[tokio::test]
async fn a_schema_has_closed_objects() {
    let closed = r#"{"type": "object", "additionalProperties": false}"#;
    let nested = r#"{"type": "object", "additionalProperties": false,
        "properties": {"a": {"type": "array", "items": {"type": "object"}}}}"#;
    let open = || {
        ByModel(
            "outputConfig.textFormat.structure.jsonSchema.schema: For 'object' type, \
             'additionalProperties' must be explicitly set to false",
        )
    };
    let in_field = json!({ "output_config": { "format": { "schema": { "type": "object" } } } });
    expect_all([
        (OPUS_5, format(closed), Accepted),
        (OPUS_5, format(r#"{"type": "object"}"#), open()),
        (OPUS_5, format(nested), open()),
        (
            OPUS_5,
            format("{"),
            Refused(
                "The value at outputConfig.textFormat.structure.jsonSchema.schema is not valid \
                 JSON. Provide a JSON Schema as a string and try again.",
            ),
        ),
        (
            OPUS_5,
            with_fields(in_field),
            ByModel(
                "output_config.format.schema: For 'object' type, 'additionalProperties' must be \
                 explicitly set to false",
            ),
        ),
        (
            OPUS_4_1,
            format(closed),
            Refused(
                "This model doesn't support the outputConfig.textFormat field. Remove \
                 outputConfig.textFormat and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_strict_tool_has_closed_objects() {
    expect_all([
        (
            OPUS_5,
            strict(json!({ "type": "object", "additionalProperties": false })),
            Accepted,
        ),
        (
            OPUS_5,
            strict(json!({ "type": "object" })),
            ByModel(
                "tools.0.custom.input_schema: For 'object' type, 'additionalProperties' must be \
                 explicitly set to false",
            ),
        ),
        (
            OPUS_4_1,
            strict(json!({ "type": "object", "additionalProperties": false })),
            Refused(
                "This model doesn't support the toolConfig.tools.0.toolSpec.strict field. Remove \
                 toolConfig.tools.0.toolSpec.strict and try again.",
            ),
        ),
    ])
    .await;
}
