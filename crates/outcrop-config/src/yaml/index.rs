//! Every node of a document, and where it stands.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use serde_yaml::Value;

use crate::path;

/// The nodes of one document. An alias is a node of its own that points at its anchor.
#[derive(Default)]
pub(crate) struct Index<'a> {
    nodes: Vec<Node<'a>>,
}

/// A node of one [`Index`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct NodeId(usize);

impl NodeId {
    /// A key that is no text, as a composed mapping has it: no two are the same key.
    pub(super) fn as_odd_key(self) -> Value {
        Value::from(self.0)
    }
}

struct Node<'a> {
    /// The bytes of the text from the node's start to its end.
    span: Range<usize>,
    /// The line where it starts, from 1.
    line: usize,
    place: Place,
    content: Content<'a>,
}

/// What leads from a collection to a node inside it.
#[derive(Clone, Copy)]
enum Place {
    Root,
    /// A key of the mapping `parent`, or its value.
    Key {
        parent: NodeId,
        key: NodeId,
    },
    /// An item of the sequence `parent`.
    Item {
        parent: NodeId,
        position: usize,
    },
}

pub(super) enum Content<'a> {
    Scalar {
        text: Cow<'a, str>,
        /// Written without quotes, and not as a block.
        plain: bool,
        tag: Option<String>,
    },
    Sequence {
        items: Vec<NodeId>,
        tag: Option<String>,
    },
    Mapping {
        pairs: Vec<Pair>,
        /// The positions in `pairs` by the text of the key; the first of equal ones.
        positions: HashMap<Cow<'a, str>, usize>,
        tag: Option<String>,
    },
    Alias(NodeId),
}

/// A key of a mapping and its value.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) key: NodeId,
    pub(crate) value: NodeId,
}

impl<'a> Index<'a> {
    /// The node that holds all others.
    pub(crate) fn root(&self) -> Option<NodeId> {
        (!self.nodes.is_empty()).then_some(NodeId(0))
    }

    /// The bytes of the text that a node takes.
    pub(crate) fn span(&self, node: NodeId) -> Range<usize> {
        self.node(node).map_or(0..0, |node| node.span.clone())
    }

    /// The text of a plain scalar without a tag, as it was written.
    pub(crate) fn plain(&self, node: NodeId) -> Option<&str> {
        match self.content(node)? {
            Content::Scalar {
                text,
                plain: true,
                tag: None,
            } => Some(text),
            _ => None,
        }
    }

    /// The pair of a mapping that a key leads to, merge keys included.
    pub(crate) fn pair(&self, mapping: NodeId, key: &str) -> Option<Pair> {
        let Content::Mapping {
            pairs, positions, ..
        } = self.content(mapping)?
        else {
            return None;
        };
        if let Some(&pair) = positions.get(key).and_then(|&at| pairs.get(at)) {
            return Some(pair);
        }
        let merged = positions.get("<<").and_then(|&at| pairs.get(at))?.value;
        match self.content(merged)? {
            Content::Mapping { .. } => self.pair(merged, key),
            Content::Sequence { items, .. } => items.iter().find_map(|&item| self.pair(item, key)),
            _ => None,
        }
    }

    /// The key that a composed mapping has for one that is no text.
    pub(crate) fn odd_key(&self, key: &Value) -> Option<NodeId> {
        let node = usize::try_from(key.as_u64()?).ok().map(NodeId)?;
        self.node(node).map(|_| node)
    }

    /// An item of a sequence.
    pub(crate) fn item(&self, sequence: NodeId, position: usize) -> Option<NodeId> {
        match self.content(sequence)? {
            Content::Sequence { items, .. } => items.get(position).copied(),
            _ => None,
        }
    }

    /// The text of a scalar.
    pub(super) fn text(&self, node: NodeId) -> Option<&Cow<'a, str>> {
        match self.content(node)? {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The line where a node starts, from 1.
    pub(super) fn line(&self, node: NodeId) -> usize {
        self.node(node).map_or(1, |node| node.line)
    }

    /// The keys that lead to a node.
    pub(super) fn path(&self, node: NodeId) -> String {
        match self.node(node).map(|node| node.place) {
            None | Some(Place::Root) => String::new(),
            Some(Place::Item { parent, position }) => path::item(&self.path(parent), position),
            Some(Place::Key { parent, key }) => {
                let key = self.text(key).map_or("?", |text| text);
                path::join(&self.path(parent), key)
            }
        }
    }

    /// What a node holds, through an alias.
    pub(super) fn content(&self, node: NodeId) -> Option<&Content<'a>> {
        match &self.node(node)?.content {
            // An alias points at its anchor, which is never an alias itself.
            Content::Alias(anchor) => self.node(*anchor).map(|node| &node.content),
            content => Some(content),
        }
    }

    fn node(&self, node: NodeId) -> Option<&Node<'a>> {
        self.nodes.get(node.0)
    }
}

/// Building, node by node in the order of the text.
impl<'a> Index<'a> {
    /// Adds a node to the collection `parent`; in a mapping it is the value of `key`, or a key when
    /// there is none.
    pub(super) fn add(
        &mut self,
        parent: Option<NodeId>,
        key: Option<NodeId>,
        content: Content<'a>,
        span: Range<usize>,
        line: usize,
    ) -> NodeId {
        let node = NodeId(self.nodes.len());
        let place = match parent {
            None => Place::Root,
            Some(parent) => match self.content_mut(parent) {
                Some(Content::Sequence { items, .. }) => {
                    let position = items.len();
                    items.push(node);
                    Place::Item { parent, position }
                }
                _ => Place::Key {
                    parent,
                    key: key.unwrap_or(node),
                },
            },
        };
        self.nodes.push(Node {
            span,
            line,
            place,
            content,
        });
        node
    }

    /// Completes a pair of the mapping that its key was added to. If the mapping has the key
    /// already, returns the first one.
    pub(super) fn add_pair(&mut self, pair: Pair) -> Option<NodeId> {
        let name = self.text(pair.key).cloned();
        let Some(Place::Key { parent, .. }) = self.node(pair.key).map(|node| node.place) else {
            return None;
        };
        let Some(Content::Mapping {
            pairs, positions, ..
        }) = self.content_mut(parent)
        else {
            return None;
        };
        let position = pairs.len();
        pairs.push(pair);
        match positions.entry(name?) {
            Entry::Occupied(first) => pairs.get(*first.get()).map(|first| first.key),
            Entry::Vacant(vacant) => {
                vacant.insert(position);
                None
            }
        }
    }

    pub(super) fn is_mapping(&self, node: NodeId) -> bool {
        matches!(self.content(node), Some(Content::Mapping { .. }))
    }

    /// Notes where a collection ends.
    pub(super) fn end(&mut self, node: NodeId, end: usize) {
        if let Some(node) = self.nodes.get_mut(node.0) {
            node.span.end = end.max(node.span.start);
        }
    }

    fn content_mut(&mut self, node: NodeId) -> Option<&mut Content<'a>> {
        self.nodes.get_mut(node.0).map(|node| &mut node.content)
    }
}
