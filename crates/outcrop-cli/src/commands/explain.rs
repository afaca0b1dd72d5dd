//! `outcrop explain`.

use std::process::ExitCode;

use outcrop::{Env, Explanation};

use crate::args::{ExplainArgs, Format};
use crate::clock;
use crate::conversation::{self, Stdin};
use crate::failure::Failure;
use crate::render::{self, explanation};
use crate::selection;

/// What a call is explained with where no prompt is given.
const PROMPT: &str = "Hello";

pub(crate) fn explain(args: &ExplainArgs) -> Result<ExitCode, Failure> {
    let (name, words) = args.model_and_prompt();
    let models = match name {
        Some(name) => vec![selection::model(&args.source, Some(name), &args.overrides)?],
        None => selection::all_models(&args.source, &args.overrides)?,
    };
    let prompt = conversation::prompt(&words, &args.conversation, Stdin::WhenNamed)?;
    let asks_nothing = args.conversation.messages.is_none();
    let prompt = prompt.or_else(|| asks_nothing.then(|| PROMPT.to_owned()));
    let conversation = conversation::read(&args.conversation, prompt, &args.overrides)?;
    let env = Env::read();
    let today = args.today.unwrap_or_else(clock::today);
    let explanations: Vec<Explanation> = models
        .iter()
        .map(|model| {
            let mut explained = model.explain(&conversation, &model.plan(&env))?;
            explained.adjustments.extend(model.ending(today));
            Ok(explained)
        })
        .collect::<Result<_, outcrop::Error>>()?;
    match (args.format, name, explanations.as_slice()) {
        (Format::Text, _, []) => render::note("there is no Bedrock model to explain"),
        (Format::Text, _, explanations) => explanation::print(explanations)?,
        (Format::Json, Some(_), [explanation]) => render::print_json(explanation)?,
        (Format::Json, _, explanations) => render::print_json(&explanations)?,
    }
    Ok(ExitCode::SUCCESS)
}
