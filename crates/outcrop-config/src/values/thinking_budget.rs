//! How much the model may think: a count of tokens, or a word.

use std::fmt;

use outcrop_policy::{Effort, Level, ThinkingBudget};
use serde::de::{Deserializer as _, Error, Unexpected, Visitor};

use super::number::{not_an_integer, whole_number_help};
use super::pattern::Pattern;
use super::{Choice, Spelling};
use crate::nearest::nearest;
use crate::problem::{Advice, Problem};
use crate::problems::Problems;
use crate::source::Source;

/// The spelling of a [`ThinkingBudget`]: an integer, or one of [`WORDS`] in any case and with
/// blanks around it.
#[derive(Clone, Copy)]
pub(crate) struct ThinkingBudgetSpelling;

/// Every word, what it means, and what that is in words.
const WORDS: [(&str, ThinkingBudget, &str); 13] = [
    ("none", ThinkingBudget::Off, "No thinking."),
    (
        "minimal",
        level(Level::Minimal),
        "1,024 tokens; as an effort, `low`.",
    ),
    ("low", level(Level::Low), "2,048 tokens."),
    ("medium", level(Level::Medium), "8,192 tokens."),
    ("high", level(Level::High), "16,384 tokens."),
    ("xhigh", level(Level::XHigh), "32,768 tokens."),
    ("max", level(Level::Max), "32,768 tokens."),
    (
        "adaptive",
        ThinkingBudget::Adaptive(None),
        "The model decides how much, with high effort.",
    ),
    (
        "adaptive/low",
        adaptive(Effort::Low),
        "The model decides how much, with low effort.",
    ),
    (
        "adaptive/medium",
        adaptive(Effort::Medium),
        "The model decides how much, with medium effort.",
    ),
    (
        "adaptive/high",
        adaptive(Effort::High),
        "The model decides how much, with high effort.",
    ),
    (
        "adaptive/xhigh",
        adaptive(Effort::XHigh),
        "The model decides how much, with very high effort.",
    ),
    (
        "adaptive/max",
        adaptive(Effort::Max),
        "The model decides how much, without restraint.",
    ),
];

const fn level(level: Level) -> ThinkingBudget {
    ThinkingBudget::Level(level)
}

const fn adaptive(effort: Effort) -> ThinkingBudget {
    ThinkingBudget::Adaptive(Some(effort))
}

/// [`WORDS`] in any case, with blanks around them.
static ANY_CASE: Pattern = Pattern::new(
    r"^[ \t\r\n]*([Nn][Oo][Nn][Ee]|[Mm][Ii][Nn][Ii][Mm][Aa][Ll]|([Aa][Dd][Aa][Pp][Tt][Ii][Vv][Ee]/)?([Ll][Oo][Ww]|[Mm][Ee][Dd][Ii][Uu][Mm]|[Hh][Ii][Gg][Hh]|[Xx][Hh][Ii][Gg][Hh]|[Mm][Aa][Xx])|[Aa][Dd][Aa][Pp][Tt][Ii][Vv][Ee])[ \t\r\n]*$",
);

impl Spelling for ThinkingBudgetSpelling {
    type Meaning = ThinkingBudget;

    fn read(&self, source: Source<'_>) -> Result<ThinkingBudget, Problems> {
        let read = source.deserialize_any(*self);
        read.map_err(|problem| problem.with_help(advice(source)).into())
    }

    fn choices(&self) -> Vec<Choice> {
        WORDS
            .map(|(word, _, meaning)| Choice { word, meaning })
            .into()
    }

    // An editor offers the words and explains each, and says "below the minimum of 1024" for 10.
    // A `oneOf` of the two types would answer 10 with the list of the words.
    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        schemars::json_schema!({
            "if": { "type": "integer" },
            "then": {
                "if": { "const": 0 },
                "else": { "type": "integer", "minimum": 1024, "maximum": i64::MAX },
            },
            "else": {
                "if": { "type": "string", "pattern": ANY_CASE.source() },
                "else": super::enumeration(&self.choices()),
            },
        })
    }
}

