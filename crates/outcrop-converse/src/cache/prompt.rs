//! The prompt as the cache sees it: one list of blocks (tools, then the system prompt, then the
//! messages), each with what it weighs and a fingerprint to know it by.

use std::fmt;

use serde::Serialize;

use super::estimate;
use super::fingerprint::{measure, mix, of_text};
use super::{CachePoint, CacheTtl};
use crate::attachment::DocumentFormat;
use crate::{ContentBlock, Role, SystemBlock, Tool, ToolResult, ToolResultBlock};

/// A prompt, without the cache points in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Prompt {
    pub(super) blocks: Vec<Block>,
    /// How many blocks are tools.
    pub(super) tools_end: usize,
    /// How many blocks are tools or system prompt.
    pub(super) system_end: usize,
    pub(super) turns: Vec<Span>,
    pub(super) tool_names: Vec<Box<str>>,
    /// What was there of cache points already.
    pub(super) own: Vec<OwnPoint>,
    /// What else the cached prefix depends on.
    pub(super) settings: Fingerprints,
}

/// One block of a prompt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Block {
    /// Its tokens, uncorrected.
    pub(super) tokens: u32,
    /// How many of them are a guess that its bytes do not bear out, as of a video.
    pub(super) guessed: u32,
    /// Its length and checksum, and where it is the first of its message, also the role.
    pub(super) print: u64,
    /// Where it stands in its list, cache points counted.
    index: u32,
    /// Whether a cache point may follow it.
    pub(super) ends: Ends,
}

/// Whether a cache point may follow a block inside a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ends {
    /// It may.
    Legally,
    /// Not after reasoning (extended thinking guide).
    Reasoning,
    /// Not after a video or a document that is no PDF (found by the authors of open-source
    /// clients).
    Attachment,
    /// A block that is not known here: who knows.
    Unknown,
}

/// The blocks of one message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) role: Role,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A cache point that the conversation brings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OwnPoint {
    /// After how many blocks it stands.
    pub(super) at: usize,
    /// Itself.
    pub(super) place: CachePlace,
    pub(super) ttl: CacheTtl,
    /// What is wrong with where it stands.
    pub(super) problem: Option<Misplaced>,
}

/// What a prefix depends on beside its blocks.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Fingerprints {
    /// The model; another one shares nothing.
    pub(crate) model: u64,
    /// The thinking parameters; a change drops what is cached of the messages.
    pub(crate) thinking: u64,
    /// The tool choice; likewise.
    pub(crate) choice: u64,
}

/// A place in a request, as a path in its body.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CachePlace {
    /// An entry of `toolConfig.tools`.
    Tool(usize),
    /// A block of `system`.
    System(usize),
    /// A block of a message.
    Message {
        /// The message, among those that are sent.
        message: usize,
        /// The block.
        block: usize,
    },
}

impl fmt::Display for CachePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tool(index) => write!(f, "toolConfig.tools[{index}]"),
            Self::System(index) => write!(f, "system[{index}]"),
            Self::Message { message, block } => write!(f, "messages[{message}].content[{block}]"),
        }
    }
}

impl Serialize for CachePlace {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a cache point cannot stand where it does.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Misplaced {
    /// Nothing stands before it in its list: the tools, the system prompt or its message. What
    /// stands in another list does not help (public measurements against the service, whose text is
    /// "There is nothing available to cache").
    First,
    /// Another cache point stands right before it.
    BesideAnother,
    /// Reasoning stands right before it.
    AfterReasoning,
    /// A video, or a document that is no PDF, stands right before it.
    AfterAttachment,
    /// An hour is asked for after five minutes.
    LongerAfterShorter,
    /// Four stand before it, and a request may have no more.
    Fifth,
}

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::First => "has nothing before it in its list",
            Self::BesideAnother => "stands right after another one",
            Self::AfterReasoning => "stands right after reasoning",
            Self::AfterAttachment => "stands right after a video or a document that is no PDF",
            Self::Fifth => "is the fifth, and a request may have four",
            Self::LongerAfterShorter => "lasts an hour after one that lasts five minutes",
        })
    }
}

