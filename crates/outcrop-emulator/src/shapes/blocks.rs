//! The content blocks of messages, system prompts and tool results.

use super::patterns::{ACCOUNT_ID, S3_URI, TOOL_NAME, TOOL_USE_ID};
use super::{
    ANY_TEXT, BOOLEAN, DOCUMENT, Member, NON_EMPTY, Shape, list, matching, one_of, optional,
    required, text,
};

pub(super) static CONTENT_BLOCK: Shape = Shape::Union(
    "ContentBlock",
    &[
        optional("text", &ANY_TEXT),
        optional("image", &IMAGE),
        optional("document", &DOCUMENT_BLOCK),
        optional("video", &VIDEO),
        optional("audio", &AUDIO),
        optional("toolUse", &TOOL_USE),
        optional("toolResult", &TOOL_RESULT),
        optional("guardContent", &GUARD_CONTENT),
        optional("cachePoint", &CACHE_POINT),
        optional("reasoningContent", &REASONING),
        optional("citationsContent", &CITATIONS_CONTENT),
        optional("searchResult", &SEARCH_RESULT),
        optional("toolAddition", &TOOL_CHANGE),
        optional("toolRemoval", &TOOL_CHANGE),
    ],
);

pub(super) static SYSTEM_BLOCK: Shape = Shape::Union(
    "SystemContentBlock",
    &[
        optional("text", &NON_EMPTY),
        optional("guardContent", &GUARD_CONTENT),
        optional("cachePoint", &CACHE_POINT),
    ],
);

static BYTES: Shape = Shape::Blob { min: 1 };

static S3_LOCATION: Shape = Shape::Structure(&[
    required("uri", &Shape::Text(matching(1, 1_024, S3_URI))),
    optional(
        "bucketOwner",
        &Shape::Text(matching(0, usize::MAX, ACCOUNT_ID)),
    ),
]);

const SOURCES: &[Member] = &[
    optional("bytes", &BYTES),
    optional("s3Location", &S3_LOCATION),
];

static ERROR: Shape = Shape::Structure(&[optional("message", &ANY_TEXT)]);

static IMAGE: Shape = Shape::Structure(&[
    required("format", &one_of(&["png", "jpeg", "gif", "webp"])),
    required("source", &Shape::Union("ImageSource", SOURCES)),
    optional("error", &ERROR),
]);

static VIDEO: Shape = Shape::Structure(&[
    required(
        "format",
        &one_of(&[
            "mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp",
        ]),
    ),
    required("source", &Shape::Union("VideoSource", SOURCES)),
]);

static AUDIO: Shape = Shape::Structure(&[
    required(
        "format",
        &one_of(&[
            "mp3", "opus", "wav", "aac", "flac", "mp4", "ogg", "mkv", "mka", "x-aac", "m4a",
            "mpeg", "mpga", "pcm", "webm",
        ]),
    ),
    required("source", &Shape::Union("AudioSource", SOURCES)),
    optional("error", &ERROR),
]);

static CITATIONS_CONFIG: Shape = Shape::Structure(&[required("enabled", &BOOLEAN)]);

/// A list of objects with one text each, of which there are many.
static TEXT_BLOCKS: Shape = list(&Shape::Union(
    "ContentBlock",
    &[optional("text", &ANY_TEXT)],
));

static DOCUMENT_BLOCK: Shape = Shape::Structure(&[
    optional(
        "format",
        &one_of(&[
            "pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md",
        ]),
    ),
    required("name", &Shape::Text(text(1, 200))),
    required(
        "source",
        &Shape::Union(
            "DocumentSource",
            &[
                optional("bytes", &BYTES),
                optional("s3Location", &S3_LOCATION),
                optional("text", &ANY_TEXT),
                optional("content", &TEXT_BLOCKS),
            ],
        ),
    ),
    optional("context", &ANY_TEXT),
    optional("citations", &CITATIONS_CONFIG),
]);

static TOOL_USE_IDENTIFIER: Shape = Shape::Text(matching(1, 64, TOOL_USE_ID));
/// The name of a tool, wherever one is named.
pub(super) static NAME_OF_TOOL: Shape = Shape::Text(matching(1, 64, TOOL_NAME));

