//! What to say about a value that its key does not take.

use serde_yaml::Value;

use crate::entry::Entry;
use crate::findings::Finding;
use crate::path;
use crate::problem::{Advice, Complaint, Problem, Step};
use crate::yaml::{self, Index};

/// The finding about a refused value, at the value itself or at the part of it that was refused.
pub(crate) fn refused(
    at: &Entry<'_>,
    mut problem: Problem,
    takes: impl Fn(&Value) -> bool,
    index: &Index<'_>,
) -> Finding {
    // What a key would refuse again is no advice.
    let is_good = |advice: &Advice| {
        let value = advice.value.as_deref();
        value.is_none_or(|value| takes(&yaml::plain_value(value)))
    };
    problem.help = problem.help.filter(|advice| is_good(advice));
    let says = matches!(problem.complaint, Complaint::Says(_));
    if problem.help.is_none() && problem.within.is_empty() && !says {
        problem.help = slip(at.value, &takes).map(Advice::say).map(Box::new);
    }
    let help = problem.help.map(|advice| advice.text);
    let mut node = at.place.map(|place| place.value);
    let mut full_path = at.path.clone();
    let mut name = at.name.to_owned();
    for step in problem.within.iter().rev() {
        match step {
            Step::Key(key) => {
                full_path = path::join(&full_path, key);
                name = path::join(&name, key);
                node = node.and_then(|node| Some(index.pair(node, key)?.value));
            }
            Step::Item(position) => {
                full_path = path::item(&full_path, *position);
                name = path::item(&name, *position);
                node = node.and_then(|node| index.item(node, *position));
            }
            Step::OddKey(key) => node = index.odd_key(key).or(node),
        }
    }
    let (message, help) = match problem.complaint {
        Complaint::Says(sentence) => (format!("`{name}` {sentence}"), help),
        Complaint::Takes { expected, found } => {
            // What was written tells more than what became of it: `1e4`, not 10000.
            let written = node.and_then(|node| index.plain(node));
            let found = match written.filter(|written| is_short(written)) {
                Some(written) => format!("`{written}`"),
                None => found,
            };
            match help {
                None => (format!("`{name}` takes {expected}, not {found}"), None),
                Some(advice) => (
                    format!("`{name}` does not take {found}; {advice}"),
                    Some(format!("it takes {expected}")),
                ),
            }
        }
    };
    Finding {
        code: problem.code,
        path: full_path,
        span: node.map_or(0..0, |node| index.span(node)),
        message,
        help,
    }
}

/// Whether a scalar can be shown as it is.
fn is_short(written: &str) -> bool {
    (1..=60).contains(&written.len()) && !written.contains(['\n', '`'])
}

/// What to write instead of a value that the key would take if it were not for its dress.
fn slip(value: &Value, takes: &impl Fn(&Value) -> bool) -> Option<&'static str> {
    let as_text = |text: String| takes(&Value::String(text));
    match value {
        Value::Sequence(items) => match items.as_slice() {
            [only] if takes(only) => Some("write it without brackets or a dash"),
            _ => None,
        },
        Value::Mapping(pairs) if pairs.values().any(takes) => {
            Some("write the value alone, without a map around it")
        }
        Value::Mapping(pairs) if !pairs.keys().all(Value::is_string) => {
            Some("a text that starts with { is a map, and no template is filled in here")
        }
        Value::String(text) if text.trim() != text && as_text(text.trim().to_owned()) => {
            Some("leave out the blanks around it")
        }
        Value::String(text) if text.contains('_') && as_text(text.replace('_', "-")) => {
            Some("write it with hyphens")
        }
        Value::Tagged(tagged) if takes(&tagged.value) => Some("leave out the tag before it"),
        _ => None,
    }
}
