//! The XML that STS answers with.

use crate::auth::{ACCOUNT_ID as OWN_ACCOUNT, Caller, Issued};
use crate::clock;
use crate::received::AssumedRole;
use crate::refusal::Refusal;

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The principal that an assumed role becomes.
pub(super) struct RoleUser {
    arn: String,
    id: String,
    account: String,
}

impl RoleUser {
    pub(super) fn of(role: &AssumedRole) -> Self {
        let (account, name) = super::role_name(&role.role_arn).unwrap_or((OWN_ACCOUNT, "unnamed"));
        let partition = role.role_arn.split(':').nth(1).unwrap_or("aws");
        let session = &role.session_name;
        Self {
            arn: format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}"),
            id: format!("AROAIOSFODNN7EXAMPLE:{session}"),
            account: account.to_owned(),
        }
    }
}

pub(super) fn assume_role(user: &RoleUser, issued: &Issued, request_id: &str) -> String {
    let user = [("AssumedRoleId", &user.id), ("Arn", &user.arn)];
    let expiration = clock::extended(issued.expires);
    let credentials = [
        ("AccessKeyId", &issued.access_key_id),
        ("SecretAccessKey", &issued.secret),
        ("SessionToken", &issued.session_token),
        ("Expiration", &expiration),
    ];
    let result = element("AssumedRoleUser", &elements(&user))
        + &element("Credentials", &elements(&credentials));
    response("AssumeRole", &result, request_id)
}

pub(super) fn caller_identity(caller: &Caller, request_id: &str) -> String {
    let role = caller
        .identity
        .as_ref()
        .and_then(|identity| identity.role.as_ref());
    let user = role.map_or_else(
        || RoleUser {
            arn: format!("arn:aws:iam::{OWN_ACCOUNT}:user/outcrop"),
            id: "AIDAIOSFODNN7EXAMPLE".to_owned(),
            account: OWN_ACCOUNT.to_owned(),
        },
        RoleUser::of,
    );
    let fields = [
        ("Arn", &user.arn),
        ("UserId", &user.id),
        ("Account", &user.account),
    ];
    response("GetCallerIdentity", &elements(&fields), request_id)
}

/// A refusal as the Query protocol writes it.
pub(crate) fn refusal(refusal: &Refusal, request_id: &str) -> String {
    let error = [
        ("Type", &"Sender".to_owned()),
        ("Code", &refusal.error_type.to_string()),
        ("Message", &refusal.message),
    ];
    format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\">{}{}</ErrorResponse>\n",
        element("Error", &elements(&error)),
        elements(&[("RequestId", &request_id.to_owned())]),
    )
}

fn response(operation: &str, result: &str, request_id: &str) -> String {
    let metadata = elements(&[("RequestId", &request_id.to_owned())]);
    format!(
        "<{operation}Response xmlns=\"{NAMESPACE}\">{}{}</{operation}Response>\n",
        element(&format!("{operation}Result"), result),
        element("ResponseMetadata", &metadata),
    )
}

fn elements(fields: &[(&str, &String)]) -> String {
    fields
        .iter()
        .map(|(name, value)| element(name, &escape(value)))
        .collect()
}

fn element(name: &str, content: &str) -> String {
    format!("<{name}>{content}</{name}>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
