//! The end of models: which are gone, and which soon will be.

use crate::{Adjustment, BaseModel, Date, Kind, Model, Row, TABLE, callable};

/// How many days ahead an end is worth a word.
const AHEAD: i64 = 180;

/// What is known of a model's end.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Ending {
    /// What happens then.
    pub stage: Stage,
    /// When. Where a source names the month alone, the last day of it.
    pub date: Date,
}

/// What happens to a model at the end of its life.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Stage {
    /// Bedrock declares it deprecated. It answers until its end of life.
    Deprecated,
    /// Bedrock stops serving it.
    EndOfLife,
    /// Anthropic retires it; the source names the month alone.
    RetiredByAnthropic,
}

/// Reports that `model` has come to its end by `today`, or will within 180 days.
///
/// Neither predicts a refusal: accounts differ in how long they may go on.
///
/// ```
/// use outcrop_policy::{Date, Model, ModelId, lifecycle};
///
/// let model = Model::resolve(ModelId::new("us.anthropic.claude-sonnet-4-20250514-v1:0"), None);
/// let adjustment = lifecycle(&model, Date::new(2026, 11, 22)).unwrap();
/// assert_eq!(adjustment.code(), "model.retired");
/// assert_eq!(lifecycle(&model, Date::new(2025, 11, 22)), None);
/// ```
#[must_use]
pub fn lifecycle(model: &Model, today: Date) -> Option<Adjustment> {
    let Kind::Claude(row) = model.kind() else {
        return None;
    };
    let Ending { stage, date } = row.ending?;
    let by_base_model = matches!(model.base_model(), BaseModel::Used(_));
    let next = successor(model);
    let model = row.name;
    let days = today.days_until(date);
    if days <= 0 && stage != Stage::Deprecated {
        Some(Adjustment::ModelRetired {
            model,
            stage,
            date,
            successor: next,
            by_base_model,
        })
    } else if days <= AHEAD {
        Some(Adjustment::ModelRetiring {
            model,
            stage,
            date,
            over: days <= 0,
            successor: next,
            by_base_model,
        })
    } else {
        None
    }
}

/// What to write in place of a model that has an end: the next one of its line that has none, in
/// the geography that `model` is called in where it has a profile there.
#[must_use]
pub fn successor(model: &Model) -> Option<String> {
    let Kind::Claude(row) = model.kind() else {
        return None;
    };
    let is_later = |other: &&Row| {
        other.line == row.line && other.version > row.version && other.ending.is_none()
    };
    let next = TABLE
        .iter()
        .filter(is_later)
        .min_by_key(|other| other.version)?;
    callable::in_geography_of(&next.id(), model.id())
}
