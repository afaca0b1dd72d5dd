//! Cache points: where they may stand, how many, and how long they last.
//!
//! Source, unless a rule names another: Bedrock user guide, "Prompt caching".

use serde_json::Value;

use super::Verdict;
use crate::converse::Call;
use crate::models::{Cache, Family};
use crate::refusal::Refusal;
use crate::request::{Block, text};

/// How many cache points a request may have.
const POINTS: usize = 4;

/// A cache point and what stands before it.
struct Point<'a> {
    /// Where its list is: `tools`, `system` or `messages.0.content`.
    list: String,
    index: usize,
    value: &'a Value,
    previous: Option<Block<'a>>,
}

impl Point<'_> {
    fn place(&self) -> String {
        format!("{}.{}", self.list, self.index)
    }
}

/// All cache points, in the order in which the prompt is made: tools, system, messages.
fn points<'a>(call: &'a Call<'_>) -> Vec<Point<'a>> {
    let mut points = Vec::new();
    collect(call.request.tools(), "tools", &mut points);
    collect(call.request.system(), "system", &mut points);
    for message in call.request.messages() {
        let list = format!("messages.{}.content", message.index);
        collect(message.blocks(), &list, &mut points);
    }
    points
}

fn collect<'a>(blocks: impl Iterator<Item = Block<'a>>, list: &str, points: &mut Vec<Point<'a>>) {
    let mut previous = None;
    for block in blocks {
        if block.kind == "cachePoint" {
            points.push(Point {
                list: list.to_owned(),
                index: block.index,
                value: block.value,
                previous,
            });
        }
        previous = Some(block);
    }
}

fn kind_of(call: &Call<'_>) -> Option<Cache> {
    call.target.model().map(|model| model.cache)
}

/// Models that cannot cache deny the request, or do not know the field (reported error texts).
pub(super) fn is_supported(call: &Call<'_>) -> Verdict {
    if points(call).is_empty() {
        return Ok(());
    }
    match kind_of(call) {
        Some(Cache::Unsupported) => Err(Refusal::new(
            403,
            "AccessDeniedException",
            "You invoked an unsupported model or your request did not allow prompt caching. See \
             the documentation for more information.",
        )),
        Some(Cache::NoField) => Err(Refusal::unsupported_field("cachePoint")),
        Some(Cache::Points { .. }) | None => Ok(()),
    }
}

/// Nova does not cache tools (reported error text).
pub(super) fn tools_may_have_points(call: &Call<'_>) -> Verdict {
    let Some(Cache::Points { tools: false, .. }) = kind_of(call) else {
        return Ok(());
    };
    match call.request.tools().find(|it| it.kind == "cachePoint") {
        None => Ok(()),
        Some(tool) => Err(Refusal::validation(format!(
            "Malformed input request: #/toolConfig/tools/{}: extraneous key [cachePoint] is not \
             permitted, please reformat your input and try again.",
            tool.index
        ))),
    }
}

/// A cache point follows something of its own list, be it the tools, the system prompt or a message
/// (reported error text; what stands in another list does not count, as public measurements have
/// found). In a message that is a block that can be cached: not reasoning (reported error text), not
/// a video, not a document that is no PDF (found by the authors of open-source clients), and in no
/// list another cache point. The wording of these is the emulator's.
pub(super) fn points_follow_something(call: &Call<'_>) -> Verdict {
    for point in points(call) {
        let problem = match point.previous.map(|block| (block.kind, block)) {
            None => return Err(invalid_point("There is nothing available to cache.")),
            Some(("cachePoint", _)) => "directly follows another cachePoint",
            Some(("video", _)) => "directly follows a video",
            Some(("document", block)) if block.text("format") != "pdf" => {
                "directly follows a document that is not a PDF"
            }
            Some(("reasoningContent", _)) => {
                return Err(invalid_point(
                    "Cache point cannot be inserted after reasoning block.",
                ));
            }
            _ => continue,
        };
        return Err(Refusal::validation(format!(
            "The cachePoint at {} {problem}. Move or remove the cachePoint and try again.",
            point.place()
        )));
    }
    Ok(())
}

/// The form in which the service refuses a point where it stands.
fn invalid_point(problem: &str) -> Refusal {
    Refusal::validation(format!(
        "{problem} Please remove the invalid cache point and try again."
    ))
}

/// Models before Claude 4.5, and Nova, do not know `ttl` at all (AWS announcement of the one-hour
/// lifetime; open-source clients leave the member out for them). The wording follows the vendor's
/// own for unknown members.
pub(super) fn lifetimes_are_known(call: &Call<'_>) -> Verdict {
    let (Some(Cache::Points { ttl: false, .. }), Some(model)) =
        (kind_of(call), call.target.model())
    else {
        return Ok(());
    };
    let has_ttl = |point: &Point<'_>| !text(point.value.get("ttl")).is_empty();
    let Some(point) = points(call).into_iter().find(has_ttl) else {
        return Ok(());
    };
    Err(match model.family {
        Family::Claude(_) => Refusal::from_model(format!(
            "{}.cache_control.ephemeral.ttl: Extra inputs are not permitted",
            point.place()
        )),
        Family::Other(_) => Refusal::validation(format!(
            "Malformed input request: #/{}/cachePoint: extraneous key [ttl] is not permitted, \
             please reformat your input and try again.",
            point.place().replace('.', "/")
        )),
    })
}

/// An hour comes before five minutes, which is also what a point without `ttl` means (reported
/// error text).
pub(super) fn longer_lifetimes_come_first(call: &Call<'_>) -> Verdict {
    let mut seen_short = false;
    for point in points(call) {
        match text(point.value.get("ttl")) {
            "1h" if seen_short => {
                return Err(Refusal::from_model(format!(
                    "{}.cache_control.ttl: a ttl='1h' cache_control block must not come after a \
                     ttl='5m' cache_control block. Note that blocks are processed in the following \
                     order: tools, system, messages.",
                    point.place()
                )));
            }
            "1h" => {}
            _ => seen_short = true,
        }
    }
    Ok(())
}

/// At most four cache points (reported error text).
pub(super) fn points_are_few(call: &Call<'_>) -> Verdict {
    let count = points(call).len();
    if count <= POINTS {
        return Ok(());
    }
    Err(Refusal::from_model(format!(
        "A maximum of {POINTS} blocks with cache_control may be provided. Found {count}."
    )))
}
