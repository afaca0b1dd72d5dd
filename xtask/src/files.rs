//! Generated files: written, or compared with what is committed.

use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;

/// What to do with a generated text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mode {
    /// Put it into its file.
    Write,
    /// Fail if its file holds anything else.
    Check,
}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Makes sure that the file at `path`, from the root, holds `generated`.
///
/// # Errors
///
/// When the file cannot be read or written, or, with [`Mode::Check`], holds something else; then
/// with the difference and the `command` that mends it.
pub(crate) fn ensure(path: &str, generated: &str, mode: Mode, command: &str) -> Result<(), String> {
    let file = root().join(path);
    let failed = |error: std::io::Error| format!("{path}: {error}");
    match mode {
        Mode::Write => fs::write(&file, generated).map_err(failed),
        Mode::Check => {
            let committed = fs::read_to_string(&file).map_err(failed)?;
            if committed == generated {
                return Ok(());
            }
            let difference = TextDiff::from_lines(&committed, generated);
            let difference = difference
                .unified_diff()
                .header("committed", "generated")
                .to_string();
            Err(format!("{path} is stale, run `{command}`\n{difference}"))
        }
    }
}
