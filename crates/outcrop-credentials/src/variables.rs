//! The names of all environment variables that this crate reads, besides the one that
//! `token_key` names.
//!
//! Their meaning follows the [AWS SDKs and Tools Reference Guide][guide]. A blank variable is an
//! unset one, everywhere.
//!
//! [guide]: https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html

/// A Bedrock API key, sent as a bearer token.
pub const AWS_BEARER_TOKEN_BEDROCK: &str = "AWS_BEARER_TOKEN_BEDROCK";

/// The first half of a static key pair.
pub const AWS_ACCESS_KEY_ID: &str = "AWS_ACCESS_KEY_ID";
/// The second half of a static key pair.
pub const AWS_SECRET_ACCESS_KEY: &str = "AWS_SECRET_ACCESS_KEY";
/// What the AWS SDK for Rust reads where [`AWS_SECRET_ACCESS_KEY`] is unset.
pub const SECRET_ACCESS_KEY: &str = "SECRET_ACCESS_KEY";
/// The session token of temporary keys.
pub const AWS_SESSION_TOKEN: &str = "AWS_SESSION_TOKEN";
/// The account that the static keys belong to.
pub const AWS_ACCOUNT_ID: &str = "AWS_ACCOUNT_ID";

/// The profile used where no setting names one; `default` when unset.
pub const AWS_PROFILE: &str = "AWS_PROFILE";
/// The path of the config file; `~/.aws/config` when unset.
pub const AWS_CONFIG_FILE: &str = "AWS_CONFIG_FILE";
/// The path of the credentials file; `~/.aws/credentials` when unset.
pub const AWS_SHARED_CREDENTIALS_FILE: &str = "AWS_SHARED_CREDENTIALS_FILE";
/// Where `~` leads.
pub const HOME: &str = "HOME";
/// Where `~` leads on Windows when [`HOME`] is unset.
pub const USERPROFILE: &str = "USERPROFILE";

/// The file with the token of a web identity.
pub const AWS_WEB_IDENTITY_TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
/// The role that a web identity assumes.
pub const AWS_ROLE_ARN: &str = "AWS_ROLE_ARN";
/// The session name of a web identity.
pub const AWS_ROLE_SESSION_NAME: &str = "AWS_ROLE_SESSION_NAME";

/// The path below the container's credentials host.
pub const AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
/// The whole address of the container's credentials.
pub const AWS_CONTAINER_CREDENTIALS_FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

/// `true` means that EC2 instance metadata is never asked.
pub const AWS_EC2_METADATA_DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
/// Where EC2 instance metadata is asked.
pub const AWS_EC2_METADATA_SERVICE_ENDPOINT: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

/// The region.
pub const AWS_REGION: &str = "AWS_REGION";
/// The region where [`AWS_REGION`] is unset.
pub const AWS_DEFAULT_REGION: &str = "AWS_DEFAULT_REGION";

/// The endpoint of Bedrock's runtime.
pub const AWS_ENDPOINT_URL_BEDROCK_RUNTIME: &str = "AWS_ENDPOINT_URL_BEDROCK_RUNTIME";
/// The endpoint of STS.
pub const AWS_ENDPOINT_URL_STS: &str = "AWS_ENDPOINT_URL_STS";
/// The endpoint of every service that has none of its own.
pub const AWS_ENDPOINT_URL: &str = "AWS_ENDPOINT_URL";
/// `true` means that endpoints of variables and profiles are ignored.
pub const AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: &str = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
/// `true` asks for FIPS endpoints.
pub const AWS_USE_FIPS_ENDPOINT: &str = "AWS_USE_FIPS_ENDPOINT";
/// `true` asks for dual-stack endpoints.
pub const AWS_USE_DUALSTACK_ENDPOINT: &str = "AWS_USE_DUALSTACK_ENDPOINT";

/// A PEM file of the certificate authorities to trust, instead of the system's.
pub const AWS_CA_BUNDLE: &str = "AWS_CA_BUNDLE";
/// The proxy for HTTPS, in the order read.
pub const HTTPS_PROXY: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// The hosts reached without a proxy, in the order read.
pub const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// The name of a variable as it may be shown. Somebody may have written a key in its place, which is
/// no such name: it is longer, or has other characters than letters, digits and `_`.
pub(crate) fn shown(name: &str) -> &str {
    let is_name = name.len() <= LONGEST
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_key = name
        .strip_prefix("ABSK")
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric()));
    if is_name && !is_key {
        name
    } else {
        "the variable of token_key"
    }
}

/// Names longer than this are keys.
const LONGEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_key_in_place_of_a_name_is_not_shown() {
        for name in ["AWS_BEARER_TOKEN_BEDROCK", "myToken2", "ABSK_TOKEN"] {
            assert_eq!(shown(name), name);
        }
        for key in [
            "ABSKQmVkcm9ja0FQSUtleS1abcdef",
            "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3Mu",
            "sk-abc",
            &"x".repeat(65),
        ] {
            assert_eq!(shown(key), "the variable of token_key");
        }
    }
}