impl Prompt {
    /// A prompt without any blocks yet.
    pub(crate) fn with_settings(settings: Fingerprints) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// Adds the tools, which come first.
    pub(crate) fn tools(&mut self, tools: &[Tool]) {
        let mut list = List::new(self, CachePlace::Tool, false);
        for tool in tools {
            match tool {
                Tool::CachePoint(point) => list.point(point),
                Tool::Spec(spec) => {
                    let name = spec.name.as_str().into();
                    list.json(tool, Ends::Legally);
                    list.prompt.tool_names.push(name);
                }
                tool @ Tool::Other(name, _) => {
                    let name = name.as_str().into();
                    list.json(tool, Ends::Legally);
                    list.prompt.tool_names.push(name);
                }
            }
        }
        self.tools_end = self.blocks.len();
        self.system_end = self.tools_end;
    }

    /// Adds the system prompt, which comes next.
    pub(crate) fn system<'a>(&mut self, blocks: impl IntoIterator<Item = &'a SystemBlock>) {
        let mut list = List::new(self, CachePlace::System, false);
        for block in blocks {
            match block {
                SystemBlock::CachePoint(point) => list.point(point),
                SystemBlock::Text(text) => list.text(text),
                block => list.json(block, Ends::Legally),
            }
        }
        self.system_end = self.blocks.len();
    }

    /// Adds a message. Without its cache points it may be empty, which a cache point that stands
    /// first has as its problem.
    pub(crate) fn turn<'a>(
        &mut self,
        role: Role,
        blocks: impl IntoIterator<Item = &'a ContentBlock>,
    ) {
        let (start, message) = (self.blocks.len(), self.turns.len());
        let place = |block| CachePlace::Message { message, block };
        let mut list = List::new(self, place, true);
        for block in blocks {
            match block {
                ContentBlock::CachePoint(point) => list.point(point),
                ContentBlock::Text(text) => list.text(text),
                ContentBlock::Reasoning(_) => list.json(block, Ends::Reasoning),
                ContentBlock::ToolUse(_) => list.json(block, Ends::Legally),
                ContentBlock::ToolResult(result) => list.result(block, result),
                ContentBlock::Image(_) => list.guess(block, estimate::image(), Ends::Legally),
                ContentBlock::Document(document) => {
                    let ends = match document.format {
                        Some(DocumentFormat::Pdf) => Ends::Legally,
                        _ => Ends::Attachment,
                    };
                    let tokens = estimate::document(document);
                    if estimate::is_guess(document) {
                        list.guess(block, tokens, ends);
                    } else {
                        list.block((tokens, 0), measure(block).1, ends);
                    }
                }
                ContentBlock::Video(_) => {
                    list.guess(block, estimate::video(), Ends::Attachment);
                }
                ContentBlock::Citations(_) => list.json(block, Ends::Legally),
                ContentBlock::Other(..) => list.json(block, Ends::Unknown),
            }
        }
        let end = self.blocks.len();
        // The same text in another message, or of another role, is not the same prompt.
        if let Some(first) = self.blocks.get_mut(start) {
            first.print = mix(first.print, of_text(role.as_str()));
        }
        self.turns.push(Span { role, start, end });
    }

    /// Where the block stands that is followed by a point at `at`.
    pub(super) fn place(&self, at: usize) -> CachePlace {
        let block = at.saturating_sub(1);
        let index = self.blocks.get(block).map_or(0, |it| it.index as usize);
        if block < self.tools_end {
            CachePlace::Tool(index)
        } else if block < self.system_end {
            CachePlace::System(index)
        } else {
            let message = self.turns.partition_point(|turn| turn.end <= block);
            CachePlace::Message {
                message,
                block: index,
            }
        }
    }

    /// Tokens of the whole, uncorrected.
    pub(super) fn tokens(&self) -> u64 {
        self.tokens_until(self.blocks.len())
    }

    /// How many of them are guesses.
    pub(super) fn guessed(&self) -> u64 {
        self.blocks.iter().map(|it| u64::from(it.guessed)).sum()
    }

    /// Tokens of the first `at` blocks, uncorrected.
    pub(super) fn tokens_until(&self, at: usize) -> u64 {
        let blocks = self.blocks.iter().take(at);
        blocks.map(|it| u64::from(it.tokens)).sum()
    }
}

