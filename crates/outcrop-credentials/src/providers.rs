//! The SDK's providers of credentials, set up from a plan.

use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::web_identity_token::{StaticConfiguration, WebIdentityTokenCredentialsProvider};
use aws_credential_types::Credentials;
use aws_credential_types::attributes::AccountId;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_types::SdkConfig;
use aws_types::region::Region;
use aws_types::sdk_config::{SharedTimeSource, TimeoutConfig};

use crate::error::{Cause, Error};
use crate::http::HttpClient;
use crate::identity::{Base, Keys, Role};
use crate::plan::AuthPlan;
use crate::profile_chain::ProfileBase;
use crate::variables;

/// The newest defaults of the SDK when this was written. Named, so that an update of the SDK
/// changes nothing by itself.
fn behavior_version() -> BehaviorVersion {
    BehaviorVersion::v2026_01_12()
}

/// The longest that one question to EC2 instance metadata may take. On an EC2 machine the answer
/// comes within milliseconds; elsewhere there is nobody to answer.
const METADATA_TIMEOUT: Duration = Duration::from_secs(1);

/// The provider of the base credentials.
pub(crate) fn base(
    plan: &AuthPlan,
    base: &Base,
    http: &HttpClient,
) -> Result<SharedCredentialsProvider, Error> {
    let config = provider_config(plan, http);
    match base {
        Base::Keys(keys) => Ok(SharedCredentialsProvider::new(credentials(keys))),
        Base::Profile(base) => Ok(profile(base, &config)),
        Base::WebIdentity {
            token_file,
            role_arn,
            session_name,
        } => {
            let provider = WebIdentityTokenCredentialsProvider::builder()
                .static_configuration(StaticConfiguration {
                    web_identity_token_file: token_file.into(),
                    role_arn: role_arn.clone(),
                    session_name: session_name.clone(),
                })
                .configure(&config)
                .build();
            Ok(SharedCredentialsProvider::new(provider))
        }
        // This provider takes the address from the process, not from the snapshot: the SDK
        // offers no other way.
        Base::Container { https: _ } => {
            let provider = EcsCredentialsProvider::builder().configure(&config).build();
            Ok(SharedCredentialsProvider::new(provider))
        }
        Base::InstanceMetadata { endpoint } => {
            instance_metadata(plan, endpoint.as_deref(), &config)
        }
        Base::Missing => Err(Error::NoCredentials {
            tried: plan.tried.clone(),
            cause: None,
        }),
    }
}

/// The provider that assumes `role` over base credentials.
pub(crate) async fn assumed_role(
    plan: &AuthPlan,
    role: &Role,
    base: SharedCredentialsProvider,
    http: &HttpClient,
) -> SharedCredentialsProvider {
    let builder = AssumeRoleProvider::builder(role.arn.clone())
        .configure(&sts_config(plan, http))
        .session_name(role.session_name.clone());
    let builder = match &role.external_id {
        Some(external_id) => builder.external_id(external_id.clone()),
        None => builder,
    };
    SharedCredentialsProvider::new(builder.build_from_provider(base).await)
}

/// Built by hand: the SDK's loader would read the process's environment again.
fn sts_config(plan: &AuthPlan, http: &HttpClient) -> SdkConfig {
    let mut config = SdkConfig::builder()
        .behavior_version(behavior_version())
        .region(Region::new(plan.region.value.clone()))
        .time_source(SharedTimeSource::default())
        .timeout_config(timeouts(http))
        .http_client(http.shared());
    match &plan.sts_endpoint {
        // The SDK refuses a FIPS or dual-stack switch beside an endpoint.
        Some(endpoint) => config.set_endpoint_url(Some(endpoint.value.clone())),
        None => config
            .set_use_fips(Some(plan.variant.fips))
            .set_use_dual_stack(Some(plan.variant.dual_stack)),
    };
    config.build()
}

fn provider_config(plan: &AuthPlan, http: &HttpClient) -> ProviderConfig {
    ProviderConfig::default()
        .with_behavior_version(Some(behavior_version()))
        .with_region(Some(Region::new(plan.region.value.clone())))
        .with_use_fips(Some(plan.variant.fips))
        .with_use_dual_stack(Some(plan.variant.dual_stack))
        .with_timeout_config(timeouts(http))
        .with_http_client(http.shared())
}

fn timeouts(http: &HttpClient) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(http.connect_timeout())
        .build()
}

fn credentials(keys: &Keys) -> Credentials {
    let mut credentials = Credentials::builder()
        .access_key_id(keys.access_key_id.clone())
        .secret_access_key(keys.secret_access_key.expose())
        .provider_name("Outcrop");
    let session_token = keys.session_token.as_ref();
    credentials.set_session_token(session_token.map(|token| token.expose().to_owned()));
    credentials.set_account_id(keys.account_id.as_deref().map(AccountId::from));
    credentials.build()
}

fn profile(base: &ProfileBase, config: &ProviderConfig) -> SharedCredentialsProvider {
    let mut provider = ProfileFileCredentialsProvider::builder()
        .configure(config)
        .profile_files(base.files.clone())
        .profile_name(base.name.clone());
    if let Some(keys) = &base.environment_keys {
        provider = provider.with_custom_provider("Environment", credentials(keys));
    }
    SharedCredentialsProvider::new(provider.build())
}

fn instance_metadata(
    plan: &AuthPlan,
    endpoint: Option<&str>,
    config: &ProviderConfig,
) -> Result<SharedCredentialsProvider, Error> {
    let mut client = imds::Client::builder()
        .configure(config)
        .max_attempts(1)
        .connect_timeout(METADATA_TIMEOUT)
        .read_timeout(METADATA_TIMEOUT)
        .operation_attempt_timeout(METADATA_TIMEOUT)
        .operation_timeout(METADATA_TIMEOUT);
    if let Some(endpoint) = endpoint {
        client = client
            .endpoint(endpoint)
            .map_err(|_| Error::NoCredentials {
                tried: plan.tried.clone(),
                cause: Some(Cause::new(format!(
                    "{} is not a URL",
                    variables::AWS_EC2_METADATA_SERVICE_ENDPOINT
                ))),
            })?;
    }
    let provider = ImdsCredentialsProvider::builder()
        .configure(config)
        .imds_client(client.build())
        .build();
    Ok(SharedCredentialsProvider::new(provider))
}
