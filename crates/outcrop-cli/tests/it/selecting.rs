//! Which model is meant.

use crate::support::{Ran, outcrop};

const TWO: &str = "\
models:
  opus: { provider: amazon-bedrock, model: global.anthropic.claude-opus-4-8 }
  sonnet: { provider: amazon-bedrock, model: global.anthropic.claude-sonnet-4-6 }
  other: { provider: openai, model: gpt-5 }
";

fn run_two(args: &[&str]) -> Ran {
    let args = ["run", "--offline"].into_iter().chain(args.iter().copied());
    outcrop(args).file("outcrop.yaml", TWO).run()
}

#[test]
fn the_only_bedrock_model_needs_no_name() {
    let args = ["run", "--offline", "-c", "examples/docker-agent.yaml", "Hi"];
    let ran = outcrop(args).in_workspace().run().ok();
    assert!(
        ran.stdout
            .contains("model     global.anthropic.claude-opus-4-8")
    );
}

#[test]
fn among_several_one_has_to_be_named() {
    let ran = run_two(&["Hi"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn a_misspelt_name_suggests_the_nearest() {
    let ran = run_two(&["-m", "sonet", "Hi"]);
    assert_eq!(ran.code, Some(2));
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn a_misspelt_name_is_an_error_object_too() {
    let ran = run_two(&["-m", "sonet", "--format", "json", "Hi"]);
    let error = &ran.json()["error"];
    assert_eq!(error["kind"], "Configuration");
    assert_eq!(error["hints"][0], "did you mean `sonnet`?");
}

#[test]
fn a_model_of_another_provider_is_none_of_bedrocks() {
    let ran = run_two(&["-m", "other", "Hi"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr
            .starts_with("error: there is no Bedrock model `other`\n")
    );
}

#[test]
fn a_model_id_works_beside_a_file_and_without_one() {
    const ID: &str = "us.amazon.nova-lite-v1:0";
    let beside = run_two(&["-m", ID, "Hi"]).ok();
    let without = outcrop(["run", "--offline", "-m", ID, "Hi"]).run().ok();
    assert_eq!(beside.stdout, without.stdout);
    assert!(beside.stdout.contains(ID));
}

#[test]
fn a_vendor_that_is_not_known_yet_and_any_arn_are_taken_for_ids() {
    for id in [
        "newvendor.model-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc",
        "arn:aws:bedrock:us-east-1:123456789012:new-kind/abc",
    ] {
        let ran = outcrop(["explain", id, "--format", "json"]).run().ok();
        assert_eq!(ran.json()["model_id"], id);
    }
}

#[test]
fn a_word_without_a_file_is_no_model() {
    let ran = outcrop(["run", "-m", "opus", "Hi"]).run();
    assert_eq!(ran.code, Some(2));
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn without_a_file_and_a_name_there_is_nobody_to_ask() {
    let ran = outcrop(["run", "Hi"]).run();
    assert_eq!(ran.code, Some(2));
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn a_file_whose_provider_is_misspelt_says_why_it_has_no_model() {
    let ran = outcrop(["run", "--offline", "Hi"])
        .file(
            "outcrop.yaml",
            "models:\n  opus: { provider: bedrock, model: x }\n",
        )
        .run();
    assert_eq!(ran.code, Some(2));
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn explain_takes_the_model_as_run_does() {
    let explain = |args: &[&str]| {
        let args = ["explain", "--format", "json"]
            .into_iter()
            .chain(args.iter().copied());
        outcrop(args).file("outcrop.yaml", TWO).run().ok().stdout
    };
    assert_eq!(
        explain(&["-m", "opus", "Why", "me?"]),
        explain(&["opus", "Why", "me?"]),
    );
}

#[test]
fn the_configuration_may_come_from_stdin() {
    let ran = outcrop(["run", "--offline", "-c", "-", "-m", "opus", "Hi"])
        .stdin(TWO)
        .run()
        .ok();
    assert!(ran.stdout.contains("the last: \"Hi\""), "{}", ran.page());
}
