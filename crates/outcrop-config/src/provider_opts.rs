//! What only Amazon Bedrock has, as it is written.

use std::time::Duration;

use outcrop_policy::ThinkingDisplay;
use serde_json::{Map, Value};

use crate::key::options;
use crate::values::{
    AdditionalRequestFields, CacheTtl, CacheTtlWord, Integer, Seconds, StopSequences, Switch,
    ThinkingDisplayWord, texts,
};

options! {
    /// The map `provider_opts` of an entry, as it is written.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct ProviderOpts at "provider_opts." {
        /// The AWS region that is called, such as `us-east-1`.
        ///
        /// Unset, it is the region of the model's ARN, `AWS_REGION`, `AWS_DEFAULT_REGION`, the
        /// profile's region, and at last `us-east-1`.
        region: Option<String> => &texts::REGION,
            as ["us-east-1", "eu-central-1"], see ["region"];

        /// The AWS profile whose credentials and region are used, also when the environment has keys.
        profile: Option<String> => &texts::PROFILE,
            as ["my-aws-profile"], see ["credentials"];

        /// The ARN of an IAM role that is assumed before the call.
        role_arn: Option<String> => &texts::ROLE_ARN,
            as ["arn:aws:iam::123456789012:role/BedrockAccessRole"], see ["credentials"];

        /// The session name for the assumed role.
        role_session_name: Option<String> => &texts::ROLE_SESSION_NAME,
            as ["my-session"], see ["credentials"], else "docker-agent-bedrock-session";

        /// The external ID that the role's trust policy asks for.
        external_id: Option<String> => &texts::EXTERNAL_ID,
            as ["my-external-id"], see ["credentials"];

        /// An endpoint to call instead of AWS's own: a VPC endpoint, or one for tests.
        ///
        /// A bearer token is not sent to an `http://` endpoint other than the machine itself.
        endpoint_url: Option<String> => &texts::ENDPOINT_URL,
            as ["https://vpce-0123456789abcdef0.bedrock-runtime.us-east-1.vpce.amazonaws.com",
                "http://127.0.0.1:8080"],
            see ["endpoint"];

        /// Whether Claude may think between tool calls.
        ///
        /// Unset, it may wherever a token budget is in force and the model needs a beta flag for it.
        interleaved_thinking: Option<bool> => Switch,
            as ["true"], see ["interleaved"];

        /// Whether prompt caching is turned off.
        ///
        /// It is on for every model that takes cache points: they are placed where a later call is
        /// likely to read what is cached. A conversation that brings points of its own keeps those.
        disable_prompt_caching: Option<bool> => Switch,
            as ["true"], see ["cache"], else "false";

        /// Sampling from the k likeliest tokens. 0 or more.
        ///
        /// It is left out while a Claude model thinks, and for models that refuse it.
        top_k: Option<u32> => Integer { min: 0, max: u32::MAX },
            as ["40"], see ["sampling"];

        /// The model behind an ARN that does not name it.
        ///
        /// An application inference profile, a provisioned, a custom and an imported model hide what
        /// they are; with this, the rules of the right model apply.
        base_model: Option<String> => &texts::MODEL,
            as ["anthropic.claude-sonnet-4-5-20250929-v1:0"], see ["model"];

        /// How long a cached prompt stays: `5m`, `1h` or `auto`.
        ///
        /// An hour costs more to write, and pays where calls come minutes apart. `auto` buys it once
        /// the calls of a conversation have shown that.
        cache_ttl: Option<CacheTtl> => CacheTtlWord,
            as ["1h"], see ["cache"], else "5m";

        /// Whether the text of the thinking comes back: `summarized` or `omitted`.
        ///
        /// Unset, the model decides; Claude Opus 4.7 and later leave it out.
        thinking_display: Option<ThinkingDisplay> => ThinkingDisplayWord,
            as ["summarized"], see ["thinking"];

        /// Texts that end the answer where the model writes them. At most 2500.
        stop_sequences: Option<Vec<String>> => StopSequences,
            as ["[\"\\n\\nHuman:\", END]"];

        /// How many times a call is tried in all. At least 1.
        ///
        /// What may pass is tried again, with growing pauses, until the answer begins: throttling,
        /// overload, timeouts, broken connections. A whole answer that was lost on its way is not:
        /// it would be paid for twice. A call that stalls, saying nothing for the whole `idle_timeout`,
        /// is tried twice at most: each attempt may pay for minutes of thinking.
        max_attempts: Option<u32> => Integer { min: 1, max: u32::MAX },
            as ["6"], else "4";

        /// How long a connection may take: seconds, or text such as `90s`, `5m`. Up to a day.
        connect_timeout: Option<Duration> => Seconds,
            as ["30", "5s"], else "10";

        /// How long a stream may be silent: seconds, or text such as `90s`, `5m`. Up to a day.
        idle_timeout: Option<Duration> => Seconds,
            as ["5m", "600"], else "300";

        /// Fields for the model's own part of the request, merged over the decided ones as they are.
        additional_request_fields: Option<Map<String, Value>> => AdditionalRequestFields,
            as ["{ reasoning_effort: high }"], see ["option"];
        ..
    }
}

impl Default for ProviderOpts {
    fn default() -> Self {
        Self::unset()
    }
}
