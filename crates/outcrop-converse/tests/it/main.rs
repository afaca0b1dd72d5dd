//! The integration tests of this crate, one module a behaviour.

mod assembler;
mod blocks;
mod cache;
mod conversation_files;
mod corpus;
mod damage;
mod exceptions;
mod frames;
mod limits;
mod make;
mod refusals;
mod replay;
mod requests;
mod responses;
mod streams;
mod tool_input;
mod turns;
