//! Running the binary, and servers for it to talk to.

mod frames;
mod outcrop;
mod servers;
#[cfg(unix)]
mod terminal;

pub(crate) use frames::{event, exception};
pub(crate) use outcrop::{Outcrop, Ran, outcrop};
pub(crate) use servers::{LocalBedrock, StubServer};
#[cfg(unix)]
pub(crate) use terminal::{Shown, shown};

use std::path::PathBuf;

use serde_json::Value;

/// The directory of the workspace, in which the examples are.
pub(crate) fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The example files, as they are named from the workspace.
pub(crate) fn examples() -> Vec<String> {
    let entries = std::fs::read_dir(workspace().join("examples")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".yaml"))
        .map(|name| format!("examples/{name}"))
        .collect();
    names.sort();
    assert!(names.len() >= 9, "{names:?}");
    names
}

/// The names of the Bedrock models of an example.
pub(crate) fn models(example: &str) -> Vec<String> {
    let explained = outcrop(["explain", "--format", "json", "-c", example])
        .in_workspace()
        .run();
    let explanations = explained.json();
    let explanations = explanations.as_array().unwrap();
    let name = |explanation: &Value| explanation["model"].as_str().unwrap().to_owned();
    explanations.iter().map(name).collect()
}

/// The keys of a JSON object, in order.
pub(crate) fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}
