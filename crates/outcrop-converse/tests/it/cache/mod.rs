//! Prompt caching: where points go, and what that costs under a model of the service.

mod bills;
mod legality;
mod service;
mod strategies;
mod traces;
