"""What the emulator must accept and refuse: a name, a model, a request, and the expected error."""

SONNET_4_5 = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
OPUS_4_5 = "us.anthropic.claude-opus-4-5-20251101-v1:0"
OPUS_4_6 = "us.anthropic.claude-opus-4-6-v1"
OPUS_5 = "us.anthropic.claude-opus-5"
NOVA = "us.amazon.nova-lite-v1:0"
NOVA_2 = "us.amazon.nova-2-lite-v1:0"
PROFILE_ARN = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/" + OPUS_5
OPAQUE_ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3"
ROLE = "arn:aws:iam::111122223333:role/teams/reader"

TEXT = {"text": "Hello"}
POINT = {"cachePoint": {"type": "default"}}
TOOL = {"toolSpec": {"name": "look", "inputSchema": {"json": {"type": "object"}}}}
USE = {"toolUse": {"toolUseId": "t1", "name": "look", "input": {}}}
RESULT = {"toolResult": {"toolUseId": "t1", "content": [TEXT]}}
SIGNED = {"reasoningContent": {"reasoningText": {"text": "Hm.", "signature": "s"}}}


def user(*content):
    return {"role": "user", "content": list(content)}


def model(*content):
    return {"role": "assistant", "content": list(content)}


def hello(**members):
    return {"messages": [user(TEXT)], **members}


def fields(**members):
    return hello(additionalModelRequestFields=members, inferenceConfig={"maxTokens": 4096})


def budget(tokens):
    return {"type": "enabled", "budget_tokens": tokens}


def loop(first):
    messages = [user(TEXT), model(first, USE), user(RESULT)]
    return {
        "messages": messages,
        "toolConfig": {"tools": [TOOL]},
        "additionalModelRequestFields": {"thinking": budget(1024)},
    }


VALIDATION = "ValidationException"

# What is accepted.
ACCEPTED = [
    ("a plain message", OPUS_5, hello()),
    ("an inference profile by its ARN", PROFILE_ARN, hello()),
    ("an application profile", OPAQUE_ARN, fields(thinking=budget(2048))),
    ("a budget on Sonnet 4.5", SONNET_4_5, fields(thinking=budget(2048))),
    ("a budget on Opus 4.6", OPUS_4_6, fields(thinking=budget(2048))),
    (
        "adaptive thinking with effort",
        OPUS_5,
        fields(thinking={"type": "adaptive"}, output_config={"effort": "max"}),
    ),
    (
        "effort under its flag on Opus 4.5",
        OPUS_4_5,
        fields(output_config={"effort": "high"}, anthropic_beta=["effort-2025-11-24"]),
    ),
    ("a temperature on Sonnet 4.5", SONNET_4_5, hello(inferenceConfig={"temperature": 0.3})),
    ("a temperature of 1 on Opus 5", OPUS_5, hello(inferenceConfig={"temperature": 1.0})),
    ("a tool loop with its thinking", SONNET_4_5, loop(SIGNED)),
    (
        "cache points in four places",
        OPUS_5,
        {"messages": [user(TEXT, POINT)], "system": [TEXT, POINT], "toolConfig": {"tools": [TOOL, POINT]}},
    ),
    ("reasoning on Nova 2", NOVA_2, fields(reasoningConfig={"type": "enabled", "maxReasoningEffort": "low"})),
    (
        "an image",
        NOVA,
        {"messages": [user({"image": {"format": "png", "source": {"bytes": b"\x89PNG"}}}, TEXT)]},
    ),
    (
        "a document beside a text",
        NOVA,
        {
            "messages": [
                user(
                    {"document": {"format": "pdf", "name": "Report (1)", "source": {"bytes": b"%PDF"}}}, TEXT
                )
            ]
        },
    ),
]

