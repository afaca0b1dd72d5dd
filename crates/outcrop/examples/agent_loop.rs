//! An agent with two tools: asks, runs what the model calls, and feeds the results back until the
//! model has nothing more to call.
//!
//! It runs offline, against an emulator in this process that plays `agent_loop.script.yaml`:
//!
//! ```text
//! cargo run --example agent_loop
//! ```
//!
//! On Bedrock itself, leave the emulator and `.offline(…)` out.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::io::Write;
use std::path::Path;

use outcrop::converse::StopReason;
use outcrop::{Conversation, Env, Message, Model, Session, ToolResult, ToolSpec, ToolUse};
use outcrop_emulator::{ACCESS_KEY_ID, Emulator, EmulatorConfig, SECRET_ACCESS_KEY};
use serde::Deserialize;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let session = run(print).await?;
    println!("\n{}", session.spending());
    Ok(())
}

/// Text comes in pieces, of which few end a line.
fn print(text: &str) {
    print!("{text}");
    let _ = std::io::stdout().flush();
}

/// Connects a model to the emulator, and lets `show` have the text of its answers.
pub(crate) async fn run(show: impl FnMut(&str)) -> Result<Session> {
    let script = std::fs::read_to_string(Path::new(FOLDER).join("agent_loop.script.yaml"))?;
    let emulator = Emulator::start(EmulatorConfig {
        script: script.parse()?,
        ..EmulatorConfig::default()
    })
    .await?;
    let model = Model::from_file(&Path::new(FOLDER).join("agent_loop.yaml"), "agent")?;
    let plan = model.plan(&Env::read());
    let plan = plan.offline(ACCESS_KEY_ID, SECRET_ACCESS_KEY, emulator.endpoint());
    let client = model.connect(&plan).await?;
    let question = Conversation::from("How much warmer is it in Lisbon than in Oslo?");
    converse(client.session(question.with_tools(tools()?)), show).await
}

/// More answers than any question here takes: a model that goes in circles is not paid for ever.
const MAX_ANSWERS: usize = 8;

/// The loop: the session keeps each answer, and gets the results of its tool calls.
async fn converse(mut session: Session, mut show: impl FnMut(&str)) -> Result<Session> {
    for _ in 0..MAX_ANSWERS {
        let reply = session
            .reply_with(|event| event.text().into_iter().for_each(&mut show))
            .await?;
        let results: Vec<ToolResult> = reply.message().tool_uses().map(call).collect();
        match &reply.response.stop_reason {
            // Also after `MaxTokens`: the arguments of a call that was cut off cannot be read, so
            // that its result is an error, and the model calls again.
            _ if !results.is_empty() => session.push(Message::tool_results(results)),
            StopReason::EndTurn => return Ok(session),
            reason => return Err(format!("the answer is not complete: {}", reason.as_str()).into()),
        }
    }
    Err(format!("no answer after {MAX_ANSWERS} turns").into())
}

fn tools() -> Result<[ToolSpec; 2]> {
    let city =
        r#"{"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}"#;
    let numbers = r#"{"type": "object", "properties": {"from": {"type": "number"}, "number": {"type": "number"}}, "required": ["from", "number"]}"#;
    Ok([
        ToolSpec::parse(
            "temperature",
            "The temperature in a city, in degrees.",
            city,
        )?,
        ToolSpec::parse("subtract", "Subtracts a number from another.", numbers)?,
    ])
}

/// Runs a tool. What goes wrong is for the model to read.
fn call(tool_use: &ToolUse) -> ToolResult {
    let outcome = match tool_use.name.as_str() {
        "temperature" => temperature(tool_use),
        "subtract" => subtract(tool_use),
        other => Err(format!("there is no tool {other}").into()),
    };
    let id = &tool_use.tool_use_id;
    match outcome {
        Ok(text) => ToolResult::text(id, text),
        Err(error) => ToolResult::error(id, error.to_string()),
    }
}

fn temperature(tool_use: &ToolUse) -> Result<String> {
    #[derive(Deserialize)]
    struct Arguments {
        city: String,
    }
    let Arguments { city } = tool_use.arguments()?;
    let table = [("Lisbon", 21.5), ("Oslo", 4.0), ("Quito", 14.0)];
    match table.iter().find(|(known, _)| *known == city) {
        Some((_, degrees)) => Ok(format!("{degrees}")),
        None => Err(format!("no reading for {city}").into()),
    }
}

fn subtract(tool_use: &ToolUse) -> Result<String> {
    #[derive(Deserialize)]
    struct Arguments {
        from: f64,
        number: f64,
    }
    let Arguments { from, number } = tool_use.arguments()?;
    Ok(format!("{}", from - number))
}
