//! `emulate`, called by a second process.

use std::io::{BufRead, BufReader};
use std::process::Child;

use outcrop_emulator::Operation;

use crate::support::{LocalBedrock, Outcrop, outcrop};

/// Stops the emulator when the test is over, whatever came of it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_second_process_is_answered_with_the_exported_variables() {
    let (mut child, _home) = outcrop(["emulate", "--port", "0"]).spawn();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let _running = Running(child);
    let mut lines = stderr.lines().map(Result::unwrap);

    let announced: Vec<String> = lines.by_ref().take(10).collect();
    let endpoint = announced[0]
        .strip_prefix("listening on ")
        .unwrap()
        .to_owned();
    let port = endpoint.strip_prefix("http://127.0.0.1:").unwrap();
    assert!(port.parse::<u16>().unwrap() > 0);
    insta::assert_snapshot!(announced.join("\n").replace(port, "PORT"));

    let exported = |line: &String| {
        let (name, value) = line.strip_prefix("export ")?.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    };
    let variables: Vec<(String, String)> = announced.iter().filter_map(exported).collect();
    let (token, keys) = variables.split_last().unwrap();
    let run = |variables: &[(String, String)], example: &str| {
        let set = |run: Outcrop, (name, value): &(String, String)| run.env(name, value);
        let run = outcrop(["run", "-c", example, "Why?"]).in_workspace();
        variables.iter().fold(run, set).run().ok().stdout
    };
    let quickstart = "examples/quickstart.yaml";
    assert!(run(keys, quickstart).contains("access key AKIAIOSFODNN7EXAMPLE"));
    assert!(run(keys, "examples/assume-role.yaml").contains("identity  role arn:aws:iam:"));
    let by_token = [keys[0].clone(), token.clone()];
    assert!(run(&by_token, quickstart).contains("identity  bearer token"));
}

#[test]
fn a_port_in_use_is_named() {
    let bedrock = LocalBedrock::start();
    let endpoint = bedrock.endpoint();
    let port = endpoint.rsplit(':').next().unwrap();
    let ran = outcrop(["emulate", "--port", port]).run();
    assert_eq!(ran.code, Some(1));
    let expected = format!("error: port {port} of 127.0.0.1 cannot be used: ");
    assert!(ran.stderr.starts_with(&expected), "{}", ran.page());
}

#[test]
fn a_role_is_assumed_once_for_a_call() {
    let bedrock = LocalBedrock::start();
    outcrop(["run", "-c", "examples/assume-role.yaml", "Why?"])
        .in_workspace()
        .with_keys()
        .at(&bedrock.endpoint())
        .run()
        .ok();
    assert_eq!(
        bedrock.operations(),
        [Operation::AssumeRole, Operation::ConverseStream]
    );
    let role = bedrock.last_call().identity.unwrap().role.unwrap();
    assert_eq!(role.session_name, "docker-agent-bedrock-session");
    assert_eq!(role.external_id.as_deref(), Some("my-external-id"));
}

#[test]
fn a_script_says_what_an_offline_run_answers() {
    let script = "- answer: [{ text: As it is written. }]\n";
    let run = |format: &str| {
        outcrop([
            "run",
            "--offline",
            "--script",
            "play.yaml",
            "--format",
            format,
        ])
        .arg("-m")
        .arg("us.anthropic.claude-opus-5")
        .arg("Hello")
        .file("play.yaml", script)
        .run()
        .ok()
    };
    assert_eq!(run("text").stdout, "As it is written.\n");
    let content = run("json").json()["output"]["message"]["content"].clone();
    assert_eq!(
        content,
        serde_json::json!([{ "text": "As it is written." }])
    );
}

#[test]
fn a_script_that_cannot_be_read_is_an_error_with_its_place() {
    let wrong = |args: &[&str]| {
        outcrop(args.iter().copied())
            .file("play.yaml", "- answer:\n  - txt: Hello\n")
            .run()
    };
    let model = "us.anthropic.claude-opus-5";
    let offline = [
        "run",
        "--offline",
        "--script",
        "play.yaml",
        "-m",
        model,
        "Hi",
    ];
    let pages = [
        wrong(&offline),
        wrong(&["emulate", "--script", "play.yaml"]),
        wrong(&["emulate", "--script", "none.yaml"]),
        wrong(&["run", "--script", "play.yaml", "-m", model, "Hi"]),
    ];
    let pages: Vec<String> = pages.iter().map(|ran| ran.page()).collect();
    insta::assert_snapshot!(pages.join("\n"));
}
