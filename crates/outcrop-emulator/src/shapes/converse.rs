//! The requests of `Converse` and `ConverseStream`, and everything in them that is no content.

use super::blocks::{CACHE_POINT, CONTENT_BLOCK, NAME_OF_TOOL, SYSTEM_BLOCK};
use super::patterns::{GUARDRAIL_IDENTIFIER, GUARDRAIL_VERSION, METADATA_KEY, METADATA_VALUE};
use super::{
    ANY_TEXT, BOOLEAN, DOCUMENT, Member, NON_EMPTY, Shape, Text, list, matching, one_of, optional,
    required, text,
};

pub(super) static REQUEST: Shape = Shape::Structure(&members(&Shape::Structure(&GUARDRAIL)));

/// The same, but for one more member of `guardrailConfig`.
pub(super) static STREAM_REQUEST: Shape = Shape::Structure(&members(&Shape::Structure(&[
    GUARDRAIL[0],
    GUARDRAIL[1],
    GUARDRAIL[2],
    optional("streamProcessingMode", &one_of(&["sync", "async"])),
])));

const fn members(guardrail: &'static Shape) -> [Member; 12] {
    [
        optional("messages", &MESSAGES),
        optional("system", &SYSTEM),
        optional("inferenceConfig", &INFERENCE),
        optional("toolConfig", &TOOLS),
        optional("guardrailConfig", guardrail),
        optional("additionalModelRequestFields", &DOCUMENT),
        optional("promptVariables", &PROMPT_VARIABLES),
        optional("additionalModelResponseFieldPaths", &RESPONSE_PATHS),
        optional("requestMetadata", &METADATA),
        optional("performanceConfig", &PERFORMANCE),
        optional("serviceTier", &SERVICE_TIER),
        optional("outputConfig", &OUTPUT),
    ]
}

static MESSAGES: Shape = list(&Shape::Structure(&[
    required("role", &one_of(&["user", "assistant", "system"])),
    required("content", &list(&CONTENT_BLOCK)),
]));

static SYSTEM: Shape = list(&SYSTEM_BLOCK);

static FRACTION: Shape = Shape::Number { min: 0.0, max: 1.0 };

static INFERENCE: Shape = Shape::Structure(&[
    optional("maxTokens", &Shape::Integer { min: 1 }),
    optional("temperature", &FRACTION),
    optional("topP", &FRACTION),
    optional(
        "stopSequences",
        &Shape::List {
            item: &NON_EMPTY,
            min: 0,
            max: 2_500,
        },
    ),
]);

static TOOLS: Shape = Shape::Structure(&[
    required(
        "tools",
        &Shape::List {
            item: &TOOL,
            min: 1,
            max: usize::MAX,
        },
    ),
    optional("toolChoice", &TOOL_CHOICE),
]);

static TOOL: Shape = Shape::Union(
    "Tool",
    &[
        optional(
            "toolSpec",
            &Shape::Structure(&[
                required("name", &NAME_OF_TOOL),
                optional("description", &NON_EMPTY),
                required(
                    "inputSchema",
                    &Shape::Union("ToolInputSchema", &[optional("json", &DOCUMENT)]),
                ),
                optional("strict", &BOOLEAN),
            ]),
        ),
        optional(
            "systemTool",
            &Shape::Structure(&[required("name", &NAME_OF_TOOL)]),
        ),
        optional("cachePoint", &CACHE_POINT),
    ],
);

static TOOL_CHOICE: Shape = Shape::Union(
    "ToolChoice",
    &[
        optional("auto", &Shape::Structure(&[])),
        optional("any", &Shape::Structure(&[])),
        optional(
            "tool",
            &Shape::Structure(&[required("name", &NAME_OF_TOOL)]),
        ),
    ],
);

const GUARDRAIL: [Member; 3] = [
    optional(
        "guardrailIdentifier",
        &Shape::Text(matching(0, 2_048, GUARDRAIL_IDENTIFIER)),
    ),
    optional(
        "guardrailVersion",
        &Shape::Text(matching(0, usize::MAX, GUARDRAIL_VERSION)),
    ),
    optional("trace", &one_of(&["enabled", "disabled", "enabled_full"])),
];

static ANY_KEY: Text = text(0, usize::MAX);

static PROMPT_VARIABLES: Shape = Shape::Map {
    key: &ANY_KEY,
    value: &Shape::Union("PromptVariableValues", &[optional("text", &ANY_TEXT)]),
    min: 0,
    max: usize::MAX,
};

static RESPONSE_PATHS: Shape = Shape::List {
    item: &Shape::Text(text(1, 256)),
    min: 0,
    max: 10,
};

static KEY_OF_METADATA: Text = matching(1, 256, METADATA_KEY);

static METADATA: Shape = Shape::Map {
    key: &KEY_OF_METADATA,
    value: &Shape::Text(matching(0, 256, METADATA_VALUE)),
    min: 1,
    max: 16,
};

static PERFORMANCE: Shape =
    Shape::Structure(&[optional("latency", &one_of(&["standard", "optimized"]))]);

static SERVICE_TIER: Shape = Shape::Structure(&[required(
    "type",
    &one_of(&["priority", "default", "flex", "reserved"]),
)]);

static OUTPUT: Shape = Shape::Structure(&[
    optional(
        "textFormat",
        &Shape::Structure(&[
            required("type", &one_of(&["json_schema"])),
            required(
                "structure",
                &Shape::Union(
                    "OutputFormatStructure",
                    &[optional(
                        "jsonSchema",
                        &Shape::Structure(&[
                            required("schema", &ANY_TEXT),
                            optional("name", &ANY_TEXT),
                            optional("description", &ANY_TEXT),
                        ]),
                    )],
                ),
            ),
        ]),
    ),
    optional("effort", &Shape::Text(text(0, 16))),
]);
