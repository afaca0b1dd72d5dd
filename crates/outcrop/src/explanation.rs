//! An explanation: what would be sent, by whom and where, and why.

use outcrop_converse::{Body, CachePlan, Conversation};
use outcrop_credentials::AuthPlan;
use serde::ser::{Error as _, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::{Adjustment, Error, Model};

/// What would be sent, by whom and where, and why. Its JSON form is stable.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Explanation {
    /// The model's name in the configuration, or its ID.
    pub model: String,
    /// The path of its entry.
    pub entry: Option<String>,
    /// The model ID that is sent.
    pub model_id: String,
    /// The region, and where it came from.
    pub region: outcrop_credentials::Choice,
    /// The endpoint, and where it came from.
    pub endpoint: outcrop_credentials::Choice,
    /// Who calls.
    pub auth: Auth,
    /// The HTTP request.
    pub http: Http,
    /// Its body, to the byte.
    pub body: Body,
    /// What is not as it was written.
    pub adjustments: Vec<Adjustment>,
    /// Where its cache points are, why, and what they are expected to save.
    pub cache: CachePlan,
}

/// Who calls.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Auth {
    /// `bearer` or `sigv4`.
    pub method: &'static str,
    /// The variable, the profile, or the link of the chain.
    pub source: String,
    /// The role that is assumed.
    pub role_arn: Option<String>,
}

/// The HTTP request.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Http {
    /// The method.
    pub method: &'static str,
    /// The path, as it is encoded on the wire.
    pub path: String,
}

pub(crate) fn explain(
    model: &Model,
    conversation: &Conversation,
    plan: &AuthPlan,
) -> Result<Explanation, Error> {
    let prepared = model.prepare_planned(conversation, plan)?;
    let model_id = model.policy().id().as_str().to_owned();
    Ok(Explanation {
        model: model.name().to_owned(),
        entry: model.entry().map(str::to_owned),
        region: plan.region().clone(),
        endpoint: plan.endpoint().clone(),
        auth: Auth {
            method: plan.method().as_str(),
            source: plan.identity_source().to_string(),
            role_arn: plan.role().map(|role| role.arn.clone()),
        },
        http: Http {
            method: "POST",
            path: format!("/model/{}/converse-stream", encode(&model_id)),
        },
        model_id,
        body: prepared.body,
        adjustments: prepared.adjustments,
        cache: prepared.cache,
    })
}

/// Encodes a path segment as the SDK does: everything but the unreserved characters of RFC 3986.
fn encode(segment: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// An adjustment as JSON has it.
#[derive(Serialize)]
struct AdjustmentJson {
    code: &'static str,
    severity: &'static str,
    path: String,
    message: String,
    predicts_refusal: bool,
}

impl Adjustment {
    /// The JSON form: `code`, `severity`, `path`, `message` and `predicts_refusal`.
    pub fn to_json(&self, entry: Option<&str>) -> impl Serialize + use<> {
        AdjustmentJson {
            code: self.code(),
            severity: self.severity().as_str(),
            path: self.path(entry),
            message: self.to_string(),
            predicts_refusal: self.predicts_refusal(),
        }
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body: &RawValue =
            serde_json::from_slice(self.body.as_bytes()).map_err(S::Error::custom)?;
        let entry = self.entry.as_deref();
        let adjustments: Vec<_> = self
            .adjustments
            .iter()
            .map(|it| it.to_json(entry))
            .collect();
        let mut json = serializer.serialize_struct("Explanation", 9)?;
        json.serialize_field("model", &self.model)?;
        json.serialize_field("model_id", &self.model_id)?;
        json.serialize_field("region", &self.region.value)?;
        json.serialize_field("endpoint", &self.endpoint.value)?;
        json.serialize_field("auth", &self.auth)?;
        json.serialize_field("http", &self.http)?;
        json.serialize_field("request", body)?;
        json.serialize_field("adjustments", &adjustments)?;
        json.serialize_field("cache", &self.cache)?;
        json.end()
    }
}
