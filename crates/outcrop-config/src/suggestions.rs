//! What editors suggest as a value, beside what they find in the schema itself. A suggestion
//! restricts nothing: any other value is judged as if there were none.

use outcrop_policy::{Row, TABLE, ThinkingClass, Version};
use serde_json::{Value, json};

use crate::key::Key;
use crate::values::Accepted;

/// The suggestions for the value of a key, each with what it means.
pub(crate) fn suggestions(key: &Key) -> Vec<Value> {
    if key.path == "model" {
        return models();
    }
    match key.accepted() {
        Some(accepted) if accepted.is_switch => {
            [true, false].map(|value| switch(value, key)).into()
        }
        Some(Accepted { choices, .. }) => choices
            .into_iter()
            .map(|choice| suggest(choice.word, choice.meaning))
            .collect(),
        None => Vec::new(),
    }
}

/// The last version whose IDs end in a release date or a revision, which the table does not have.
const LAST_DATED: Version = Version::Number(4, 6);

/// The current Claude models that can be called, the newest version first.
fn models() -> Vec<Value> {
    let mut rows: Vec<&Row> = TABLE
        .iter()
        .filter(|row| row.version > LAST_DATED)
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.version));
    rows.into_iter().filter_map(model).collect()
}

/// The inference profile of a model that works from most regions.
fn model(row: &Row) -> Option<Value> {
    let geography = row.profiles.iter().find(|name| **name == "global");
    let geography = geography.or(row.profiles.first())?;
    let thinking = match row.class {
        ThinkingClass::None => "no thinking",
        ThinkingClass::Budget => "token budgets",
        ThinkingClass::Deprecated => "token budgets and adaptive thinking",
        ThinkingClass::AdaptiveOnly => "adaptive thinking",
        _ => return None,
    };
    let profiles = row.profiles.join(", ");
    let about = format!("{}: {thinking}; profiles {profiles}.", title(row.name));
    Some(suggest(
        &format!("{geography}.anthropic.{}", row.name),
        &about,
    ))
}

/// `Claude Opus 4.8` of `claude-opus-4-8`.
fn title(name: &str) -> String {
    let mut title = String::new();
    let mut after_digit = false;
    for word in name.split('-') {
        let digit = word.starts_with(|first: char| first.is_ascii_digit());
        if !title.is_empty() {
            title.push(if digit && after_digit { '.' } else { ' ' });
        }
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        title.push_str(&first.to_uppercase());
        title.push_str(rest);
        after_digit = digit;
    }
    title
}

/// Editors offer the values of a type only where nothing else may stand, and null may.
fn switch(value: bool, key: &Key) -> Value {
    let about = key.summary().trim().replace('`', "");
    json!({ "label": value.to_string(), "description": about, "body": value })
}

fn suggest(value: &str, about: &str) -> Value {
    json!({ "label": value, "description": about.replace('`', ""), "body": value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_title() {
        assert_eq!(title("claude-opus-4-8"), "Claude Opus 4.8");
        assert_eq!(title("claude-fable-5"), "Claude Fable 5");
    }

    #[test]
    fn current_models_are_suggested_by_ids_that_policy_knows_and_once() {
        let models = models();
        let ids: Vec<_> = models
            .iter()
            .filter_map(|model| model["body"].as_str())
            .collect();
        assert!(ids.contains(&"global.anthropic.claude-opus-4-8"));
        assert_eq!(
            ids.len(),
            ids.iter().collect::<std::collections::BTreeSet<_>>().len()
        );
        for id in ids {
            let model = outcrop_policy::Model::resolve(outcrop_policy::ModelId::new(id), None);
            assert!(model.row().is_some(), "{id}");
        }
    }
}
