//! `Converse` and `ConverseStream`: from the bytes of a request to an answer or a refusal.

use serde_json::Value;

use crate::answer::{self, Answer};
use crate::auth::Caller;
use crate::emulator::EmulatorConfig;
use crate::identifier::{self, Target};
use crate::refusal::Refusal;
use crate::request::Request;
use crate::route::Service;
use crate::thinking::Thinking;
use crate::{rules, shapes};

/// A request whose sender, shape and model are known: what the rules and the answer read.
pub(crate) struct Call<'a> {
    /// The identifier as the caller wrote it.
    pub(crate) model_id: &'a str,
    pub(crate) target: Target,
    pub(crate) thinking: Thinking,
    pub(crate) request: Request,
    pub(crate) body_size: usize,
    pub(crate) caller: &'a Caller,
}

impl Call<'_> {
    /// Whether the last message brings results of tools.
    pub(crate) fn follows_tool_results(&self) -> bool {
        self.request
            .messages()
            .next_back()
            .is_some_and(|message| message.has("toolResult"))
    }
}

/// Answers a request, or refuses it in the order in which the service does: who it is from, what
/// it is made of, which model it names, and what that model accepts.
pub(crate) fn answer(
    config: &EmulatorConfig,
    caller: &Caller,
    model_id: &str,
    body: &[u8],
    streaming: bool,
) -> Result<Answer, Refusal> {
    caller
        .verdict
        .as_ref()
        .map_err(|failure| failure.refusal(Service::Bedrock))?;
    let request = read(model_id, body, streaming)?;
    let target = identifier::resolve(
        model_id,
        caller.region.as_deref(),
        &config.known_arns,
        config.refuse_retired,
    )?;
    let call = Call {
        model_id,
        target,
        thinking: Thinking::of(&request, target.model()),
        request,
        body_size: body.len(),
        caller,
    };
    rules::check(&call)?;
    Ok(answer::compose(&call))
}

fn read(model_id: &str, body: &[u8], streaming: bool) -> Result<Request, Refusal> {
    // An SDK sends no body at all when no member of it is set.
    let body: Value = if body.is_empty() {
        Value::Object(serde_json::Map::new())
    } else {
        serde_json::from_slice(body)
            .map_err(|error| Refusal::unreadable(format!("The body is not JSON: {error}")))?
    };
    shapes::check(model_id, &body, streaming)?;
    Ok(Request::new(body))
}
