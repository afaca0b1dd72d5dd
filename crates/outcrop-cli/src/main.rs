//! `outcrop`: Amazon Bedrock from one YAML file, on the command line.

mod args;
mod clock;
mod commands;
mod configuration;
mod conversation;
mod exit;
mod failure;
mod rejection;
mod render;
mod runtime;
mod script;
mod selection;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return rejection::reject(&error),
    };
    let outcome = match args.command {
        Command::Run(run) => commands::run::run(&run),
        Command::Check(check) => commands::check::check(&check),
        Command::Explain(explain) => commands::explain::explain(&explain),
        Command::Schema => commands::schema::schema(),
        Command::Emulate(emulate) => commands::emulate::emulate(&emulate),
    };
    outcome.unwrap_or_else(|failure| {
        render::failure::print(&failure);
        failure.exit_code()
    })
}
