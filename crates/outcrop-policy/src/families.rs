//! The models of other vendors, as far as a decision depends on them.

use crate::{Caching, ReasoningReplay, SamplingRule, caching};

/// A family of models that are not Claude.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Family {
    /// What the base IDs of the family begin with.
    pub prefix: &'static str,
    /// What a person calls it.
    pub name: &'static str,
    /// Which sampling parameters it takes.
    pub sampling: SamplingRule,
    /// Where `top_k` goes.
    pub top_k: TopKField,
    /// Which reasoning it takes back: none carries a signature (LiteLLM, live checks of October
    /// 2026), and some take none (the lists of LiteLLM and Strands Agents, November 2026).
    pub replay: ReasoningReplay,
    /// The geographies of its inference profiles, where only those can be called.
    pub only_profiles: &'static [&'static str],
    /// What its prompt cache takes and costs.
    pub caching: Caching,
}

/// Where `top_k` goes inside `additionalModelRequestFields`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum TopKField {
    /// `top_k`, beside everything else.
    TopLevel,
    /// `inferenceConfig.topK`, as Amazon Nova names it.
    NovaInferenceConfig,
}

const FAMILY: Family = Family {
    prefix: "",
    name: "",
    sampling: SamplingRule::Any,
    top_k: TopKField::TopLevel,
    replay: ReasoningReplay::Unsigned,
    only_profiles: &[],
    caching: Caching::None,
};

const NOVA: Family = Family {
    prefix: "amazon.nova-",
    name: "Amazon Nova",
    top_k: TopKField::NovaInferenceConfig,
    replay: ReasoningReplay::Refused,
    caching: caching::NOVA,
    ..FAMILY
};

/// OpenAI's GPT-5 and later refuse every sampling parameter (LiteLLM, Pydantic AI, 2026-11);
/// gpt-oss takes them.
const GPT: Family = Family {
    name: "OpenAI GPT",
    sampling: SamplingRule::Refused,
    replay: ReasoningReplay::Refused,
    caching: Caching::Implicit,
    ..FAMILY
};

/// Every known family, a longer prefix before a shorter one. The profiles are those of the model
/// catalogue of LangChain, November 2026.
pub static FAMILIES: &[Family] = &[
    Family {
        prefix: "amazon.nova-premier-",
        only_profiles: &["us"],
        ..NOVA
    },
    // The first Nova that reasons itself.
    Family {
        prefix: "amazon.nova-2-",
        replay: ReasoningReplay::Unsigned,
        ..NOVA
    },
    NOVA,
    Family {
        prefix: "amazon.titan-",
        name: "Amazon Titan",
        ..FAMILY
    },
    Family {
        prefix: "ai21.jamba-",
        name: "AI21 Jamba",
        ..FAMILY
    },
    Family {
        prefix: "cohere.command-",
        name: "Cohere Command",
        ..FAMILY
    },
    Family {
        prefix: "deepseek.",
        name: "DeepSeek",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "google.gemma-",
        name: "Google Gemma",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "meta.llama",
        name: "Meta Llama",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "minimax.",
        name: "MiniMax",
        ..FAMILY
    },
    Family {
        prefix: "mistral.devstral-",
        name: "Mistral",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "mistral.ministral-",
        name: "Mistral",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "mistral.mistral-large-",
        name: "Mistral",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "mistral.",
        name: "Mistral",
        ..FAMILY
    },
    Family {
        prefix: "moonshotai.kimi-k3",
        name: "Kimi",
        only_profiles: &["global", "us"],
        ..FAMILY
    },
    Family {
        prefix: "moonshotai.kimi-",
        name: "Kimi",
        ..FAMILY
    },
    Family {
        prefix: "moonshot.kimi-",
        name: "Kimi",
        ..FAMILY
    },
    Family {
        prefix: "nvidia.nemotron-",
        name: "NVIDIA Nemotron",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "openai.gpt-oss-",
        name: "OpenAI gpt-oss",
        ..FAMILY
    },
    Family {
        prefix: "openai.gpt-5",
        ..GPT
    },
    Family {
        prefix: "openai.gpt-6",
        ..GPT
    },
    Family {
        prefix: "qwen.qwen3-235b-",
        name: "Qwen",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "qwen.qwen3-coder-",
        name: "Qwen",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "qwen.",
        name: "Qwen",
        ..FAMILY
    },
    Family {
        prefix: "writer.palmyra-",
        name: "Writer Palmyra",
        replay: ReasoningReplay::Refused,
        ..FAMILY
    },
    Family {
        prefix: "xai.grok-4.7",
        name: "Grok",
        replay: ReasoningReplay::Refused,
        caching: Caching::Implicit,
        only_profiles: &["global", "us"],
        ..FAMILY
    },
    Family {
        prefix: "xai.grok-",
        name: "Grok",
        replay: ReasoningReplay::Refused,
        caching: Caching::Implicit,
        ..FAMILY
    },
    Family {
        prefix: "zai.glm-5.3",
        name: "GLM",
        only_profiles: &["global", "us"],
        ..FAMILY
    },
    Family {
        prefix: "zai.glm-",
        name: "GLM",
        ..FAMILY
    },
];

/// The family of a base ID.
pub(crate) fn find(base: &str) -> Option<&'static Family> {
    FAMILIES
        .iter()
        .find(|family| base.starts_with(family.prefix))
}
