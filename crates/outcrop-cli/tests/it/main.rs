//! The integration tests of this crate, one module a behaviour. Each runs the binary as a person or
//! a program would.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops, also outside its own function"
)]

mod attaching;
mod checking;
mod closed_pipes;
mod conversations;
mod emulation;
mod examples;
mod exit_codes;
mod explaining;
mod failing;
mod help;
#[cfg(unix)]
mod interrupting;
mod json;
mod overriding;
mod printing;
mod retrying;
mod secrets;
mod selecting;
mod support;
#[cfg(unix)]
mod terminals;
