//! What each model on Amazon Bedrock accepts, and the thinking decision. No dependencies.

mod request;

pub use request::{Effort, Level, Request, ThinkingBudget, ThinkingDisplay};
