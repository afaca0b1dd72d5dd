//! A request as the cache sees it: a row of blocks, each with the identity of the prefix that it
//! ends, and the cache points between them. One pass over the request, nothing copied.

use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::time::Duration;

use serde_json::{Value, json};

use super::estimate;
use crate::request::{Block, Request, text};

/// How long a prefix is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lifetime {
    FiveMinutes,
    Hour,
}

impl Lifetime {
    pub(super) fn duration(self) -> Duration {
        match self {
            Self::FiveMinutes => Duration::from_secs(300),
            Self::Hour => Duration::from_secs(3_600),
        }
    }
}

/// The prompt of a request.
#[derive(Debug, Default)]
pub(super) struct Prompt {
    /// The prefixes that end with each block, shortest first.
    prefixes: Vec<Prefix>,
    pub(super) points: Vec<Point>,
}

/// What a prefix is known by, and its tokens from the start of the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prefix {
    /// Equal for prefixes that are cached as one. It says nothing across versions of this crate.
    pub identity: u64,
    /// Its tokens, as the simulator counts them.
    pub tokens: u64,
}

/// A cache point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// How many blocks stand before it.
    pub(super) blocks: usize,
    pub(super) lifetime: Lifetime,
}

impl Prompt {
    pub(super) fn of(request: &Request) -> Self {
        let mut reading = Reading::default();
        for block in request.tools() {
            reading.block(block);
        }
        reading.section("system");
        for block in request.system() {
            reading.block(block);
        }
        reading.section("messages");
        for parameter in parameters(request) {
            reading.value(parameter);
        }
        for message in request.messages() {
            reading.section(message.role);
            for block in message.blocks() {
                reading.block(block);
            }
        }
        reading.prompt
    }

    /// The prefixes, shortest first.
    pub(super) fn into_prefixes(self) -> Vec<Prefix> {
        self.prefixes
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.prefixes.len()
    }

    /// The prefix of so many blocks, at least one.
    pub(super) fn prefix(&self, blocks: usize) -> Prefix {
        self.prefixes[blocks - 1]
    }

    /// The tokens of so many blocks.
    pub(super) fn tokens(&self, blocks: usize) -> u64 {
        match blocks {
            0 => 0,
            _ => self.prefix(blocks).tokens,
        }
    }
}

/// What changes the prefix from the messages on: the tool choice and the thinking parameter, under
/// each name that models have for them. A choice of `auto` is no choice.
fn parameters<'a>(request: &'a Request<'_>) -> [Option<&'a Value>; 4] {
    let choice = request.get(&["toolConfig", "toolChoice"]);
    let field = request.field("tool_choice");
    [
        choice.filter(|choice| choice.get("auto").is_none_or(Value::is_null)),
        field.filter(|choice| **choice != json!({ "type": "auto" })),
        request.field("thinking"),
        request.field("reasoningConfig"),
    ]
}

/// A prompt that is being read.
#[derive(Default)]
struct Reading {
    hasher: DefaultHasher,
    tokens: u64,
    prompt: Prompt,
}

impl Reading {
    /// What comes now is of another part of the request, or by another speaker.
    fn section(&mut self, name: &str) {
        self.hasher.write(name.as_bytes());
        self.end();
    }

    fn value(&mut self, value: Option<&Value>) {
        if let Some(value) = value {
            self.json(value);
        }
        self.end();
    }

    fn block(&mut self, block: Block<'_>) {
        if block.kind == "cachePoint" {
            self.prompt.points.push(Point {
                blocks: self.prompt.len(),
                lifetime: match text(block.value.get("ttl")) {
                    "1h" => Lifetime::Hour,
                    _ => Lifetime::FiveMinutes,
                },
            });
            return;
        }
        self.hasher.write(block.kind.as_bytes());
        self.end();
        let characters = match block.value {
            Value::String(text) => {
                self.hasher.write(text.as_bytes());
                0
            }
            value => self.json(value),
        };
        self.end();
        self.tokens += estimate::tokens(block, characters);
        self.prompt.prefixes.push(Prefix {
            identity: self.hasher.clone().finish(),
            tokens: self.tokens,
        });
    }

    /// Takes JSON in, and gives back how many characters it has.
    fn json(&mut self, value: &Value) -> usize {
        let mut sink = Sink {
            hasher: &mut self.hasher,
            characters: 0,
        };
        // Writing to a hasher cannot fail, and a `Value` can always be written.
        let _ = serde_json::to_writer(&mut sink, value);
        sink.characters
    }

    /// Separates: no UTF-8 has this byte.
    fn end(&mut self) {
        self.hasher.write_u8(0xff);
    }
}

/// Hashes what is written to it.
struct Sink<'a> {
    hasher: &'a mut DefaultHasher,
    characters: usize,
}

impl io::Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hasher.write(bytes);
        let starts = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80);
        self.characters += starts.count();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
