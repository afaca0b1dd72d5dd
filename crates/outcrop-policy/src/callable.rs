//! IDs that can be called: what to write where an identifier is not known, or comes to its end.

use std::cmp::Reverse;
use std::sync::LazyLock;

use crate::model_id::Form;
use crate::{BaseModel, Geography, Kind, Model, ModelId, Row, TABLE};

/// Base IDs of other vendors as the service spells them, from the model catalogue of LangChain,
/// November 2026, and Meta's from the model cards of the Bedrock user guide and the catalogues of
/// other clients. What has come to its end is left out: Nova Premier in September 2026 and Llama 3.1
/// 405B in July by their model cards, Llama 3.2 in July by the lifecycle table of awslabs/startups.
/// Like those of the table, these IDs serve as advice: one that is missing here is no less accepted.
static OTHERS: &[&str] = &[
    "amazon.nova-2-lite-v1:0",
    "amazon.nova-lite-v1:0",
    "amazon.nova-micro-v1:0",
    "amazon.nova-pro-v1:0",
    "meta.llama3-1-70b-instruct-v1:0",
    "meta.llama3-1-8b-instruct-v1:0",
    "meta.llama3-3-70b-instruct-v1:0",
    "meta.llama4-maverick-17b-instruct-v1:0",
    "meta.llama4-scout-17b-instruct-v1:0",
    "moonshotai.kimi-k3",
    "xai.grok-4.7",
    "zai.glm-5.3",
];

/// What people write for the known IDs, normalized, beside the ID that is meant.
static SPELLINGS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let spellings = |base: String| {
        let tail = base.split_once('.').map_or(&*base, |(_, tail)| tail);
        let forms = [&*base, tail].map(|form| [form, undated(form), unrevised(form)]);
        let forms = forms.into_iter().flatten();
        let spellings = forms.map(|form| (normalized(form), base.clone()));
        spellings.collect::<Vec<_>>()
    };
    let others = OTHERS.iter().map(|base| (*base).to_owned());
    known_claude()
        .map(Row::id)
        .chain(others)
        .flat_map(spellings)
        .collect()
});

/// The Claude models that are served and have been announced to everyone.
fn known_claude() -> impl Iterator<Item = &'static Row> {
    TABLE
        .iter()
        .filter(|row| !row.on_demand && !row.profiles.is_empty())
}

/// More slips than these make another word.
const MOST_SLIPS: usize = 3;

/// The known ID that was probably meant by one that is not known, ready to be called.
///
/// ```
/// use outcrop_policy::{ModelId, nearest_known};
///
/// let near = |id| nearest_known(&ModelId::new(id));
/// assert_eq!(near("us.anthropic.claude-opos-4-8").unwrap(), "us.anthropic.claude-opus-4-8");
/// assert_eq!(near("claude-opus-4-8").unwrap(), "global.anthropic.claude-opus-4-8");
/// assert_eq!(near("us.anthropic.claude-opus-4-9x").unwrap(), "us.anthropic.claude-opus-4-8");
/// assert_eq!(near("who.knows"), None);
/// ```
#[must_use]
pub fn nearest_known(id: &ModelId) -> Option<String> {
    if let (Form::FoundationModel, Some((_, rest))) = (id.form(), id.as_str().rsplit_once('/')) {
        // `bedrock/ID`, as other tools write it.
        let id = ModelId::new(rest);
        let is_known = matches!(Model::resolve(id.clone(), None).kind(), Kind::Other(_));
        return nearest_known(&id).or_else(|| is_known.then(|| rest.to_owned()));
    }
    let written = normalized(id.base());
    let longer = |spelling: &str| spelling.len().abs_diff(written.len());
    let (_, base, _) = SPELLINGS
        .iter()
        .filter_map(|(spelling, base)| Some((slips(&written, spelling)?, base, longer(spelling))))
        // Of several as near, the one of the same length, and then the newest.
        .min_by_key(|(slips, base, longer)| (*slips, *longer, Reverse(*base)))?;
    in_geography_of(base, id)
}

/// The known identifier that was probably meant by one that is not known; the model's alone where
/// `base_model` names it.
pub(crate) fn model_meant(model: &Model) -> Option<String> {
    let near = nearest_known(model.telling_id())?;
    Some(match model.base_model() {
        BaseModel::Used(_) => ModelId::new(&near).base().to_owned(),
        BaseModel::Unset | BaseModel::Unused => near,
    })
}

/// Whether an ID is that of a known model of another vendor but for slips in its words. One that
/// differs in a number is a newer model.
pub(crate) fn is_near_another(id: &ModelId) -> bool {
    let words = |base: &str| -> String {
        let letters = base.chars().filter(char::is_ascii_alphabetic);
        letters.collect()
    };
    let written = words(id.base());
    let known = OTHERS.iter().map(|known| words(known));
    let distances: Vec<_> = known.map(|known| slips(&written, &known)).collect();
    !distances.contains(&Some(0)) && distances.iter().any(|slips| matches!(slips, Some(1 | 2)))
}

