//! `Converse` and `ConverseStream`: from the bytes of a request to an answer or a refusal.

use serde_json::Value;

use crate::answer;
use crate::auth::Caller;
use crate::delivery::{Delivery, Reply, deliver};
use crate::emulator::EmulatorConfig;
use crate::identifier::{self, Target};
use crate::refusal::Refusal;
use crate::request::Request;
use crate::route::Service;
use crate::script::{self, Does, Entry, Pace, Playing};
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

/// Checks a request, or refuses it in the order in which the service does: who it is from, what it
/// is made of, which model it names, and what that model accepts.
pub(crate) fn check<'a>(
    config: &EmulatorConfig,
    caller: &'a Caller,
    model_id: &'a str,
    body: &[u8],
    streaming: bool,
) -> Result<Call<'a>, Refusal> {
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
    Ok(call)
}

/// What a call gets: what the script says next, or an answer in the emulator's own words.
///
/// A script that cannot be played on this request is refused as well, and goes on with the same
/// entry.
pub(crate) fn answer(
    config: &EmulatorConfig,
    playing: &Playing,
    call: &Call<'_>,
    streaming: bool,
) -> Result<Delivery, Refusal> {
    let own = Pace {
        delta_delay: Some(config.delta_delay),
        ..Pace::default()
    };
    let played = playing.next(|entry, number| {
        play(entry, own, call, streaming).map_err(|problem| unplayable(number, &problem))
    });
    played.unwrap_or_else(|| {
        let reply = deliver(&answer::compose(call), streaming, &own, None);
        Ok(Delivery {
            head_delay: own.head_delay,
            reply: reply.map_err(|problem| unplayable(0, &problem))?,
        })
    })
}

fn play(entry: &Entry, own: Pace, call: &Call<'_>, streaming: bool) -> Result<Delivery, String> {
    let pace = Pace {
        delta_delay: entry.pace.delta_delay.or(own.delta_delay),
        ..entry.pace
    };
    let reply = match &entry.does {
        Does::Answer {
            blocks,
            stop,
            usage,
            fault,
        } => {
            let answer = script::answer(call, blocks.as_deref(), *stop, *usage)?;
            deliver(&answer, streaming, &pace, fault.as_ref())?
        }
        Does::Refuse(refusal) => Reply::Refusal(refusal.clone()),
        Does::Html { status, body } => Reply::Html {
            status: *status,
            body: body.clone(),
        },
    };
    Ok(Delivery {
        head_delay: pace.head_delay,
        reply,
    })
}

/// The emulator's own refusal, which no service gives.
fn unplayable(number: usize, problem: &str) -> Refusal {
    Refusal::new(
        400,
        "EmulatorScriptException",
        format!("Entry {number} of the emulator's script cannot be played: {problem}."),
    )
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
