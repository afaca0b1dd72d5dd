//! One pass over the events of the first document, within bounds.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::about_text;
use super::index::{Content, Index, NodeId, Pair};
use super::offsets::Offsets;
use super::syntax;
use crate::diagnostic::Code;
use crate::findings::{Finding, Findings};

/// How deep collections may nest, aliases included. A configuration needs about six levels.
const DEEPEST: usize = 64;

/// How much the document may expand to, in bytes of text and [`NODE`] for every node. Aliases count
/// as what they stand for.
const HEAVIEST: usize = 64 << 20;

/// About what a node costs in memory beside its text.
pub(super) const NODE: usize = 64;

/// The nodes of the first document of `text`. A syntax error or a broken bound ends the pass and
/// leaves none.
pub(super) fn index<'a>(text: &'a str, findings: &mut Findings) -> Option<Index<'a>> {
    let offsets = Offsets::new(text);
    let mut pass = Pass::default();
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok((event, span)) => {
                pass.line = span.start.line();
                let bytes = offsets.byte(span.start.index())..offsets.byte(span.end.index());
                let bytes = without_what_follows(text, bytes, &event);
                (event, bytes)
            }
            Err(error) => {
                let at = offsets.byte(error.marker().index());
                findings.push(syntax::refused(error.info(), at, text, &pass.open_spans()));
                return None;
            }
        };
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
            if documents > 1 {
                findings.push(second_document(span));
                break;
            }
        }
        if let Err(refused) = pass.take(event, span, findings) {
            findings.push(refused);
            return None;
        }
    }
    Some(pass.index)
}

/// The state between two events.
#[derive(Default)]
struct Pass<'a> {
    index: Index<'a>,
    /// The line of the event at hand.
    line: usize,
    /// The collections that are open, outermost first.
    open: Vec<Open>,
    /// What every finished anchor stands for.
    anchors: HashMap<usize, Anchor>,
    /// What the nodes so far weigh, aliases expanded.
    weight: usize,
    aliases: usize,
}

struct Open {
    node: NodeId,
    /// The anchor to define when it closes; 0 for none.
    anchor: usize,
    weight_before: usize,
    /// How many levels there are below this one so far.
    height: usize,
    /// The key that waits for its value.
    key: Option<NodeId>,
    end: usize,
}

#[derive(Clone, Copy)]
struct Anchor {
    node: NodeId,
    weight: usize,
    height: usize,
}

type Taken = Result<(), Finding>;

