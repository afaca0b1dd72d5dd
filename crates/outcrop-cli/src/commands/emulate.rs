//! `outcrop emulate`.

use std::process::ExitCode;

use outcrop_emulator::{
    ACCESS_KEY_ID, BEARER_TOKEN, Emulator, EmulatorConfig, SECRET_ACCESS_KEY, Script,
};

use crate::args::EmulateArgs;
use crate::failure::Failure;
use crate::render::note;
use crate::runtime::until_interrupted;
use crate::script;

pub(crate) fn emulate(args: &EmulateArgs) -> Result<ExitCode, Failure> {
    let script = script::read(args.script.as_deref())?;
    until_interrupted(serve(args.port, script))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(port: u16, script: Script) -> Result<(), Failure> {
    let config = EmulatorConfig {
        port,
        delta_delay: EmulatorConfig::READABLE_DELAY,
        script,
        ..EmulatorConfig::default()
    };
    let started = Emulator::start(config).await;
    let emulator = started
        .map_err(|error| Failure::io(format!("port {port} of 127.0.0.1 cannot be used"), error))?;
    announce(&emulator.endpoint());
    let stopped = emulator.wait().await;
    stopped.map_err(|error| Failure::io("the emulator stopped", error))
}

fn announce(endpoint: &str) {
    note(format_args!("listening on {endpoint}\n"));
    note(format_args!(
        "export AWS_ENDPOINT_URL_BEDROCK_RUNTIME={endpoint}"
    ));
    note(format_args!("export AWS_ENDPOINT_URL_STS={endpoint}"));
    note(format_args!("export AWS_ACCESS_KEY_ID={ACCESS_KEY_ID}"));
    note(format_args!(
        "export AWS_SECRET_ACCESS_KEY={SECRET_ACCESS_KEY}"
    ));
    note("export AWS_REGION=us-east-1\n");
    note("or, in place of the two keys:");
    note(format_args!(
        "export AWS_BEARER_TOKEN_BEDROCK={BEARER_TOKEN}"
    ));
}