impl Visitor<'_> for ThinkingBudgetSpelling {
    type Value = ThinkingBudget;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a count of tokens such as 8192, a level (none, minimal, low, medium, high, xhigh, max), \
             or adaptive, alone or as in adaptive/high",
        )
    }

    fn visit_i64<E: Error>(self, count: i64) -> Result<ThinkingBudget, E> {
        Ok(ThinkingBudget::tokens(count))
    }

    fn visit_u64<E: Error>(self, count: u64) -> Result<ThinkingBudget, E> {
        match i64::try_from(count) {
            Ok(count) => self.visit_i64(count),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(count), &self)),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<ThinkingBudget, E> {
        Err(not_an_integer(value, &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ThinkingBudget, E> {
        if !ANY_CASE.matches(text) {
            return Err(E::invalid_value(Unexpected::Str(text), &self));
        }
        let written = text.trim();
        WORDS
            .iter()
            .find(|(word, ..)| word.eq_ignore_ascii_case(written))
            .map(|(_, budget, _)| *budget)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// Reads a thinking budget from text alone, such as an argument of a command: digits are a count.
///
/// ```
/// use outcrop_config::parse_thinking_budget;
/// use outcrop_policy::{Level, ThinkingBudget};
///
/// assert_eq!(parse_thinking_budget("8192"), Ok(ThinkingBudget::tokens(8192)));
/// assert_eq!(parse_thinking_budget("High"), Ok(ThinkingBudget::Level(Level::High)));
/// assert!(parse_thinking_budget("off").is_err());
/// ```
///
/// # Errors
///
/// What is accepted, to complete "the thinking budget ...", when the text is neither.
pub fn parse_thinking_budget(text: &str) -> Result<ThinkingBudget, String> {
    if let Ok(count) = text.trim().parse() {
        return Ok(ThinkingBudget::tokens(count));
    }
    ThinkingBudgetSpelling
        .visit_str::<Problem>(text)
        .map_err(|problem| match advice_on_text(text) {
            Some(advice) => format!("{problem}; {}", advice.text),
            None => problem.to_string(),
        })
}

/// What to write instead of a common slip.
fn advice(source: Source<'_>) -> Option<Advice> {
    match (source.untagged().as_bool(), source.untagged().as_str()) {
        (Some(true), _) => Some(Advice::write("adaptive", ", or a level such as medium")),
        (Some(false), _) => Some(Advice::write("none", " for no thinking")),
        (None, Some(text)) => whole_number_help(source).or_else(|| advice_on_text(text)),
        (None, None) => whole_number_help(source),
    }
}

fn advice_on_text(text: &str) -> Option<Advice> {
    let written = text.trim().to_ascii_lowercase();
    Some(match written.as_str() {
        "off" | "no" | "false" | "disabled" => Advice::write("none", " for no thinking"),
        "auto" | "on" | "yes" | "true" | "enabled" => {
            Advice::write("adaptive", ", or leave the key out for the model's default")
        }
        "adaptive/minimal" => Advice::say("the least effort is adaptive/low"),
        "adaptive/none" => Advice::write("none", " for no thinking"),
        _ => {
            let meant = nearest(&written, WORDS.map(|(word, ..)| word))?;
            Advice::say(format!("did you mean {meant}?"))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_in_any_case_and_trimmed() {
        for (word, budget, _) in WORDS {
            for written in [
                word.to_owned(),
                word.to_uppercase(),
                format!(" \t{word}\r\n"),
            ] {
                assert_eq!(parse_thinking_budget(&written), Ok(budget), "{written:?}");
            }
        }
    }

    #[test]
    fn near_misses_are_refused_with_a_fix() {
        for (written, fix) in [
            ("off", "write none for no thinking"),
            ("auto", "write adaptive"),
            ("adaptive/minimal", "adaptive/low"),
            ("hihg", "did you mean high?"),
            ("adaptive/hgih", "did you mean adaptive/high?"),
        ] {
            let refused = parse_thinking_budget(written).unwrap_err();
            assert!(refused.contains(fix), "{refused}");
        }
    }

    #[test]
    fn the_levels_are_spelt_as_policy_spells_them() {
        for level in Level::ALL {
            assert_eq!(
                parse_thinking_budget(level.as_str()),
                Ok(ThinkingBudget::Level(level))
            );
        }
        for effort in Effort::ALL {
            let written = format!("adaptive/{}", effort.as_str());
            assert_eq!(
                parse_thinking_budget(&written),
                Ok(ThinkingBudget::Adaptive(Some(effort)))
            );
        }
    }
}
