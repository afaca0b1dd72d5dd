//! The files of `examples/` and `tests/configs/`: what loads, what is said about the rest, and that
//! the schema agrees. The name of a file is the name of its case, and what is said about it stands
//! beside it.

use outcrop_config::{Severity, load};

use crate::support::{as_json, files, render, schema};

#[test]
fn examples_and_valid_files_load_without_a_warning_and_pass_the_schema() {
    let schema = schema();
    let mut all = files("../../examples");
    all.extend(files("tests/configs/valid"));
    for (name, text) in all {
        let loaded = load(&text);
        let worst = loaded
            .diagnostics
            .iter()
            .map(|found| found.severity())
            .max();
        assert!(
            worst <= Some(Severity::Info),
            "{name}\n{}",
            render(&text, &loaded)
        );
        assert!(!loaded.models.is_empty(), "{name}");
        let errors: Vec<_> = schema
            .iter_errors(&as_json(&text).unwrap())
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn invalid_files_are_refused_with_a_message_and_by_the_schema() {
    // serde_yaml, which stands for other readers of YAML here, has no such integers.
    let unseen = [
        "max_tokens_beyond_64_bits",
        "thinking_budget_beyond_64_bits",
        "very_large_integers",
    ];
    let schema = schema();
    for (name, text) in files("tests/configs/invalid") {
        let loaded = load(&text);
        assert!(loaded.has_errors(), "{name}");
        assert_said("invalid", &name, &render(&text, &loaded));
        match as_json(&text) {
            Some(instance) => assert!(!schema.is_valid(&instance), "the schema accepts {name}"),
            None => assert!(unseen.contains(&name.as_str()), "{name}"),
        }
    }
}

#[test]
fn malformed_files_are_refused_with_a_message() {
    for (name, text) in files("tests/configs/malformed") {
        let loaded = load(&text);
        assert!(loaded.has_errors(), "{name}");
        assert_said("malformed", &name, &render(&text, &loaded));
    }
}

#[test]
fn doubtful_files_load_with_a_warning_and_pass_the_schema() {
    let schema = schema();
    for (name, text) in files("tests/configs/doubtful") {
        let loaded = load(&text);
        assert!(!loaded.diagnostics.is_empty(), "{name}");
        assert!(!loaded.has_errors(), "{name}");
        assert_said("doubtful", &name, &render(&text, &loaded));
        let first_document = text.split("---\n").next().unwrap();
        let instance = as_json(first_document).unwrap();
        assert!(schema.is_valid(&instance), "the schema refuses {name}");
    }
}

/// Compares with `tests/configs/FOLDER/NAME.snap`.
fn assert_said(folder: &str, name: &str, said: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("../configs/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, said));
}
