//! The integration tests of this crate, one module a behaviour.

mod caching;
mod identifiers;
mod interleaving;
mod lifecycle;
mod prices;
mod properties;
mod render;
mod replay;
mod routes;
mod sampling;
mod table;
mod thinking;
mod tool_choice;
mod wording;
