//! Amazon Bedrock from one YAML file.
//!
//! A [`Model`] is one entry of a configuration. It decides what to send ([`Model::prepare`]),
//! plans who calls ([`Model::plan`]), can say why ([`Model::explain`]), and connects
//! ([`Model::connect`]) to a [`Client`] that streams answers. A [`Session`] is a conversation that
//! goes on and learns. [`review`] says what a whole file means.
//!
//! ```no_run
//! use std::io::Write;
//!
//! use outcrop::{Conversation, Env, Error, Event, Model, ToolSpec};
//!
//! async fn ask(weather: ToolSpec) -> Result<(), Error> {
//!     let model = Model::from_file("outcrop.yaml".as_ref(), "sonnet")?;
//!     let client = model.connect(&model.plan(&Env::read())).await?;
//!     let question = Conversation::from("Is it warmer in Lisbon or in Oslo?").with_tools([weather]);
//!     let reply = client.stream(&question).await?.finish_with(show).await?;
//!     for call in reply.message().tool_uses() {
//!         println!("\n{} {}", call.name, call.input);
//!     }
//!     Ok(())
//! }
//!
//! /// Text comes in pieces, of which few end a line.
//! fn show(event: &Event) {
//!     print!("{}", event.text().unwrap_or_default());
//!     let _ = std::io::stdout().flush();
//! }
//!
//! async fn run() -> Result<(), serde_json::Error> {
//!     let schema = r#"{"type": "object", "properties": {"city": {"type": "string"}}}"#;
//!     let weather = ToolSpec::parse("weather", "The weather in a city.", schema)?;
//!     if let Err(error) = ask(weather).await {
//!         eprintln!("error: {}", error.message());
//!         error.hints().iter().for_each(|hint| eprintln!("hint: {hint}"));
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # What this crate does not do
//! It wires the other crates together and holds no rule of its own: what a model accepts is
//! `outcrop-policy`'s, how YAML is spelled `outcrop-config`'s, how a request is written
//! `outcrop-converse`'s, who calls `outcrop-credentials`', and how bytes travel
//! `outcrop-transport`'s. Each can be used alone.

mod adjustment;
mod advice;
mod answer;
mod client;
mod error;
mod explanation;
mod file;
mod model;
mod review;
mod session;
mod wiring;

pub use adjustment::Adjustment;
pub use answer::{Answer, Reply};
pub use client::Client;
pub use error::{Error, ErrorKind};
pub use explanation::{Auth, Explanation, Http};
pub use file::{InvalidFile, read, read_text};
pub use model::{DEFAULT_IDLE_TIMEOUT, Model, Prepared};
pub use review::{Finding, review};
pub use session::{Session, Turn};

pub use outcrop_config as config;
pub use outcrop_converse as converse;
pub use outcrop_credentials as credentials;
pub use outcrop_policy as policy;
pub use outcrop_transport as transport;

pub use outcrop_config::ModelConfig;
pub use outcrop_converse::attachment::{Document, DocumentFormat, Image};
pub use outcrop_converse::{CacheMemory, CachePlan, Cost, Remembered, Spending};
pub use outcrop_converse::{
    ContentBlock, Conversation, Delta, Event, Message, ReasoningDelta, Response, Tool, ToolConfig,
    ToolResult, ToolSpec, ToolUse,
};
pub use outcrop_credentials::{AuthPlan, Env};
pub use outcrop_policy::{Price, Severity, Usd};
pub use outcrop_transport::Retry;

/// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
