//! Model identifiers: every form that Converse accepts, taken apart.

use crate::Geography;

/// The vendors of models on Bedrock, as their IDs spell them.
///
/// A word in front of one of these is a geography, even one that is not known here.
const VENDORS: [&str; 20] = [
    "ai21",
    "amazon",
    "anthropic",
    "cohere",
    "deepseek",
    "google",
    "luma",
    "meta",
    "minimax",
    "mistral",
    "moonshot",
    "moonshotai",
    "nvidia",
    "openai",
    "qwen",
    "stability",
    "twelvelabs",
    "writer",
    "xai",
    "zai",
];

/// A model identifier, taken apart.
///
/// Any string makes one; surrounding blanks are dropped and recognition ignores case. The forms
/// are those of `ConversationalModelId` in the Converse API.
///
/// ```
/// use outcrop_policy::{Geography, ModelId};
///
/// let id = ModelId::new("eu.anthropic.claude-opus-4-8");
/// assert_eq!(id.geography(), Some(&Geography::Eu));
/// assert_eq!(id.base(), "anthropic.claude-opus-4-8");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ModelId {
    text: String,
    base: String,
    form: Form,
}

/// How an identifier names its model.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Form {
    /// A foundation model, by its bare ID.
    FoundationModel,
    /// A system-defined inference profile, by its ID.
    InferenceProfile(Geography),
    /// The ARN of a foundation model.
    FoundationModelArn {
        /// The region in the ARN, if it has one.
        region: Option<String>,
    },
    /// The ARN of a system-defined inference profile.
    InferenceProfileArn {
        /// The region in the ARN, if it has one.
        region: Option<String>,
        /// The geography of the profile, if it has one.
        geography: Option<Geography>,
    },
    /// An ARN that does not tell which model answers: an application inference profile, a
    /// provisioned, custom or imported model, a prompt, a prompt router, a SageMaker endpoint.
    OpaqueArn {
        /// The region in the ARN, if it has one.
        region: Option<String>,
    },
}

impl ModelId {
    /// Takes `text` apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = text.trim().to_owned();
        let lower = text.to_ascii_lowercase();
        let (form, base) = match parse_arn(&lower) {
            Some(parsed) => parsed,
            None => match split_geography(&lower) {
                (Some(geography), base) => (Form::InferenceProfile(geography), base.to_owned()),
                (None, base) => (Form::FoundationModel, base.to_owned()),
            },
        };
        Self { text, base, form }
    }

    /// The identifier as it is sent: what was written, without surrounding blanks.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The foundation model's ID in lower case, without geography and ARN; for an opaque ARN, the
    /// opaque part.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// How the identifier names its model.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The geography of the inference profile, if the identifier names one.
    #[must_use]
    pub fn geography(&self) -> Option<&Geography> {
        match &self.form {
            Form::InferenceProfile(geography) => Some(geography),
            Form::InferenceProfileArn { geography, .. } => geography.as_ref(),
            _ => None,
        }
    }

    /// The region in the ARN, if the identifier is an ARN that has one.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        match &self.form {
            Form::FoundationModelArn { region }
            | Form::InferenceProfileArn { region, .. }
            | Form::OpaqueArn { region } => region.as_deref(),
            Form::FoundationModel | Form::InferenceProfile(_) => None,
        }
    }

    /// Whether the identifier hides which model answers.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        matches!(self.form, Form::OpaqueArn { .. })
    }
}

/// Splits `global.anthropic.x` into its geography and `anthropic.x`.
fn split_geography(id: &str) -> (Option<Geography>, &str) {
    let Some((prefix, rest)) = id.split_once('.') else {
        return (None, id);
    };
    let Some((vendor, _)) = rest.split_once('.') else {
        return (None, id);
    };
    let geography = Geography::from_prefix(prefix);
    let unknown = matches!(geography, Geography::Other(_));
    let is_word = prefix
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if unknown && (!is_word || !VENDORS.contains(&vendor) || VENDORS.contains(&prefix)) {
        (None, id)
    } else {
        (Some(geography), rest)
    }
}

/// Takes an ARN in lower case apart. A malformed one is not an ARN.
fn parse_arn(id: &str) -> Option<(Form, String)> {
    let mut parts = id.splitn(6, ':');
    if parts.next() != Some("arn") {
        return None;
    }
    let partition = parts.next()?;
    if partition != "aws" && !partition.starts_with("aws-") {
        return None;
    }
    let service = parts.next()?;
    let region = parts.next().filter(|region| !region.is_empty());
    let region = region.map(str::to_owned);
    let account = parts.next()?;
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    if !account.is_empty() && !is_account {
        return None;
    }
    let (kind, name) = parts.next()?.split_once('/')?;
    let form = match (service, kind) {
        ("bedrock", "foundation-model") => Form::FoundationModelArn { region },
        ("bedrock", "inference-profile") => {
            let (geography, base) = split_geography(name);
            let form = Form::InferenceProfileArn { region, geography };
            return Some((form, base.to_owned()));
        }
        (
            "bedrock",
            "application-inference-profile"
            | "provisioned-model"
            | "custom-model"
            | "custom-model-deployment"
            | "imported-model"
            | "prompt"
            | "default-prompt-router"
            | "prompt-router",
        )
        | ("sagemaker", "endpoint") => Form::OpaqueArn { region },
        _ => return None,
    };
    Some((form, name.to_owned()))
}
