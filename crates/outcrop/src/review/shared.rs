//! Settings that several models have from one place: from a declared provider, an anchor or a merge.
//! What is said about such a place is said once, with the models it is about.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use outcrop_config::{Loaded, Severity, entry_path};

use super::{Finding, Found};

/// How many models a finding names before it counts the others.
const NAMED: usize = 3;

/// Codes of settings that are better left out, which an entry cannot do to one that it inherits.
const BETTER_LEFT_OUT: [&str; 4] = [
    "sampling.pair-refused",
    "sampling.refused-by-model",
    "thinking.cannot-be-disabled",
    "thinking.not-supported",
];

/// The place of a setting, with the code of what is found there.
type Matter = (Range<usize>, &'static str);

/// Makes one finding of those that say the same about one place, in the order of the first, out of
/// all that was found of the models `reviewed`.
pub(super) fn gather(loaded: &Loaded, reviewed: &[&str], all: Vec<Found>) -> Vec<Finding> {
    let sharers = Sharers::of(loaded, reviewed, &all);
    let mut concerned: HashMap<Matter, HashSet<String>> = HashMap::new();
    for found in &all {
        let models = concerned.entry(matter(&found.finding)).or_default();
        models.insert(found.model.clone());
    }
    groups(all)
        .into_iter()
        .map(|(found, models)| {
            let count = sharers.count(&found);
            let mut finding = found.finding;
            let is_shared = models.len() > 1 || count > 1;
            let declared = loaded.declared_at(&found.setting).is_some();
            if is_shared || declared {
                name_models(&mut finding.message, &models);
            }
            let concerned = concerned.get(&matter(&finding)).map_or(0, HashSet::len);
            if finding.severity != Severity::Info && finding.help.is_none() && concerned < count {
                finding.help = Some(advice(finding.code, &models, count - concerned));
            }
            finding
        })
        .collect()
}

fn matter(finding: &Finding) -> Matter {
    (finding.span.clone(), finding.code)
}

/// Those that read alike, each with the names of its models.
fn groups(all: Vec<Found>) -> Vec<(Found, Vec<String>)> {
    let mut groups: Vec<(Found, Vec<String>)> = Vec::new();
    let mut positions = HashMap::new();
    for found in all {
        let Finding {
            span,
            code,
            message,
            help,
            ..
        } = &found.finding;
        // What stands nowhere stands at no place together.
        let own = span.is_empty().then_some(groups.len());
        let key = (span.clone(), *code, message.clone(), help.clone(), own);
        let position = *positions.entry(key).or_insert(groups.len());
        match groups.get_mut(position) {
            // What is said of one model stands together.
            Some((_, models)) if models.last() == Some(&found.model) => {}
            Some((_, models)) => models.push(found.model),
            None => {
                let models = vec![found.model.clone()];
                groups.push((found, models));
            }
        }
    }
    groups
}

/// How many models have a setting from one place.
struct Sharers(HashMap<(&'static str, Range<usize>), usize>);

impl Sharers {
    /// Counts for every setting that something is said about.
    fn of(loaded: &Loaded, reviewed: &[&str], all: &[Found]) -> Self {
        let settings = all.iter().filter_map(|found| found.shareable.as_ref());
        let settings: HashSet<&'static str> = settings.map(|(setting, _)| *setting).collect();
        let entries = reviewed.iter().map(|name| entry_path(name));
        let entries: Vec<_> = entries.collect();
        let mut counts = HashMap::new();
        for setting in settings {
            for entry in &entries {
                let path = format!("{entry}.{setting}");
                let key = loaded
                    .locate_key(&path)
                    .filter(|_| loaded.is_written(&path));
                if let Some(key) = key {
                    *counts.entry((setting, key.span.clone())).or_default() += 1;
                }
            }
        }
        Self(counts)
    }

    /// How many have the setting of a finding from where this model has it.
    fn count(&self, found: &Found) -> usize {
        let count = found.shareable.as_ref().and_then(|key| self.0.get(key));
        count.copied().unwrap_or(0)
    }
}

/// Says which models a message is about that does not stand in their entries.
fn name_models(message: &mut String, models: &[String]) {
    match models {
        [model] if message.contains("this model") => {
            *message = message.replace("this model", &format!("model {}", name(model)));
        }
        models => {
            *message = message.replace("this model", "each of these models");
            let noun = if models.len() == 1 { "model" } else { "models" };
            message.push_str(&format!(" ({noun} {})", list(models)));
        }
    }
}

/// What to do about a setting that does no harm to `others`.
fn advice(code: &str, models: &[String], others: usize) -> String {
    let (others, share) = match others {
        1 => ("another model".to_owned(), "shares"),
        others => (format!("{others} other models"), "share"),
    };
    if BETTER_LEFT_OUT.contains(&code) {
        return format!("{others} {share} this setting; move it to the entries that it is for");
    }
    let (noun, list) = match models.len() {
        1 => ("entry", list(models)),
        _ => ("entries", list(models)),
    };
    format!("{others} {share} this setting; write the new value in the {noun} {list}")
}

/// The names of models: all of a few, or else the first and how many others there are.
fn list(models: &[String]) -> String {
    let named = models.iter().take(NAMED).map(|model| name(model));
    let named = named.collect::<Vec<_>>().join(", ");
    match models.len().saturating_sub(NAMED) {
        0 => named,
        1 => format!("{named} and 1 other"),
        others => format!("{named} and {others} others"),
    }
}

/// The name of a model as a path has it: a word, or in quotes.
fn name(model: &str) -> String {
    let path = entry_path(model);
    let name = path.strip_prefix("models.").unwrap_or(&path);
    name.to_owned()
}
