//! Configuration files on disk.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use outcrop_config::{Diagnostic, LARGEST_FILE, Loaded, Severity};

/// A configuration file that cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum InvalidFile {
    /// It cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
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
    let read = std::fs::File::open(path).and_then(read_text);
    let text = read.map_err(|error| InvalidFile::Unreadable {
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

/// Reads the text of a configuration. Of one that is too large it takes as much as
/// [`load`](outcrop_config::load) needs to refuse it, however much there is.
///
/// # Errors
/// When the reader fails, or what it has is not UTF-8.
///
/// ```
/// let endless = std::io::repeat(b' ');
/// let loaded = outcrop::config::load(&outcrop::read_text(endless).unwrap());
/// assert_eq!(loaded.diagnostics[0].code.as_str(), "yaml.too-large");
/// ```
pub fn read_text(reader: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST_FILE).map_or(u64::MAX, |most| most + 1);
    reader.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > LARGEST_FILE {
        // The cut may be inside a character.
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let message = match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is in UTF-16; save it as UTF-8".to_owned(),
            _ => format!(
                "byte {} is not UTF-8; save it as UTF-8",
                error.utf8_error().valid_up_to() + 1
            ),
        };
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
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
