//! Whole files, good and broken: several entries, ours and others', with merge keys.

use outcrop_config::{Key, keys};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::pool::values;

/// A file as it is written, and what it means with its merge keys applied.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) means: Value,
}

/// A map as it is written: the anchors that it merges, and its own pairs.
#[derive(Clone, Debug)]
struct Merging {
    merges: Vec<usize>,
    own: Map<String, Value>,
    options: Option<Box<Merging>>,
}

/// How many maps of either kind, of entries and of options, there are to merge.
const ANCHORS: usize = 2;

impl Merging {
    fn text(&self, anchor: &str) -> String {
        let merged = self
            .merges
            .iter()
            .map(|number| format!("*{anchor}{number}"));
        let merged: Vec<_> = merged.collect();
        let mut pairs = match &merged[..] {
            [] => Vec::new(),
            [one] => vec![format!("<<: {one}")],
            many => vec![format!("<<: [{}]", many.join(", "))],
        };
        let own = self.own.iter();
        pairs.extend(own.map(|(key, value)| format!("{}: {value}", json!(key))));
        let options = self.options.iter();
        pairs.extend(options.map(|options| format!("provider_opts: {}", options.text("o"))));
        format!("{{{}}}", pairs.join(", "))
    }

    /// An own pair wins over a merged one, an earlier merged one over a later.
    fn means(&self, entries: &[Map<String, Value>], options: &[Map<String, Value>]) -> Value {
        let mut means = self.own.clone();
        if let Some(inner) = &self.options {
            means.insert("provider_opts".to_owned(), inner.means(options, &[]));
        }
        for pair in self.merges.iter().flat_map(|number| &entries[*number]) {
            means.entry(pair.0).or_insert_with(|| pair.1.clone());
        }
        Value::Object(means)
    }
}

/// A text near something that some key accepts.
fn text() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[ -~]{0,12}",
        "[0-9]{1,5}[smhd]?",
        "(adaptive/|ADAPTIVE/)?(none|low|High|MAX|minimal) ?",
        "[Hh]ttps?://(localhost|127\\.[0-9]{1,3}\\.0\\.1|\\[::1\\]|[a-z.@]{1,9})(:[0-9]{1,5})?(/[a-z?#]*)?",
        "arn:aws(-cn)?:iam::[0-9]{11,12}:role/[ -~]{0,5}",
        "[\\w\\s]{0,5}",
    ];
    // A line feed at the end is where regular expressions differ.
    (text, prop::bool::weighted(0.1)).prop_map(|(text, ends)| text + if ends { "\n" } else { "" })
}

fn any_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        4 => text().prop_map(Value::from),
        2 => any::<i64>().prop_map(Value::from),
        2 => (0..100_000_i64).prop_map(Value::from),
        1 => (-3.0..3.0).prop_filter("integral", |f: &f64| f.fract() != 0.0).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    scalar.prop_recursive(2, 8, 3, |inner| {
        let object = prop::collection::hash_map("[a-z]{1,3}", inner.clone(), 0..3);
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(Value::from),
            object.prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// A key and a value, most of which the key accepts.
fn pair(keys: Vec<&'static Key>) -> impl Strategy<Value = (String, Value)> {
    // The pool ends with lists of thousands of texts, which are tried elsewhere.
    let pool: Vec<_> = values().into_iter().rev().skip(2).collect();
    let good = prop::sample::select(keys.clone()).prop_map(|key| {
        let examples = key
            .examples
            .first()
            .map(|yaml| serde_yaml::from_str(yaml).unwrap());
        (key.name.to_owned(), examples.unwrap_or(Value::Null))
    });
    let known = prop::sample::select(keys).prop_map(|key| key.name.to_owned());
    let name = prop_oneof![40 => known.clone(), 1 => "[a-z_]{1,12}"];
    prop_oneof![
        12 => good,
        1 => (known, prop::sample::select(pool)),
        2 => (name, any_value()),
    ]
}

fn pairs(keys: Vec<&'static Key>, most: usize) -> impl Strategy<Value = Map<String, Value>> {
    let pairs = prop::collection::vec(pair(keys), 0..most);
    pairs.prop_map(|pairs| pairs.into_iter().collect())
}

fn entry_pairs() -> impl Strategy<Value = Map<String, Value>> {
    let structure = ["provider", "provider_opts"];
    pairs(
        keys()
            .filter(|key| !key.path.contains('.') && !structure.contains(&key.name))
            .collect(),
        5,
    )
}

fn option_pairs() -> impl Strategy<Value = Map<String, Value>> {
    pairs(keys().filter(|key| key.path.contains('.')).collect(), 4)
}

fn merging(own: impl Strategy<Value = Map<String, Value>>) -> impl Strategy<Value = Merging> {
    let merges = prop::collection::vec(0..ANCHORS, 0..3);
    let merges = prop_oneof![2 => Just(Vec::new()), 1 => merges];
    (merges, own).prop_map(|(merges, own)| Merging {
        merges,
        own,
        options: None,
    })
}

fn entry() -> impl Strategy<Value = Merging> {
    let provider = prop_oneof![
        8 => Just(Some(json!("amazon-bedrock"))),
        1 => prop::sample::select(vec![json!("openai"), json!("bedrock"), json!(5)]).prop_map(Some),
        1 => Just(None),
    ];
    let model = prop_oneof![15 => Just(Some("anthropic.claude-opus-4-8")), 1 => Just(None)];
    let options = prop::option::of(merging(option_pairs()));
    (provider, model, merging(entry_pairs()), options).prop_map(
        |(provider, model, mut entry, options)| {
            let provider = provider.map(|provider| ("provider".to_owned(), provider));
            entry.own.extend(provider);
            if let Some(model) = model {
                entry.own.entry("model").or_insert(json!(model));
            }
            entry.options = options.map(Box::new);
            entry
        },
    )
}

/// A file of one to three entries, with maps at the top to merge into them.
pub(crate) fn file() -> impl Strategy<Value = Written> {
    let anchored = (
        prop::collection::vec(entry_pairs(), ANCHORS),
        prop::collection::vec(option_pairs(), ANCHORS),
    );
    let models = prop::collection::vec(entry(), 1..4);
    (anchored, models).prop_map(|((entries, options), models)| {
        let mut text = String::new();
        for (anchor, maps) in [("e", &entries), ("o", &options)] {
            for (number, map) in maps.iter().enumerate() {
                let map = Value::Object(map.clone());
                text.push_str(&format!("x{anchor}{number}: &{anchor}{number} {map}\n"));
            }
        }
        text.push_str("models:\n");
        let mut means = Map::new();
        for (number, model) in models.iter().enumerate() {
            text.push_str(&format!("  m{number}: {}\n", model.text("e")));
            means.insert(format!("m{number}"), model.means(&entries, &options));
        }
        let means = json!({ "models": means });
        Written { text, means }
    })
}
