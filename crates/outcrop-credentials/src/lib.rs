//! Which identity, region and endpoint a call to Amazon Bedrock uses, and where each came from.
//!
//! You probably want the crate `outcrop`, which also reads the YAML and makes the call. This one
//! is for programs that have a Bedrock client of their own.
//!
//! - [`plan`] is pure: [`Settings`] and a snapshot of the environment ([`Env`]) in, an
//!   [`AuthPlan`] out that names the source of every value and everything it passed over.
//! - [`resolve`] carries a plan out, and is the only part that may wait for anything.
//! - [`HttpClient`] is the one client for STS, for sign-in services and for Bedrock.
//!
//! ```
//! use outcrop_credentials::{Env, Method, Settings, plan};
//!
//! let env = Env::empty()
//!     .with_variable("AWS_BEARER_TOKEN_BEDROCK", "a Bedrock API key".replace(' ', "-"))
//!     .with_variable("AWS_REGION", "eu-central-1");
//!
//! let plan = plan(&Settings::default(), &env);
//!
//! assert_eq!(plan.method(), Method::Bearer);
//! assert_eq!(plan.identity_source().to_string(), "AWS_BEARER_TOKEN_BEDROCK");
//! assert_eq!(plan.endpoint().value, "https://bedrock-runtime.eu-central-1.amazonaws.com");
//! assert_eq!(plan.refusal(), None);
//! ```
//!
//! # What this crate does not do
//!
//! It does not read YAML, does not know which models a region serves, does not call Bedrock, and
//! never asks EC2 instance metadata for a region. It writes nothing to disk; the SDK's sign-in
//! providers renew their own caches.

// What goes in.
mod env;
mod secret;
mod settings;
pub mod variables;

// The plan: one file a decision.
mod chain;
mod endpoint;
mod identity;
mod network;
mod partition;
mod plan;
mod profile_chain;
mod profiles;
mod region;

// What a plan says about itself.
mod adjustment;
mod identity_source;
mod problem;
mod source;

// Carrying it out.
mod error;
mod failure;
mod http;
mod providers;
mod resolve;
mod trust;
mod verified;

pub use adjustment::{Adjustment, Severity};
pub use env::Env;
pub use error::{Cause, Error, ErrorKind};
pub use http::{DEFAULT_CONNECT_TIMEOUT, HttpClient};
pub use identity::{DEFAULT_SESSION_NAME, Method, Role};
pub use identity_source::IdentitySource;
pub use plan::{AuthPlan, plan};
pub use problem::{BadFile, FileRead, MissingProfile, Problem};
pub use region::{DEFAULT_REGION, is_host_label};
pub use resolve::{ResolvedAuth, ResolvedIdentity, resolve};
pub use secret::Secret;
pub use settings::Settings;
pub use source::{Choice, ProfileOrigin, Source};
