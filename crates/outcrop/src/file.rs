//! Configuration files on disk.

use std::fmt;
use std::path::{Path, PathBuf};

use outcrop_config::{Diagnostic, Loaded, Severity};

/// A configuration file that cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum InvalidFile {
    /// It cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It has errors.
    Invalid {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong with it, in the order of the text.
        errors: Vec<Diagnostic>,
    },
}

/// Reads a configuration file. Warnings are left in the result.
///
/// # Errors
/// When the file cannot be read, is not UTF-8, or has an error.
pub fn read(path: &Path) -> Result<Loaded, InvalidFile> {
    let text = std::fs::read_to_string(path).map_err(|error| InvalidFile::Unreadable {
        path: path.to_owned(),
        error,
    })?;
    let loaded = outcrop_config::load(&text);
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity() == Severity::Error;
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(is_error)
        .cloned()
        .collect();
    if errors.is_empty() {
        Ok(loaded)
    } else {
        Err(InvalidFile::Invalid {
            path: path.to_owned(),
            errors,
        })
    }
}

impl fmt::Display for InvalidFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, .. } => write!(f, "{} cannot be read", path.display()),
            Self::Invalid { path, errors } => {
                for (position, error) in errors.iter().enumerate() {
                    let separator = if position == 0 { "" } else { "\n" };
                    write!(f, "{separator}{}:{error}", path.display())?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for InvalidFile {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } => Some(error),
            Self::Invalid { .. } => None,
        }
    }
}
