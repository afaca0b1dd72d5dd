//! Everything that is wrong with one value.

use serde_yaml::{Mapping, Value};

use crate::findings::MOST;
use crate::problem::{Problem, Step};
use crate::source::Source;

/// What is wrong with a value, or with the parts of a collection, each by itself. At least one.
#[derive(Debug)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// These, and the others that there may be.
    pub(crate) fn and(mut self, others: Option<Self>) -> Self {
        self.0.extend(others.into_iter().flatten());
        self
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Reads every item of a list, whatever is wrong with the others.
pub(crate) fn read_items<T, P: Into<Problems>>(
    items: &[Value],
    read: impl Fn(Source<'_>) -> Result<T, P>,
) -> Result<Vec<T>, Problems> {
    read_all(items.iter().enumerate(), |(position, item)| {
        read(Source(item)).map_err(|problems| inside(problems, || Step::Item(position)))
    })
}

/// Reads every value of a map, whatever is wrong with the others. `no_text` is the problem with a
/// key that is a list or a map.
pub(crate) fn read_pairs<T, P: Into<Problems>>(
    pairs: &Mapping,
    no_text: impl Fn() -> Problem,
    read: impl Fn(Source<'_>) -> Result<T, P>,
) -> Result<Vec<(String, T)>, Problems> {
    read_all(pairs, |(key, value)| {
        let Some(name) = key.as_str() else {
            return Err(inside(no_text(), || Step::OddKey(key.clone())));
        };
        let read = read(Source(value)).map(|value| (name.to_owned(), value));
        read.map_err(|problems| inside(problems, || Step::Key(name.to_owned())))
    })
}

/// Reads all parts, or as many as there are findings to give about them.
fn read_all<P, T>(
    parts: impl IntoIterator<Item = P>,
    read: impl Fn(P) -> Result<T, Vec<Problem>>,
) -> Result<Vec<T>, Problems> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for part in parts {
        match read(part) {
            Ok(part) => good.push(part),
            Err(problems) => bad.extend(problems),
        }
        if bad.len() >= MOST {
            break;
        }
    }
    if bad.is_empty() {
        Ok(good)
    } else {
        Err(Problems(bad))
    }
}

/// The problems of a part as those of the whole.
fn inside(problems: impl Into<Problems>, step: impl Fn() -> Step) -> Vec<Problem> {
    let Problems(mut problems) = problems.into();
    for problem in &mut problems {
        problem.within.push(step());
    }
    problems
}