# What is refused: the error code, and a part of its message.
REFUSED = [
    ("an unknown model", "us.anthropic.claude-opus-99", hello(), VALIDATION, "model identifier is invalid"),
    (
        "a bare identifier",
        "anthropic.claude-opus-5",
        hello(),
        VALIDATION,
        "on-demand throughput isn\u2019t supported",
    ),
    (
        "a geography of another region",
        "eu.anthropic.claude-opus-5",
        hello(),
        VALIDATION,
        "model identifier is invalid",
    ),
    (
        "an ARN of another region",
        PROFILE_ARN.replace("us-east-1", "us-west-2"),
        hello(),
        VALIDATION,
        "model identifier is invalid",
    ),
    (
        "a temperature above 1",
        NOVA,
        hello(inferenceConfig={"temperature": 1.5}),
        VALIDATION,
        "less than or equal to 1",
    ),
    (
        "a long tool name",
        NOVA,
        hello(toolConfig={"tools": [{"toolSpec": {**TOOL["toolSpec"], "name": "a" * 65}}]}),
        VALIDATION,
        "length less than or equal to 64",
    ),
    (
        "a content block without a member",
        NOVA,
        {"messages": [user({})]},
        VALIDATION,
        "must set one of the following keys",
    ),
    (
        "more tokens than the model has",
        SONNET_4_5,
        hello(inferenceConfig={"maxTokens": 64001}),
        VALIDATION,
        "exceed the model limit of 64000",
    ),
    (
        "a conversation that the model starts",
        NOVA,
        {"messages": [model(TEXT)]},
        VALIDATION,
        "must start with a user message",
    ),
    ("two turns in a row", NOVA, {"messages": [user(TEXT), user(TEXT)]}, VALIDATION, "must alternate"),
    (
        "a blank text",
        NOVA,
        {"messages": [user({"text": " "})]},
        VALIDATION,
        "at messages.0.content.0 is blank",
    ),
    (
        "prefill on Opus 5",
        OPUS_5,
        {"messages": [user(TEXT), model(TEXT)]},
        VALIDATION,
        "does not support assistant message prefill",
    ),
    (
        "a small budget",
        SONNET_4_5,
        fields(thinking=budget(1023)),
        VALIDATION,
        "greater than or equal to 1024",
    ),
    (
        "a budget of max_tokens",
        SONNET_4_5,
        fields(thinking=budget(4096)),
        VALIDATION,
        "`max_tokens` must be greater than",
    ),
    (
        "a budget on Opus 5",
        OPUS_5,
        fields(thinking=budget(2048)),
        VALIDATION,
        '"thinking.type.enabled" is not supported for this model. Use',
    ),
    (
        "adaptive thinking on Sonnet 4.5",
        SONNET_4_5,
        fields(thinking={"type": "adaptive"}),
        VALIDATION,
        "Input tag 'adaptive' found using 'type'",
    ),
    (
        "thinking off on Opus 5.5",
        "us.anthropic.claude-opus-5-5",
        fields(thinking={"type": "disabled"}),
        VALIDATION,
        '"thinking.type.disabled" is not supported',
    ),
    (
        "high effort without thinking",
        OPUS_5,
        fields(thinking={"type": "disabled"}, output_config={"effort": "max"}),
        VALIDATION,
        "output_config.effort",
    ),
    (
        "effort on Sonnet 4.5",
        SONNET_4_5,
        fields(output_config={"effort": "low"}),
        VALIDATION,
        "does not support the effort parameter",
    ),
    (
        "effort without its flag on Opus 4.5",
        OPUS_4_5,
        fields(output_config={"effort": "low"}),
        VALIDATION,
        "Extra inputs are not permitted",
    ),
    ("an unknown flag", OPUS_5, fields(anthropic_beta=["made-up"]), VALIDATION, "invalid beta flag"),
    (
        "an unknown field",
        OPUS_5,
        fields(budget_tokens=5),
        VALIDATION,
        "budget_tokens: Extra inputs are not permitted",
    ),
    (
        "Claude's thinking on Nova",
        NOVA,
        fields(thinking=budget(2048)),
        VALIDATION,
        "extraneous key [thinking]",
    ),
    (
        "a temperature while thinking",
        SONNET_4_5,
        {**fields(thinking=budget(2048)), "inferenceConfig": {"maxTokens": 4096, "temperature": 0.5}},
        VALIDATION,
        "may only be set to 1 when thinking is enabled",
    ),
    (
        "a temperature on Opus 5",
        OPUS_5,
        hello(inferenceConfig={"temperature": 0.5}),
        VALIDATION,
        "`temperature` is deprecated for this model",
    ),
    (
        "temperature and top_p on Sonnet 4.5",
        SONNET_4_5,
        hello(inferenceConfig={"temperature": 0.5, "topP": 0.5}),
        VALIDATION,
        "cannot both be specified",
    ),
    (
        "a forced tool while thinking",
        SONNET_4_5,
        {**fields(thinking=budget(2048)), "toolConfig": {"tools": [TOOL], "toolChoice": {"any": {}}}},
        VALIDATION,
        "Thinking may not be enabled when tool_choice forces",
    ),
    (
        "a tool loop without its thinking",
        SONNET_4_5,
        loop(TEXT),
        VALIDATION,
        "Expected `thinking` or `redacted_thinking`, but found `text`",
    ),
    (
        "a call without a result",
        NOVA,
        {"messages": [user(TEXT), model(USE), user(TEXT)], "toolConfig": {"tools": [TOOL]}},
        VALIDATION,
        "Expected toolResult blocks at messages.2.content",
    ),
    (
        "tool blocks without a configuration",
        NOVA,
        {"messages": [user(TEXT), model(USE), user(RESULT)]},
        VALIDATION,
        "toolConfig field must be defined",
    ),
    (
        "thinking without a signature",
        OPUS_5,
        {
            "messages": [
                user(TEXT),
                model({"reasoningContent": {"reasoningText": {"text": "a"}}}, TEXT),
                user(TEXT),
            ]
        },
        VALIDATION,
        "thinking.signature: Field required",
    ),
    (
        "five cache points",
        OPUS_5,
        {"messages": [user(*[TEXT, POINT] * 5)]},
        VALIDATION,
        "A maximum of 4 blocks",
    ),
    (
        "a cache point among Nova's tools",
        NOVA,
        hello(toolConfig={"tools": [TOOL, POINT]}),
        VALIDATION,
        "#/toolConfig/tools/1: extraneous key [cachePoint]",
    ),
    (
        "a cache point on DeepSeek",
        "deepseek.v3.2",
        {"messages": [user(TEXT, POINT)]},
        "AccessDeniedException",
        "unsupported model",
    ),
    (
        "an hour after five minutes",
        OPUS_5,
        {"messages": [user(TEXT, {"cachePoint": {"type": "default", "ttl": "1h"}})], "system": [TEXT, POINT]},
        VALIDATION,
        "must not come after a ttl='5m'",
    ),
    (
        "an image from the model",
        NOVA,
        {
            "messages": [
                user(TEXT),
                model({"image": {"format": "png", "source": {"bytes": b"\x89PNG"}}}),
                user(TEXT),
            ]
        },
        VALIDATION,
        "user role",
    ),
    (
        "a document alone",
        NOVA,
        {"messages": [user({"document": {"format": "pdf", "name": "a", "source": {"bytes": b"%PDF"}}})]},
        VALIDATION,
        "a document but no text",
    ),
]
