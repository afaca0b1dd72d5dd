//! Scripts for the emulator.

use std::path::Path;

use outcrop_emulator::Script;

use crate::failure::Failure;

/// The script of a file; without one, the script that says nothing.
pub(crate) fn read(path: Option<&Path>) -> Result<Script, Failure> {
    let Some(path) = path else {
        return Ok(Script::default());
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::io(format!("{} cannot be read", path.display()), error))?;
    text.parse().map_err(|error| Failure::Input {
        message: format!("{}:{error}", path.display()),
        hint: Some(
            "`outcrop emulate --help` shows a script, docs/emulator.md every key of one".into(),
        ),
    })
}
