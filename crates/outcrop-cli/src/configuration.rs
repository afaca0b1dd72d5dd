//! Configuration files: found, read, and kept beside what was found in them.

use std::path::{Path, PathBuf};

use outcrop::config::{Diagnostic, LARGEST_FILE, Loaded, Severity, load};
use outcrop::{Error, InvalidFile, read_text};

use crate::failure::Failure;

/// The files that are looked for in the working directory.
const DEFAULT_FILES: [&str; 2] = ["outcrop.yaml", "models.yaml"];

/// What is said where none of them is there.
pub(crate) const NO_FILE: &str = "there is no outcrop.yaml or models.yaml here";

/// A file and what was found in it.
#[derive(Debug)]
pub(crate) struct Configuration {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) loaded: Loaded,
}

/// The configuration that is used where none is named, if there is one.
pub(crate) fn default_file() -> Option<PathBuf> {
    DEFAULT_FILES
        .iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
}

impl Configuration {
    /// Reads a file, or stdin by the name `-`. Whatever is wrong with the text is in `loaded`.
    pub(crate) fn read(path: &Path) -> Result<Self, InvalidFile> {
        let read = if path == Path::new("-") {
            read_text(std::io::stdin().lock())
        } else {
            std::fs::File::open(path).and_then(read_text)
        };
        let path = path.to_owned();
        let mut text = match read {
            Ok(text) => text,
            Err(error) => return Err(InvalidFile::Unreadable { path, error }),
        };
        let loaded = load(&text);
        if text.len() > LARGEST_FILE {
            // None of it is worth a look, and it may be one line.
            text = String::new();
        }
        Ok(Self { path, text, loaded })
    }

    /// Reads a file that has to be without errors.
    pub(crate) fn read_valid(path: &Path) -> Result<Self, Failure> {
        let configuration = Self::read(path)?;
        if configuration.loaded.has_errors() {
            return Err(Failure::InvalidConfiguration(Box::new(configuration)));
        }
        Ok(configuration)
    }

    /// The findings of one severity, in the order of the text.
    pub(crate) fn findings(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        let diagnostics = self.loaded.diagnostics.iter();
        diagnostics.filter(move |diagnostic| diagnostic.severity() == severity)
    }

    /// The names of its Bedrock models.
    pub(crate) fn names(&self) -> Vec<String> {
        let models = self.loaded.models.iter();
        models.map(|model| model.name.clone()).collect()
    }

    /// Its errors as the library has them.
    pub(crate) fn to_error(&self) -> Error {
        Error::File(InvalidFile::Invalid {
            path: self.path.clone(),
            errors: self.findings(Severity::Error).cloned().collect(),
        })
    }
}
