//! Prompt caching: where points go, and what that costs under a model of the service.

mod alternating;
mod bills;
mod last_message;
mod legality;
mod misses;
mod odd;
mod own_points;
mod plans;
mod rhythms;
mod service;
mod spending;
mod strategies;
mod traces;
