//! A sample of the requests, in the form of `outcrop explain --format json`.

use std::fs;

use serde_json::{Value, json};

use super::measure::Measured;
use crate::files::root;

/// Where it is put.
const FOLDER: &str = "target/cache-report";

/// Writes the last request of every trace, one a line, as the planner made it.
///
/// # Errors
///
/// When the file cannot be written.
pub(super) fn write(measured: &[Measured]) -> Result<(), String> {
    let mut lines = String::new();
    for model in measured {
        for row in &model.rows {
            for body in &row.sample {
                let body: Value = serde_json::from_slice(body)
                    .map_err(|error| format!("{}: {error}", row.trace))?;
                let id = model.candidate.id;
                // The one character of these identifiers that a path does not take as it is.
                let path = format!("/model/{}/converse-stream", id.replace(':', "%3A"));
                let explained = json!({
                    "model": format!("{}, {}", model.candidate.name, row.trace),
                    "model_id": id,
                    "http": { "method": "POST", "path": path },
                    "request": body,
                });
                lines.push_str(&explained.to_string());
                lines.push('\n');
            }
        }
    }
    let folder = root().join(FOLDER);
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("requests.ndjson"), lines))
        .map_err(|error| format!("{FOLDER}: {error}"))
}
