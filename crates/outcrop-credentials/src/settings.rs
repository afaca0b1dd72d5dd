//! What the caller asks for.

/// The settings of one model entry that concern identity, region and endpoint, as written.
///
/// Every field is optional, and a blank one counts as unset. Nothing here is a secret:
/// `token_key` is the *name* of an environment variable.
///
/// ```
/// use outcrop_credentials::{Env, Settings, plan};
///
/// let settings = Settings {
///     profile: Some("dev".into()),
///     ..Settings::default()
/// };
/// let env = Env::empty().with_config_file(
///     "~/.aws/config",
///     "[profile dev]\nregion = eu-west-1\ncredential_process = vend-keys\n",
/// );
///
/// let plan = plan(&settings, &env);
///
/// assert_eq!(plan.region().value, "eu-west-1");
/// assert_eq!(plan.region().source.to_string(), "profile `dev`");
/// assert_eq!(plan.identity_source().to_string(), "profile `dev` (provider_opts.profile)");
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Settings {
    /// `token_key`: the name of the environment variable that holds a Bedrock API key.
    pub token_key: Option<String>,
    /// `provider_opts.profile`: the AWS profile to use, whatever the environment holds.
    pub profile: Option<String>,
    /// `provider_opts.role_arn`: the role to assume over the base credentials.
    pub role_arn: Option<String>,
    /// `provider_opts.role_session_name`; [`DEFAULT_SESSION_NAME`](crate::DEFAULT_SESSION_NAME)
    /// when unset.
    pub role_session_name: Option<String>,
    /// `provider_opts.external_id`, passed to STS with `role_arn`.
    pub external_id: Option<String>,
    /// `provider_opts.region`.
    pub region: Option<String>,
    /// `provider_opts.endpoint_url`: where Bedrock is called. STS never sees it.
    pub endpoint_url: Option<String>,
    /// The region inside the model's ARN, when the model is written as one.
    pub model_region: Option<String>,
}

impl Settings {
    /// The same settings, trimmed, with blank values unset.
    pub(crate) fn trimmed(&self) -> Settings {
        Settings {
            token_key: trim(&self.token_key),
            profile: trim(&self.profile),
            role_arn: trim(&self.role_arn),
            role_session_name: trim(&self.role_session_name),
            external_id: trim(&self.external_id),
            region: trim(&self.region),
            endpoint_url: trim(&self.endpoint_url),
            model_region: trim(&self.model_region),
        }
    }
}

fn trim(value: &Option<String>) -> Option<String> {
    let trimmed = value.as_deref()?.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}