/// The inference profiles of `model` that can be called from `region`, as far as they are known.
///
/// ```
/// use outcrop_policy::{Model, ModelId, profiles_from};
///
/// let model = Model::resolve(ModelId::new("eu.anthropic.claude-fable-5"), None);
/// let profiles: Vec<_> = profiles_from(&model, "us-east-1").collect();
/// assert_eq!(profiles, ["global.anthropic.claude-fable-5", "us.anthropic.claude-fable-5"]);
/// ```
pub fn profiles_from(model: &Model, region: &str) -> impl Iterator<Item = String> {
    let serves = |profile: &&str| Geography::from_prefix(profile).serves(region);
    // A sibling's profiles say nothing about those of a newer model.
    let is_listed = matches!(model.kind(), Kind::Claude(_) | Kind::Other(_));
    let profiles = profiles(model).iter().copied().filter(move |_| is_listed);
    let base = match model.kind() {
        Kind::Claude(row) => row.id(),
        _ => model.id().base().to_owned(),
    };
    profiles
        .filter(serves)
        .map(move |profile| format!("{profile}.{base}"))
}

/// `base` as it is called where `id` is: in the same geography, or in the widest one that there
/// is. There is no advice about the ARN of a profile, which names its account.
pub(crate) fn in_geography_of(base: &str, id: &ModelId) -> Option<String> {
    let model = Model::resolve(ModelId::new(base), None);
    let profiles = profiles(&model);
    let widest = profiles
        .iter()
        .copied()
        .find(|&profile| profile == Geography::Global.as_str())
        .or_else(|| profiles.first().copied());
    let geography = match id.form() {
        Form::FoundationModel => widest,
        Form::InferenceProfile(geography) => Some(geography.as_str())
            .filter(|written| profiles.is_empty() || profiles.contains(written))
            .or(widest),
        _ => return None,
    };
    Some(match geography {
        Some(geography) => format!("{geography}.{base}"),
        None => base.to_owned(),
    })
}

/// The geographies that have a profile of a model, as far as they are known.
fn profiles(model: &Model) -> &'static [&'static str] {
    match model.kind() {
        Kind::Claude(row) | Kind::InferredClaude { sibling: row, .. } => row.profiles,
        Kind::Other(family) => family.only_profiles,
        Kind::AssumedClaude | Kind::Unknown => &[],
    }
}

/// `claude-sonnet-4-5` of `claude-sonnet-4-5-20250929-v1:0`.
fn undated(id: &str) -> &str {
    id.find("-20")
        .or_else(|| id.find("-v1"))
        .map_or(id, |end| id.get(..end).unwrap_or(id))
}

/// `claude-sonnet-4-5-20250929` of `claude-sonnet-4-5-20250929-v1:0`, as the vendor calls it.
fn unrevised(id: &str) -> &str {
    id.rsplit_once("-v").map_or(id, |(before, _)| before)
}

/// Without what fingers leave out and put in.
fn normalized(id: &str) -> String {
    id.chars()
        .filter(|character| !matches!(character, '-' | '_' | ' ' | '@'))
        .collect()
}

/// The letters to change, add or leave out between two words (Levenshtein), if they are few.
pub(crate) fn slips(left: &str, right: &str) -> Option<usize> {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let allowed = MOST_SLIPS.min(left.len().min(right.len()) / 4);
    if left.len().abs_diff(right.len()) > allowed {
        return None;
    }
    let (left, right) = without_common_ends(left, right);
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (position, from) in left.iter().enumerate() {
        let mut diagonal = position;
        let mut before = position + 1;
        let mut least = before;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, to) in row.iter_mut().skip(1).zip(right) {
            let changed = diagonal + usize::from(from != to);
            diagonal = *cell;
            before = changed.min(diagonal + 1).min(before + 1);
            least = least.min(before);
            *cell = before;
        }
        if least > allowed {
            return None;
        }
    }
    row.last().copied().filter(|&slips| slips <= allowed)
}

/// Two words without what both begin and end with, which is most of two IDs.
fn without_common_ends<'a>(left: &'a [u8], right: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let pairs = left.iter().zip(right);
    let start = pairs.take_while(|(from, to)| from == to).count();
    let (left, right) = (&left[start..], &right[start..]);
    let pairs = left.iter().rev().zip(right.iter().rev());
    let end = pairs.take_while(|(from, to)| from == to).count();
    (&left[..left.len() - end], &right[..right.len() - end])
}

#[cfg(test)]
mod tests {
    use super::{SPELLINGS, slips};
    use crate::{Kind, Model, ModelId};

    #[test]
    fn slips_are_counted() {
        for (left, right, count) in [
            ("claudesonnet46", "claudesonnet46", Some(0)),
            ("claudesonnet46", "claudesonnet4", Some(1)),
            ("claudesonnet4", "claudesonnet46", Some(1)),
            ("claudesonet64", "claudesonnet46", Some(3)),
            ("cluadesonnet46", "claudesonnet46", Some(2)),
            ("claudeopus", "claudehaiku", None),
            ("aaaaaaaaaaaa", "bbbbbbbbbbbb", None),
            ("abc", "abd", None),
            ("", "", Some(0)),
        ] {
            assert_eq!(slips(left, right), count, "{left} {right}");
        }
    }

    #[test]
    fn every_known_id_is_of_a_known_model() {
        for (_, id) in SPELLINGS.iter() {
            let kind = Model::resolve(ModelId::new(id), None).kind();
            assert!(matches!(kind, Kind::Claude(_) | Kind::Other(_)), "{id}");
        }
    }
}
