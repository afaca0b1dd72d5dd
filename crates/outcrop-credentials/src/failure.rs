//! What an error of the SDK's providers means.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use aws_smithy_runtime_api::client::result::ConnectorError;

use crate::error::{Cause, Error, chain};
use crate::identity::{Base, Identity, Role};
use crate::plan::AuthPlan;

/// The base credentials could not be had.
pub(crate) fn of_base(plan: &AuthPlan, error: &CredentialsError) -> Error {
    let identity = plan.identity_source().clone();
    let renewal = plan.renewal();
    let cause = cause(error);
    match meaning(error) {
        _ if is_instance_metadata(plan) => no_credentials(plan, cause),
        Meaning::NotFound => no_credentials(plan, cause),
        Meaning::Expired => Error::Expired {
            identity,
            renewal,
            cause,
        },
        Meaning::Unavailable => Error::Unavailable { identity, cause },
        Meaning::BadKeys | Meaning::Other => Error::Invalid {
            identity,
            renewal,
            cause,
        },
    }
}

/// The base credentials were there, and the role could not be assumed with them.
pub(crate) fn of_role(plan: &AuthPlan, role: &Role, error: &CredentialsError) -> Error {
    match meaning(error) {
        Meaning::Expired | Meaning::Unavailable | Meaning::BadKeys => of_base(plan, error),
        Meaning::NotFound | Meaning::Other => Error::RoleRefused {
            role_arn: role.arn.clone(),
            identity: plan.identity_source().clone(),
            cause: cause(error),
        },
    }
}

/// No answer came in time.
pub(crate) fn of_timeout(plan: &AuthPlan) -> Error {
    no_credentials(plan, Cause::new("nobody answered"))
}

fn no_credentials(plan: &AuthPlan, cause: Cause) -> Error {
    Error::NoCredentials {
        tried: plan.tried.clone(),
        cause: Some(cause),
    }
}

fn is_instance_metadata(plan: &AuthPlan) -> bool {
    matches!(
        plan.identity,
        Identity::SigV4(Base::InstanceMetadata { .. })
    )
}

#[derive(Clone, Copy)]
enum Meaning {
    NotFound,
    Expired,
    /// The key pair itself was not recognised.
    BadKeys,
    Unavailable,
    Other,
}

fn meaning(error: &CredentialsError) -> Meaning {
    if let CredentialsError::CredentialsNotLoaded(_) = error {
        return Meaning::NotFound;
    }
    if let CredentialsError::ProviderTimedOut(_) = error {
        return Meaning::Unavailable;
    }
    if let Some(answer) = chain(error).find_map(StsAnswer::of) {
        return answer.meaning();
    }
    if chain(error).any(is_network_failure) {
        return Meaning::Unavailable;
    }
    // The errors of the sign-in providers are private to the SDK; their texts are not.
    if chain(error).any(|error| error.to_string().contains("expired")) {
        return Meaning::Expired;
    }
    Meaning::Other
}

fn cause(error: &CredentialsError) -> Cause {
    match chain(error).find_map(StsAnswer::of) {
        Some(StsAnswer { code, message, .. }) => Cause::new(format!("{code}: {message}")),
        // The outermost message says only that there was an error.
        None => error.source().map_or_else(|| Cause::of(error), Cause::of),
    }
}

fn is_network_failure(error: &(dyn StdError + 'static)) -> bool {
    error.is::<ConnectorError>()
}

/// An error that STS itself answered with.
struct StsAnswer {
    status: u16,
    code: String,
    message: String,
}

impl StsAnswer {
    fn of(error: &(dyn StdError + 'static)) -> Option<Self> {
        Self::from_sdk(error.downcast_ref::<SdkError<AssumeRoleError>>()).or_else(|| {
            Self::from_sdk(error.downcast_ref::<SdkError<AssumeRoleWithWebIdentityError>>())
        })
    }

    fn from_sdk<E: ProvideErrorMetadata>(error: Option<&SdkError<E>>) -> Option<Self> {
        let SdkError::ServiceError(answer) = error? else {
            return None;
        };
        Some(Self {
            status: answer.raw().status().as_u16(),
            code: answer.err().code().unwrap_or("unknown error").to_owned(),
            message: answer.err().message().unwrap_or("no message").to_owned(),
        })
    }

    /// Codes: the [common errors] of AWS and the errors of STS `AssumeRole`.
    ///
    /// [common errors]: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
    fn meaning(&self) -> Meaning {
        match self.code.as_str() {
            "ExpiredToken" | "ExpiredTokenException" => Meaning::Expired,
            "InvalidClientTokenId"
            | "UnrecognizedClientException"
            | "SignatureDoesNotMatch"
            | "IncompleteSignature"
            | "MissingAuthenticationToken" => Meaning::BadKeys,
            "Throttling"
            | "ThrottlingException"
            | "RequestLimitExceeded"
            | "IDPCommunicationError" => Meaning::Unavailable,
            _ if self.status >= 500 => Meaning::Unavailable,
            _ => Meaning::Other,
        }
    }
}
