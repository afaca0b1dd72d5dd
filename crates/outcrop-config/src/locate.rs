//! Where the settings of a file are written, by their paths.

use std::collections::HashMap;
use std::ops::Range;

/// A place in the text of a file.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Location {
    /// The bytes of the text.
    pub span: Range<usize>,
    /// The line where they start, from 1.
    pub line: usize,
    /// The column where they start, from 1, counted in characters.
    pub column: usize,
}

/// Where the keys of the Bedrock entries of a file stand, and their values.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Places {
    written: HashMap<String, Place>,
    /// The path of an entry, and that of the declared provider which it has settings from.
    inherited: HashMap<String, String>,
}

/// A key and its value. A key that a merge brought in stands where it was written.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    key: Location,
    value: Location,
    /// Whether the value is a map or a list, at which nobody wants to be pointed as a whole.
    is_collection: bool,
}

impl Places {
    /// Notes where the key of a path stands. Lines and columns follow in [`count`](Self::count).
    pub(crate) fn note(
        &mut self,
        path: &str,
        key: Range<usize>,
        value: Range<usize>,
        is_collection: bool,
    ) {
        let at = |span| Location {
            span,
            line: 1,
            column: 1,
        };
        let place = Place {
            key: at(key),
            value: at(value),
            is_collection,
        };
        self.written.insert(path.to_owned(), place);
    }

    /// Notes that what is not written in an entry is looked for in its provider.
    pub(crate) fn inherit(&mut self, entry: &str, provider: &str) {
        self.inherited.insert(entry.to_owned(), provider.to_owned());
    }

    /// Gives every place its line and column, in one walk over the text.
    pub(crate) fn count(&mut self, text: &str) {
        let places = self.written.values_mut();
        let mut locations: Vec<_> = places
            .flat_map(|place| [&mut place.key, &mut place.value])
            .collect();
        locations.sort_unstable_by_key(|location| location.span.start);
        let mut cursor = Cursor::default();
        for location in locations {
            cursor.advance(text, location.span.start);
            (location.line, location.column) = (cursor.line(), cursor.column());
        }
    }

    /// The value at a path, or else the nearest key above it.
    pub(crate) fn value(&self, path: &str) -> Option<&Location> {
        match self.place(path) {
            Some(place) if !place.is_collection => Some(&place.value),
            _ => self.key(path),
        }
    }

    /// The key at a path, or else the nearest one above it.
    pub(crate) fn key(&self, path: &str) -> Option<&Location> {
        upwards(path)
            .find_map(|path| self.place(path))
            .map(|place| &place.key)
    }

    /// Whether the path is written.
    pub(crate) fn contains(&self, path: &str) -> bool {
        self.place(path).is_some()
    }

    /// The path below `providers` that a setting comes from, if its entry does not write it.
    pub(crate) fn declared_at(&self, path: &str) -> Option<String> {
        if self.written.contains_key(path) {
            return None;
        }
        let (entry, provider) =
            upwards(path).find_map(|above| Some((above, self.inherited.get(above)?)))?;
        let declared = format!("{provider}{}", path.strip_prefix(entry)?);
        self.written.contains_key(&declared).then_some(declared)
    }

    /// What is written at a path itself, or in the provider of its entry.
    fn place(&self, path: &str) -> Option<&Place> {
        let written = self.written.get(path);
        written.or_else(|| self.written.get(&self.declared_at(path)?))
    }
}

/// A path, and every one above it.
fn upwards(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| parent(path))
}

/// The path above. A dot inside a quoted key cuts it apart, at a path that nothing stands at.
fn parent(path: &str) -> Option<&str> {
    let end = path.rfind(['.', '['])?;
    path.get(..end)
}

/// A place in a text that only moves forward, so that many places cost one walk.
#[derive(Default)]
pub(crate) struct Cursor {
    byte: usize,
    line: usize,
    column: usize,
}

impl Cursor {
    /// Moves on to `target`. A line ends at `\n`, `\r` or `\r\n`, as YAML and editors have it.
    pub(crate) fn advance(&mut self, text: &str, target: usize) {
        let Some(passed) = text.get(self.byte..target) else {
            return;
        };
        // A byte order mark at the start of the text takes no column.
        let passed = match passed.strip_prefix('\u{feff}') {
            Some(after) if self.byte == 0 => after,
            _ => passed,
        };
        let mut characters = passed.chars().peekable();
        while let Some(character) = characters.next() {
            let ends_line = match character {
                '\n' => true,
                '\r' => characters.peek() != Some(&'\n'),
                _ => false,
            };
            if ends_line {
                self.line += 1;
                self.column = 0;
            } else {
                self.column += 1;
            }
        }
        self.byte = target;
    }

    /// The line, from 1.
    pub(crate) fn line(&self) -> usize {
        self.line + 1
    }

    /// The column, from 1, counted in characters.
    pub(crate) fn column(&self) -> usize {
        self.column + 1
    }
}
