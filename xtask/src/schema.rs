//! `schemas/outcrop.schema.json`, from the options of `outcrop-config`.

use crate::files::{Mode, ensure};

/// Writes the schema, or checks that the committed one is the same.
///
/// # Errors
///
/// As [`ensure`].
pub(crate) fn run(mode: Mode) -> Result<(), String> {
    let schema = outcrop_config::generate_schema().map_err(|error| error.to_string())?;
    ensure(
        "schemas/outcrop.schema.json",
        &schema,
        mode,
        "cargo xtask schema",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_fresh() {
        if let Err(stale) = run(Mode::Check) {
            panic!("{stale}");
        }
    }
}
