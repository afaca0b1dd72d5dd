//! `Converse` and `ConverseStream`: from the bytes of a request to an answer or a refusal.

use serde_json::Value;

use crate::auth::Caller;
use crate::cache::Scopes;
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
    pub(crate) request: Request<'static>,
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
        caller,
    };
    rules::check(&call)?;
    Ok(call)
}

/// What calls go through once they are accepted.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) playing: Playing,
    pub(crate) caches: Scopes,
    /// The pace of answers for which no script sets one.
    pub(crate) pace: Pace,
}

impl Stage {
    /// What a call gets: what the script says next, or an answer in the emulator's own words.
    ///
    /// A script that cannot be played on this request is refused as well, and goes on with the same
    /// entry.
    pub(crate) fn answer(&self, call: &Call<'_>, streaming: bool) -> Result<Delivery, Refusal> {
        let played = self.playing.next(|entry, number| {
            let delivery = self.play(entry, call, streaming);
            delivery.map_err(|problem| unplayable(number, &problem))
        });
        played.unwrap_or_else(|| {
            let delivery = self.play(&Entry::default(), call, streaming);
            delivery.map_err(|problem| unplayable(0, &problem))
        })
    }

    fn play(&self, entry: &Entry, call: &Call<'_>, streaming: bool) -> Result<Delivery, String> {
        let pace = Pace {
            delta_delay: entry.pace.delta_delay.or(self.pace.delta_delay),
            ..entry.pace
        };
        let mut cached = None;
        let reply = match &entry.does {
            Does::Answer {
                blocks,
                stop,
                usage,
                fault,
            } => {
                let ticket = self.caches.look_up(call, entry.wait);
                let counted = ticket.usage();
                cached = Some(ticket);
                let answer = script::answer(call, counted, blocks.as_deref(), *stop, *usage)?;
                deliver(&answer, streaming, &pace, fault.as_ref())?
            }
            Does::Refuse(refusal) => Reply::Refusal(refusal.clone()),
            Does::Html { status, body } => Reply::Html {
                status: *status,
                body: body.clone(),
            },
        };
        self.caches.advance(entry.wait);
        Ok(Delivery {
            head_delay: pace.head_delay,
            cached,
            reply,
        })
    }
}

/// The emulator's own refusal, which no service gives.
fn unplayable(number: usize, problem: &str) -> Refusal {
    Refusal::new(
        400,
        "EmulatorScriptException",
        format!("Entry {number} of the emulator's script cannot be played: {problem}."),
    )
}

fn read(model_id: &str, body: &[u8], streaming: bool) -> Result<Request<'static>, Refusal> {
    // An SDK sends no body at all when no member of it is set.
    let body: Value = if body.is_empty() {
        Value::Object(serde_json::Map::new())
    } else {
        serde_json::from_slice(body)
            .map_err(|error| Refusal::unreadable(format!("The body is not JSON: {error}")))?
    };
    shapes::check(model_id, &body, streaming)?;
    Ok(Request::from(body))
}
