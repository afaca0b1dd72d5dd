//! The help of every command.

use crate::support::outcrop;

#[test]
fn the_help_of_every_command_is_read_as_a_whole() {
    for command in ["", "run", "check", "explain", "schema", "emulate"] {
        let args = [command, "--help"]
            .into_iter()
            .filter(|arg| !arg.is_empty());
        let ran = outcrop(args).run().ok();
        assert_eq!(ran.stderr, "");
        insta::assert_snapshot!(format!("help_{command}").trim_end_matches('_'), ran.stdout);
    }
}

#[test]
fn no_command_at_all_is_answered_with_help() {
    let ran = outcrop([]).run();
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("Usage: outcrop <COMMAND>"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_schema_is_the_committed_file() {
    let ran = outcrop(["schema"]).run().ok();
    let path = crate::support::workspace().join("schemas/outcrop.schema.json");
    assert_eq!(ran.stdout, std::fs::read_to_string(path).unwrap());
    assert_eq!(ran.stderr, "");
}
