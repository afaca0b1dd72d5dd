//! Scripts for the emulator.

use std::io::Read;
use std::path::Path;

use outcrop_emulator::Script;

use crate::failure::Failure;

/// The script of a file, or of stdin by the name `-`; without one, the script that says nothing.
pub(crate) fn read(path: Option<&Path>) -> Result<Script, Failure> {
    let Some(path) = path else {
        return Ok(Script::default());
    };
    let is_stdin = path == Path::new("-");
    let name = if is_stdin {
        "stdin".into()
    } else {
        path.to_string_lossy()
    };
    let text = if is_stdin {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    let text = text.map_err(|error| {
        Failure::usage(
            format!("{name} cannot be read: {error}"),
            "--script takes a YAML file, or `-` for stdin",
        )
    })?;
    text.parse().map_err(|error| Failure::Input {
        message: format!("{name}:{error}"),
        hint: Some(
            "`outcrop emulate --help` shows a script, docs/emulator.md every key of one".into(),
        ),
    })
}
