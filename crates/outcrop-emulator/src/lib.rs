//! A Bedrock and an STS on loopback that refuse what the services refuse.
//!
//! [`Emulator::start`] binds a port of 127.0.0.1 and answers `Converse`, `ConverseStream`,
//! `AssumeRole` and `GetCallerIdentity` there. Signatures are verified, requests are held against
//! the rules of Bedrock and of the model they name, and refusals come with the service's own
//! statuses, types and texts. An answer says that it comes from a stand-in and tells what arrived.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use outcrop_emulator::{Emulator, EmulatorConfig};
//!
//! let emulator = Emulator::start(EmulatorConfig::default()).await?;
//! println!("listening on {}", emulator.endpoint());
//! // … point a client at it, with ACCESS_KEY_ID and SECRET_ACCESS_KEY or with BEARER_TOKEN …
//! for request in emulator.requests() {
//!     println!("{:?} {}", request.operation, request.status);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # How it is made
//!
//! A request passes through these modules in this order:
//!
//! | module | asks |
//! |---|---|
//! | `server` | reads HTTP, writes the reply, keeps the record |
//! | `route` | which operation is this? |
//! | `auth` | who is it from, and is that true? |
//! | `sts` | answers STS |
//! | `converse` | answers Bedrock, by asking the next ones |
//! | `shapes` | is it made of what the service model allows? |
//! | `identifier`, `models` | which model is meant, and what is known of it? |
//! | `rules` | would the service or the model refuse it? |
//! | `script` | does a script say what comes now? |
//! | `cache` | what of the prompt is read from the cache, and what is written to it? |
//! | `answer` | what to say otherwise |
//! | `frames` | the same as an event stream |
//! | `delivery` | in which pieces, how fast, and what goes wrong on the way |
//!
//! The rules are written from public documentation and from error texts that users report, and
//! share no code with any client: a client and this crate can therefore check one another. Where
//! sources contradict each other, the function or the row that had to choose says so.
//!
//! # Deterministic
//!
//! Equal requests get equal answers, padding, names of tool calls and issued credentials included;
//! only `Expiration` follows the clock, and a [`Script`] its own order. An answer is the same whether
//! it is streamed or not.
//!
//! # What this crate does not do
//!
//! - Call a model, or reach any network but loopback.
//! - Know permissions: whoever signs correctly may do everything, and any well-formed role can be
//!   assumed. There are no trust policies, quotas, guardrails or service control policies.
//! - Check modalities: an image is taken for a model that only reads text, a video for Claude.
//! - Check what only the service can: whether an image is one, whether a thinking block of the real
//!   service is genuine or bound to this conversation, whether a guardrail exists.
//! - Accept signatures in the query string (presigned URLs), or HTTP/2.

mod answer;
mod auth;
pub mod cache;
mod clock;
mod connection;
mod converse;
mod delivery;
mod emulator;
mod frames;
mod identifier;
mod models;
mod received;
mod refusal;
mod request;
mod route;
mod rules;
mod script;
mod server;
mod shapes;
mod sts;
mod thinking;

pub use auth::{
    ACCESS_KEY_ID, BEARER_TOKEN, EXPIRED_ACCESS_KEY_ID, EXPIRED_SESSION_TOKEN, SECRET_ACCESS_KEY,
};
pub use emulator::{Emulator, EmulatorConfig};
pub use received::{AssumedRole, Identity, Method, Operation, Received};
pub use script::{Script, ScriptError};
