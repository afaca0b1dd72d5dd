//! A provider whose credentials have been seen.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};

/// Answers once with the credentials that were fetched to see that there are any, then asks the
/// provider behind it again.
///
/// So the check costs no second sign-in, and when to renew is left to the identity cache of the
/// client that asks.
pub(crate) struct Verified {
    provider: SharedCredentialsProvider,
    seen: Mutex<Option<Credentials>>,
}

/// Credentials that expire sooner than this are not handed out a second time.
const MARGIN: Duration = Duration::from_secs(60);

impl Verified {
    /// Fetches credentials from `provider`.
    pub(crate) async fn fetch(
        provider: SharedCredentialsProvider,
    ) -> Result<SharedCredentialsProvider, CredentialsError> {
        let seen = Mutex::new(Some(provider.provide_credentials().await?));
        Ok(SharedCredentialsProvider::new(Self { provider, seen }))
    }

    async fn credentials(&self) -> provider::Result {
        let seen = self
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        match seen {
            Some(credentials) if is_fresh(&credentials) => Ok(credentials),
            _ => self.provider.provide_credentials().await,
        }
    }
}

fn is_fresh(credentials: &Credentials) -> bool {
    credentials
        .expiry()
        .is_none_or(|expiry| expiry > SystemTime::now() + MARGIN)
}

impl ProvideCredentials for Verified {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.provider.fallback_on_interrupt()
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").finish_non_exhaustive()
    }
}
