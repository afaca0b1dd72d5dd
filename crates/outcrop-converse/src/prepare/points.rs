//! Cache points in a request: what is planned, and how it is written among the blocks.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::turns::Turn;
use super::{Adjustments, PrepareError, Settings};
use crate::cache::{self, CachePlace, CachePlan, Fingerprints, OwnPoints, Prompt};
use crate::{CachePoint, CacheTtl, ContentBlock, Members, SystemBlock, Tool, ToolConfig};

/// Plans the cache points of what is about to be written.
pub(super) fn plan(
    turns: &[Turn<'_>],
    system: &[&SystemBlock],
    tools: Option<&ToolConfig>,
    fields: &Members,
    settings: &Settings<'_>,
    adjustments: &mut Adjustments,
) -> Result<CachePlan, PrepareError> {
    let mut prompt = Prompt::with_settings(Fingerprints {
        model: cache::fingerprint(&settings.cache.model),
        thinking: cache::fingerprint(&(fields.get("thinking"), fields.get("output_config"))),
        choice: cache::fingerprint(&(
            tools.and_then(|tools| tools.tool_choice.as_ref()),
            fields.get("tool_choice"),
        )),
    });
    prompt.tools(tools.map_or(&[], |tools| &tools.tools));
    prompt.system(system.iter().copied());
    for turn in turns {
        prompt.turn(turn.role, turn.content.iter().map(AsRef::as_ref));
    }
    cache::plan(prompt, &settings.cache, adjustments)
        .map_err(|(place, problem)| PrepareError::CachePointMisplaced { place, problem })
}

/// What may be a cache point.
pub(super) trait MayBePoint: Serialize {
    /// The cache point that it is.
    fn as_point(&self) -> Option<&CachePoint>;
}

impl MayBePoint for Tool {
    fn as_point(&self) -> Option<&CachePoint> {
        match self {
            Self::CachePoint(point) => Some(point),
            _ => None,
        }
    }
}

impl MayBePoint for &SystemBlock {
    fn as_point(&self) -> Option<&CachePoint> {
        match self {
            SystemBlock::CachePoint(point) => Some(point),
            _ => None,
        }
    }
}

impl MayBePoint for std::borrow::Cow<'_, ContentBlock> {
    fn as_point(&self) -> Option<&CachePoint> {
        match self.as_ref() {
            ContentBlock::CachePoint(point) => Some(point),
            _ => None,
        }
    }
}

/// A list of blocks with the points of a plan.
struct List<'a, T, P> {
    blocks: &'a [T],
    plan: &'a CachePlan,
    place: P,
}

impl<T: MayBePoint, P: Fn(usize) -> CachePlace> Serialize for List<'_, T, P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        let is_planned = self.plan.own == OwnPoints::Drop;
        for (index, block) in self.blocks.iter().enumerate() {
            let place = (self.place)(index);
            match block.as_point() {
                Some(point) => {
                    if let Some(point) = kept(*point, place, self.plan.own) {
                        seq.serialize_element(&Wrapped { cache_point: point })?;
                    }
                }
                None => seq.serialize_element(block)?,
            }
            let mut points = self.plan.points.iter();
            if let Some(point) = points.find(|point| is_planned && point.after == place) {
                let cache_point = CachePoint::lasting(point.ttl);
                seq.serialize_element(&Wrapped { cache_point })?;
            }
        }
        seq.end()
    }
}

/// What is sent of a point that the conversation brings.
fn kept(point: CachePoint, place: CachePlace, own: OwnPoints) -> Option<CachePoint> {
    match own {
        OwnPoints::Drop => None,
        OwnPoints::Keep { among_tools, .. }
            if matches!(place, CachePlace::Tool(_)) && !among_tools =>
        {
            None
        }
        // A model without the hour knows no `ttl` at all.
        OwnPoints::Keep {
            one_hour: false, ..
        } => Some(CachePoint::lasting(CacheTtl::FiveMinutes)),
        OwnPoints::Keep { .. } => Some(point),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Wrapped {
    cache_point: CachePoint,
}

/// `messages`, with their points.
pub(super) struct Messages<'a>(pub(super) &'a [Turn<'a>], pub(super) &'a CachePlan);

impl Serialize for Messages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for (message, turn) in self.0.iter().enumerate() {
            seq.serialize_element(&OneMessage {
                message,
                turn,
                plan: self.1,
            })?;
        }
        seq.end()
    }
}

struct OneMessage<'a> {
    message: usize,
    turn: &'a Turn<'a>,
    plan: &'a CachePlan,
}

impl Serialize for OneMessage<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            message,
            turn,
            plan,
        } = *self;
        let content = List {
            blocks: &turn.content,
            plan,
            place: |block| CachePlace::Message { message, block },
        };
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("role", &turn.role)?;
        map.serialize_entry("content", &content)?;
        map.end()
    }
}

/// Whether anything stands among the points, which do not stand alone.
pub(super) fn has_content(blocks: &[impl MayBePoint]) -> bool {
    blocks.iter().any(|block| block.as_point().is_none())
}

/// `system`, with its points.
pub(super) fn system<'a>(
    blocks: &'a [&'a SystemBlock],
    plan: &'a CachePlan,
) -> impl Serialize + 'a {
    List {
        blocks,
        plan,
        place: CachePlace::System,
    }
}

/// `toolConfig`, with its points.
pub(super) struct Tools<'a>(pub(super) &'a ToolConfig, pub(super) &'a CachePlan);

impl Serialize for Tools<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(config, plan) = *self;
        let tools = List {
            blocks: &config.tools,
            plan,
            place: CachePlace::Tool,
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("tools", &tools)?;
        if let Some(choice) = &config.tool_choice {
            map.serialize_entry("toolChoice", choice)?;
        }
        config.rest.write_into(&mut map)?;
        map.end()
    }
}
