//! YAML text as values that know where they were written.
//!
//! `serde_yaml` alone does not do for a file that people write by hand: it stops at the first
//! problem, forgets where values stood, does not bound what aliases expand to, and takes quadratic
//! time over deep nesting. One of its slips is silent: after an anchor is defined twice, an alias
//! can stand for the wrong value (`a: &x 1`, `b: &x 2`, `c: &y 3`, `d: *x` makes `d` 3). So the text
//! is first read as marked events into an [`Index`], within bounds, and the values are composed
//! from it. `serde_yaml` keeps its veto on the syntax, the value type, and the merge keys.
//!
//! What a plain scalar means is decided by the core schema of YAML 1.2, as in the editors that
//! show the JSON Schema: `off` is a text, `017` is seventeen.

mod compose;
mod events;
mod index;
mod offsets;
mod scalar;
mod separation;
mod syntax;

use std::borrow::Cow;
use std::ops::Range;

use serde::de::{Deserialize as _, IgnoredAny};
use serde_yaml::Value;

pub(crate) use index::{Index, NodeId, Pair};
pub(crate) use separation::separated;

use crate::diagnostic::Code;
use crate::findings::{Finding, Findings};
use offsets::byte_at;

/// What to say where text from a web page was pasted.
pub(crate) const NO_BREAK_SPACE: &str =
    "a line starts with a no-break space (U+00A0); indent with plain spaces";

/// The largest file that is read, in bytes. Two thousand models take about a fifth of it.
pub const LARGEST_FILE: usize = 4 << 20;

/// The first document of a text: its value with merge keys applied, and where everything stands.
pub(crate) struct Document<'a> {
    pub(crate) value: Value,
    pub(crate) index: Index<'a>,
}

/// Reads the first document of `text`. What is wrong with the YAML goes to `findings`; without a
/// document nothing more can be said about the text.
pub(crate) fn read<'a>(text: &'a str, findings: &mut Findings) -> Option<Document<'a>> {
    if let Some(refused) = refuse_characters(text) {
        findings.push(refused);
        return None;
    }
    let index = events::index(text, findings)?;
    if let Some(refused) = refused_by_serde_yaml(text) {
        findings.push(refused);
        return None;
    }
    let value = compose::compose(&index, findings);
    Some(Document { value, index })
}

/// What a plain scalar means.
pub(crate) fn plain_value(text: &str) -> Value {
    scalar::resolve(text)
}

/// About what a value takes in memory, in bytes.
pub(crate) fn weight(value: &Value) -> usize {
    let inside = match value {
        Value::String(text) => text.len(),
        Value::Sequence(items) => items.iter().map(weight).sum(),
        Value::Mapping(pairs) => pairs
            .iter()
            .map(|(key, value)| weight(key) + weight(value))
            .sum(),
        Value::Tagged(tagged) => weight(&tagged.value),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    events::NODE + inside
}

/// What no parser needs to see: too much text. Whoever reads a file stops there, so that its whole
/// length is not known.
pub(crate) fn refuse_size(text: &str) -> Option<Finding> {
    let message = || format!("the file has more than {LARGEST_FILE} bytes, the most that is read");
    (text.len() > LARGEST_FILE).then(|| about_text(Code::YamlTooLarge, 0..0, message()))
}

/// The first character that YAML does not have.
fn refuse_characters(text: &str) -> Option<Finding> {
    let (at, character) = text
        .char_indices()
        .find(|(_, character)| !is_printable(*character))?;
    let message = format!(
        "the character U+{:04X} is not allowed",
        u32::from(character)
    );
    let span = at..at + character.len_utf8();
    Some(about_text(Code::YamlSyntax, span, message))
}

/// `c-printable` of YAML 1.2, section 5.1.
fn is_printable(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
}

/// The first syntax error that `serde_yaml` sees in the first document.
fn refused_by_serde_yaml(text: &str) -> Option<Finding> {
    let joined = without_old_line_breaks(text);
    let first = serde_yaml::Deserializer::from_str(&joined).next()?;
    let error = IgnoredAny::deserialize(first).err()?;
    let at = error.location().map_or(0, |location| {
        byte_at(text, location.line(), location.column())
    });
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    Some(about_text(Code::YamlSyntax, at..at, message.to_owned()))
}

/// The text as a reader of YAML 1.1 has to see it to read YAML 1.2, where U+0085, U+2028 and U+2029
/// end no line (section 5.4): with other blanks, as long, in their place.
fn without_old_line_breaks(text: &str) -> Cow<'_, str> {
    let is_old = |character: char| matches!(character, '\u{85}' | '\u{2028}' | '\u{2029}');
    if !text.contains(is_old) {
        return text.into();
    }
    let joined = text.chars().map(|character| match character {
        '\u{85}' => '\u{a0}',
        '\u{2028}' | '\u{2029}' => '\u{2007}',
        other => other,
    });
    joined.collect()
}

fn about_text(code: Code, span: Range<usize>, message: String) -> Finding {
    Finding {
        code,
        path: String::new(),
        span,
        message,
        help: None,
    }
}