static TOOL_USE: Shape = Shape::Structure(&[
    required("toolUseId", &TOOL_USE_IDENTIFIER),
    required("name", &NAME_OF_TOOL),
    required("input", &DOCUMENT),
    optional("type", &one_of(&["server_tool_use"])),
]);

static TOOL_RESULT: Shape = Shape::Structure(&[
    required("toolUseId", &TOOL_USE_IDENTIFIER),
    required(
        "content",
        &list(&Shape::Union(
            "ToolResultContentBlock",
            &[
                optional("json", &DOCUMENT),
                optional("text", &ANY_TEXT),
                optional("image", &IMAGE),
                optional("document", &DOCUMENT_BLOCK),
                optional("video", &VIDEO),
                optional("searchResult", &SEARCH_RESULT),
            ],
        )),
    ),
    optional("status", &one_of(&["success", "error"])),
    optional("type", &ANY_TEXT),
]);

static SEARCH_RESULT: Shape = Shape::Structure(&[
    required("source", &ANY_TEXT),
    required("title", &ANY_TEXT),
    required(
        "content",
        &list(&Shape::Structure(&[required("text", &ANY_TEXT)])),
    ),
    optional("citations", &CITATIONS_CONFIG),
]);

static GUARD_CONTENT: Shape = Shape::Union(
    "GuardrailConverseContentBlock",
    &[
        optional(
            "text",
            &Shape::Structure(&[
                required("text", &ANY_TEXT),
                optional(
                    "qualifiers",
                    &list(&one_of(&["grounding_source", "query", "guard_content"])),
                ),
            ]),
        ),
        optional(
            "image",
            &Shape::Structure(&[
                required("format", &one_of(&["png", "jpeg"])),
                required(
                    "source",
                    &Shape::Union("GuardrailConverseImageSource", &[optional("bytes", &BYTES)]),
                ),
            ]),
        ),
    ],
);

pub(super) static CACHE_POINT: Shape = Shape::Structure(&[
    required("type", &one_of(&["default"])),
    optional("ttl", &one_of(&["5m", "1h"])),
]);

static REASONING: Shape = Shape::Union(
    "ReasoningContentBlock",
    &[
        optional(
            "reasoningText",
            &Shape::Structure(&[
                required("text", &ANY_TEXT),
                optional("signature", &ANY_TEXT),
            ]),
        ),
        optional("redactedContent", &Shape::Blob { min: 0 }),
    ],
);

static FROM_ZERO: Shape = Shape::Integer { min: 0 };

static DOCUMENT_LOCATION: Shape = Shape::Structure(&[
    optional("documentIndex", &FROM_ZERO),
    optional("start", &FROM_ZERO),
    optional("end", &FROM_ZERO),
]);

static CITATION_LOCATION: Shape = Shape::Union(
    "CitationLocation",
    &[
        optional(
            "web",
            &Shape::Structure(&[optional("url", &ANY_TEXT), optional("domain", &ANY_TEXT)]),
        ),
        optional("documentChar", &DOCUMENT_LOCATION),
        optional("documentPage", &DOCUMENT_LOCATION),
        optional("documentChunk", &DOCUMENT_LOCATION),
        optional(
            "searchResultLocation",
            &Shape::Structure(&[
                optional("searchResultIndex", &FROM_ZERO),
                optional("start", &FROM_ZERO),
                optional("end", &FROM_ZERO),
            ]),
        ),
    ],
);

static CITATIONS_CONTENT: Shape = Shape::Structure(&[
    optional("content", &TEXT_BLOCKS),
    optional(
        "citations",
        &list(&Shape::Structure(&[
            optional("title", &ANY_TEXT),
            optional("source", &ANY_TEXT),
            optional("sourceContent", &TEXT_BLOCKS),
            optional("location", &CITATION_LOCATION),
        ])),
    ),
]);

static TOOL_CHANGE: Shape = Shape::Structure(&[required(
    "tool",
    &Shape::Structure(&[
        optional("type", &Shape::Text(text(1, 64))),
        optional("name", &Shape::Text(text(1, 128))),
        optional("serverName", &Shape::Text(text(1, 128))),
    ]),
)]);
