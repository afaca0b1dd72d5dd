//! `outcrop run`.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use outcrop::{AuthPlan, Client, Conversation, Env, Model, Prepared};
use outcrop_emulator::{ACCESS_KEY_ID, Emulator, EmulatorConfig, SECRET_ACCESS_KEY, Script};

use crate::args::RunArgs;
use crate::conversation::{self, Stdin};
use crate::exit;
use crate::failure::{Failure, Report};
use crate::render::answer::{self, Print};
use crate::render::{plan, retry};
use crate::runtime::until_interrupted;
use crate::script;
use crate::selection;

pub(crate) fn run(args: &RunArgs) -> Result<ExitCode, Failure> {
    let mut printer = answer::printer(args);
    // What blocks comes first, while Ctrl-C still ends the program by itself.
    let outcome =
        question(args).and_then(|question| until_interrupted(ask(args, &question, &mut *printer)));
    match outcome {
        Ok(Some(())) => Ok(ExitCode::SUCCESS),
        Ok(None) => {
            printer.broken_off(Some(&Report::interrupted()));
            Ok(ExitCode::from(exit::INTERRUPTED))
        }
        Err(failure) => {
            printer.broken_off(failure.report().as_ref());
            Err(failure)
        }
    }
}

/// Whom to ask, and what.
struct Question {
    model: Model,
    conversation: Conversation,
    script: Script,
}

fn question(args: &RunArgs) -> Result<Question, Failure> {
    let model = selection::model(&args.source, args.model.as_deref(), &args.overrides)?;
    let is_script = args.script.as_deref() == Some(Path::new("-"));
    let stdin = if is_script {
        Stdin::Script
    } else {
        Stdin::WhenPiped
    };
    let prompt = conversation::prompt(&args.prompt, &args.conversation, stdin)?;
    let conversation = conversation::read(&args.conversation, prompt, &args.overrides)?;
    Ok(Question {
        model,
        conversation,
        script: script::read(args.script.as_deref())?,
    })
}

async fn ask(args: &RunArgs, question: &Question, printer: &mut dyn Print) -> Result<(), Failure> {
    let Question {
        model,
        conversation,
        script,
    } = question;
    let planned = model.plan(&Env::read());
    let emulator = if args.offline {
        Some(emulator(model, &planned, script).await?)
    } else {
        None
    };
    let plan = match &emulator {
        Some(emulator) => planned.offline(ACCESS_KEY_ID, SECRET_ACCESS_KEY, emulator.endpoint()),
        None => planned,
    };
    // Before the identity is had: what the plan says may be why it is not.
    let prepared = model.prepare_planned(conversation, &plan)?;
    printer.priced(model.price());
    printer.adjustments(&prepared.adjustments, model.entry())?;
    let client = model.connect(&plan).await?.on_retry(retry::print);
    if args.no_stream {
        let reply = client.call_prepared(prepared).await?;
        return printer.whole(reply.response);
    }
    stream(&client, prepared, printer).await
}

async fn stream(
    client: &Client,
    prepared: Prepared,
    printer: &mut dyn Print,
) -> Result<(), Failure> {
    let mut answer = client.stream_prepared(prepared).await?;
    while let Some(event) = answer.next().await? {
        printer.event(event)?;
    }
    printer.end()
}

/// The emulator of this process, and on stderr the identity that would have been used.
async fn emulator(model: &Model, planned: &AuthPlan, script: &Script) -> Result<Emulator, Failure> {
    plan::print(planned);
    let is_opaque = model.policy().id().is_opaque();
    let base_model = model.config().provider_opts.base_model.clone();
    let known_arns = base_model
        .filter(|_| is_opaque)
        .map(|base| (model.config().model.clone(), base));
    let config = EmulatorConfig {
        delta_delay: delta_delay(),
        known_arns: known_arns.into_iter().collect(),
        script: script.clone(),
        ..EmulatorConfig::default()
    };
    let started = Emulator::start(config).await;
    started.map_err(|error| Failure::io("the emulator could not start", error))
}

/// A person reads along; a program has no use for waiting.
fn delta_delay() -> Duration {
    if io::stdout().is_terminal() {
        EmulatorConfig::READABLE_DELAY
    } else {
        Duration::ZERO
    }
}