/// One list of a request that is being read.
struct List<'p, P> {
    prompt: &'p mut Prompt,
    place: P,
    is_message: bool,
    index: u32,
    after: After,
}

/// What stands right before, in the same list.
#[derive(Clone, Copy, Eq, PartialEq)]
enum After {
    Nothing,
    Point,
    Block(Ends),
}

impl<'p, P: Fn(usize) -> CachePlace> List<'p, P> {
    fn new(prompt: &'p mut Prompt, place: P, is_message: bool) -> Self {
        Self {
            prompt,
            place,
            is_message,
            index: 0,
            after: After::Nothing,
        }
    }

    fn block(&mut self, (tokens, guessed): (u32, u32), print: u64, ends: Ends) {
        self.prompt.blocks.push(Block {
            tokens,
            guessed,
            print,
            index: self.index,
            ends,
        });
        self.index += 1;
        self.after = After::Block(ends);
    }

    fn text(&mut self, text: &str) {
        let tokens = estimate::text(text.len() as u64);
        self.block((tokens, 0), of_text(text), Ends::Legally);
    }

    fn json(&mut self, value: &impl Serialize, ends: Ends) {
        let (bytes, print) = measure(value);
        self.block((estimate::text(bytes), 0), print, ends);
    }

    fn guess(&mut self, block: &ContentBlock, tokens: u32, ends: Ends) {
        self.block((tokens, tokens), measure(block).1, ends);
    }

    fn result(&mut self, block: &ContentBlock, result: &ToolResult) {
        let (bytes, print) = measure(block);
        // What is attached weighs other than its bytes.
        let (mut attached, mut guessed) = ((0_u64, 0_u32), 0_u32);
        for inner in &result.content {
            let tokens = match inner {
                ToolResultBlock::Image(_) => estimate::image(),
                ToolResultBlock::Document(document) => estimate::document(document),
                ToolResultBlock::Video(_) => estimate::video(),
                _ => continue,
            };
            attached.0 += measure(inner).0;
            attached.1 = attached.1.saturating_add(tokens);
            if !matches!(inner, ToolResultBlock::Document(it) if !estimate::is_guess(it)) {
                guessed = guessed.saturating_add(tokens);
            }
        }
        let text = estimate::text(bytes.saturating_sub(attached.0));
        let tokens = text.saturating_add(attached.1);
        self.block((tokens, guessed), print, Ends::Legally);
    }

    fn point(&mut self, point: &CachePoint) {
        let ttl = point.lifetime();
        let shorter = |it: &OwnPoint| it.ttl < ttl;
        let problem = match self.after {
            After::Nothing => Some(Misplaced::First),
            After::Point => Some(Misplaced::BesideAnother),
            After::Block(Ends::Reasoning) if self.is_message => Some(Misplaced::AfterReasoning),
            After::Block(Ends::Attachment) if self.is_message => Some(Misplaced::AfterAttachment),
            _ if self.prompt.own.iter().any(shorter) => Some(Misplaced::LongerAfterShorter),
            _ => None,
        };
        self.prompt.own.push(OwnPoint {
            at: self.prompt.blocks.len(),
            place: (self.place)(self.index as usize),
            ttl,
            problem,
        });
        self.index += 1;
        self.after = After::Point;
    }
}