impl<'a> Pass<'a> {
    fn take(&mut self, event: Event<'a>, span: Range<usize>, findings: &mut Findings) -> Taken {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let weight = NODE + text.len();
                let content = Content::Scalar {
                    text,
                    plain: style == ScalarStyle::Plain,
                    tag: tag.map(tag_name),
                };
                let node = self.add(content, span, weight, findings)?;
                self.define(anchor, node, weight, 0);
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, span, findings),
            Event::SequenceStart(anchor, tag) => {
                let (items, tag) = (Vec::new(), tag.map(tag_name));
                self.open(Content::Sequence { items, tag }, anchor, span, findings)
            }
            Event::MappingStart(anchor, tag) => {
                let content = Content::Mapping {
                    pairs: Vec::new(),
                    positions: HashMap::new(),
                    tag: tag.map(tag_name),
                };
                self.open(content, anchor, span, findings)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(span);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Where the collections that are open begin, outermost first.
    fn open_spans(&self) -> Vec<usize> {
        let spans = self.open.iter().map(|open| self.index.span(open.node));
        spans.map(|span| span.start).collect()
    }

    /// Adds a node to the collection that is open.
    fn add(
        &mut self,
        content: Content<'a>,
        span: Range<usize>,
        weight: usize,
        findings: &mut Findings,
    ) -> Result<NodeId, Finding> {
        self.weight = self.weight.saturating_add(weight);
        if self.weight > HEAVIEST {
            return Err(self.too_heavy(span));
        }
        let parent = self.open.last().map(|open| open.node);
        let key = self.open.last_mut().and_then(|open| open.key.take());
        let end = span.end;
        let node = self.index.add(parent, key, content, span, self.line);
        if let Some(open) = self.open.last_mut() {
            open.end = open.end.max(end);
            if self.index.is_mapping(open.node) {
                match key {
                    None => open.key = Some(node),
                    Some(key) => self.pair(Pair { key, value: node }, findings),
                }
            }
        }
        Ok(node)
    }

    fn pair(&mut self, pair: Pair, findings: &mut Findings) {
        if let Some(first) = self.index.add_pair(pair) {
            findings.push(self.duplicate(first, pair.key));
        }
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>, findings: &mut Findings) -> Taken {
        self.aliases += 1;
        let Some(&Anchor {
            node,
            weight,
            height,
        }) = self.anchors.get(&anchor)
        else {
            let message = "the alias stands inside the very value it stands for".to_owned();
            return Err(about_text(Code::YamlSyntax, span, message));
        };
        if self.open.len() + height > DEEPEST {
            return Err(too_deep(span));
        }
        self.add(Content::Alias(node), span, weight, findings)?;
        self.grow(height);
        Ok(())
    }

    fn open(
        &mut self,
        content: Content<'a>,
        anchor: usize,
        span: Range<usize>,
        findings: &mut Findings,
    ) -> Taken {
        if self.open.len() >= DEEPEST {
            return Err(too_deep(span));
        }
        let weight_before = self.weight;
        let end = span.end;
        let node = self.add(content, span, NODE, findings)?;
        self.open.push(Open {
            node,
            anchor,
            weight_before,
            height: 1,
            key: None,
            end,
        });
        Ok(())
    }

    fn close(&mut self, span: Range<usize>) {
        let Some(closed) = self.open.pop() else {
            return;
        };
        // The end of a block is only noticed at the next token, that of `]` and `}` at once.
        let end = if span.is_empty() {
            closed.end
        } else {
            span.end
        };
        self.index.end(closed.node, end);
        if let Some(outer) = self.open.last_mut() {
            outer.end = outer.end.max(end);
        }
        let weight = self.weight - closed.weight_before;
        self.define(closed.anchor, closed.node, weight, closed.height);
        self.grow(closed.height);
    }

    /// Notes what an anchor stands for, once all of it is known.
    fn define(&mut self, anchor: usize, node: NodeId, weight: usize, height: usize) {
        if anchor != 0 {
            let defined = Anchor {
                node,
                weight,
                height,
            };
            self.anchors.insert(anchor, defined);
        }
    }

    fn grow(&mut self, height: usize) {
        if let Some(open) = self.open.last_mut() {
            open.height = open.height.max(height + 1);
        }
    }

    fn duplicate(&self, first: NodeId, second: NodeId) -> Finding {
        let name = self.index.text(second).map_or("", |name| name);
        let line = self.index.line(first);
        let help = match name {
            "<<" => "merge several maps with one key: `<<: [*a, *b]`",
            _ => "remove one of the two",
        };
        Finding {
            code: Code::YamlDuplicateKey,
            path: self.index.path(second),
            span: self.index.span(second),
            message: format!("the key `{name}` stands twice; the first is in line {line}"),
            help: Some(help.to_owned()),
        }
    }

    fn too_heavy(&self, span: Range<usize>) -> Finding {
        let (code, what) = if self.aliases > 0 {
            (Code::YamlTooManyAliases, "its aliases expanded, the file")
        } else {
            (Code::YamlTooLarge, "all its values in memory, the file")
        };
        let message = format!("with {what} takes more than {} MiB", HEAVIEST >> 20);
        about_text(code, span, message)
    }
}

pub(super) fn too_deep(span: Range<usize>) -> Finding {
    let message = format!("maps and lists nest more than {DEEPEST} levels deep");
    about_text(Code::YamlTooDeep, span, message)
}

/// The span of a quoted scalar, which the parser lets reach over the comment behind it.
fn without_what_follows(text: &str, span: Range<usize>, event: &Event<'_>) -> Range<usize> {
    let quote = match event {
        Event::Scalar(_, ScalarStyle::SingleQuoted, ..) => '\'',
        Event::Scalar(_, ScalarStyle::DoubleQuoted, ..) => '"',
        _ => return span,
    };
    let written = text.get(span.clone()).unwrap_or_default();
    let mut characters = written.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        let is_escape = quote == '"' && character == '\\';
        let is_doubled = quote == '\''
            && character == quote
            && characters.peek().is_some_and(|(_, next)| *next == quote);
        if is_escape || is_doubled {
            characters.next();
        } else if character == quote {
            return span.start..span.start + at + 1;
        }
    }
    span
}

fn second_document(span: Range<usize>) -> Finding {
    let message = "a second YAML document starts here; only the first one is read".to_owned();
    let mut finding = about_text(Code::YamlSecondDocument, span, message);
    finding.help = Some("put every model under the first document's `models`".to_owned());
    finding
}

fn tag_name(tag: Cow<'_, Tag>) -> String {
    format!("{}{}", tag.handle, tag.suffix)
}
