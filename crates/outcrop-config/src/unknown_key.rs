//! What to say about a key that nobody knows, and which one was meant.

use crate::diagnostic::Code;
use crate::entry::Entry;
use crate::findings::Finding;
use crate::habits;
use crate::key::{self, Effect, Key};
use crate::nearest::nearest;
use crate::yaml::Index;

/// The finding about an unknown key, and the known one that was probably meant.
pub(crate) fn unknown_key(
    at: &Entry<'_>,
    known: impl Iterator<Item = &'static Key>,
    index: &Index<'_>,
) -> (Finding, Option<&'static Key>) {
    let known: Vec<_> = known.collect();
    let name = at.name;
    let meant = meant(name, &known);
    let mut help = None;
    let message = match meant {
        // What it holds is reported when it stands where it belongs.
        Some(key)
            if key.path == "provider_opts" && at.path.ends_with("provider_opts.provider_opts") =>
        {
            help = Some("write its keys directly below the outer one".to_owned());
            format!("`{name}` stands inside itself")
        }
        Some(key) if key.name == name => {
            let home = match key.path.split_once('.') {
                Some((outer, _)) => format!("under `{outer}`"),
                None if at.path.starts_with("providers.") => "in each entry of `models`".to_owned(),
                None => "in the entry itself".to_owned(),
            };
            format!("unknown key `{name}` here; it belongs {home}")
        }
        Some(_) if habits::asks_for_caching(name) => {
            help = Some("`provider_opts.disable_prompt_caching: true` turns it off".to_owned());
            format!("unknown key `{name}`; prompt caching is on already")
        }
        Some(key) => {
            let is_here = known.iter().any(|known| known.path == key.path);
            match (is_here, key.path.contains('.')) {
                (true, _) => format!("unknown key `{name}`; did you mean `{}`?", key.name),
                (false, true) => format!("unknown key `{name}`; did you mean `{}`?", key.path),
                (false, false) => format!(
                    "unknown key `{name}`; did you mean `{}`, in the entry itself?",
                    key.name
                ),
            }
        }
        None if habits::is_secret(name) => {
            help = Some(
                "keys of AWS do not stand in this file: set AWS_ACCESS_KEY_ID and \
                 AWS_SECRET_ACCESS_KEY, or name a `profile` under `provider_opts`"
                    .to_owned(),
            );
            format!("unknown key `{name}`")
        }
        None => {
            let useful = known.iter().filter(|key| key.effect == Effect::Active);
            let names: Vec<_> = useful.map(|key| key.name).collect();
            help = Some(format!("the keys are {}", names.join(", ")));
            format!("unknown key `{name}`")
        }
    };
    let mut finding = at.finding(index, Code::ConfigUnknownKey, message);
    finding.help = help;
    (finding, meant)
}

/// A key of another place, another tool's name for one, or one that is spelt much like it: first here,
/// then anywhere.
fn meant(name: &str, known: &[&'static Key]) -> Option<&'static Key> {
    if habits::is_secret(name) {
        return None;
    }
    let by_path = |path: &str| key::keys().find(|key| key.path == path);
    let by_name = |name: &str| {
        let here = known.iter().copied().find(|key| key.name == name);
        here.or_else(|| key::keys().find(|key| key.name == name))
    };
    let elsewhere = key::keys().find(|key| key.name == name && key.effect == Effect::Active);
    elsewhere
        .or_else(|| habits::meant(name).and_then(by_path))
        .or_else(|| by_name(name))
        .or_else(|| nearest(name, known.iter().map(|key| key.name)).and_then(by_name))
        .or_else(|| nearest(name, key::keys().map(|key| key.name)).and_then(by_name))
}
