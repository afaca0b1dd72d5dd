//! Every example answers offline, whatever the environment says.

use crate::support::{examples, models, outcrop};

#[test]
fn every_model_of_every_example_runs_offline() {
    for example in examples() {
        for model in models(&example) {
            let ran = offline(&example, &model).run().ok();
            assert!(ran.stdout.contains("signature verified"), "{}", ran.page());
            assert!(
                ran.stderr.starts_with("planned identity: "),
                "{}",
                ran.page()
            );
        }
    }
}

#[test]
fn every_model_of_every_example_runs_offline_in_a_hostile_environment() {
    for example in examples() {
        for model in models(&example) {
            let ran = offline(&example, &model).hostile().run().ok();
            assert!(ran.stdout.contains("signature verified"), "{}", ran.page());
            assert!(!ran.page().contains("xyz-"), "{}", ran.page());
        }
    }
}

#[test]
fn an_example_with_a_role_goes_through_sts() {
    let ran = offline("examples/assume-role.yaml", "bedrock").run().ok();
    let role = "identity  role arn:aws:iam::123456789012:role/BedrockAccessRole as \
                docker-agent-bedrock-session, signature verified";
    assert!(ran.stdout.contains(role), "{}", ran.page());
}

#[test]
fn an_offline_answer_is_read_as_a_whole() {
    let ran = offline("examples/thinking-budget.yaml", "bedrock-claude-thinking")
        .with_keys()
        .arg("--show-thinking")
        .arg("--usage")
        .run();
    insta::assert_snapshot!(ran.page());
}

fn offline(example: &str, model: &str) -> crate::support::Outcrop {
    outcrop([
        "run",
        "--offline",
        "-c",
        example,
        "-m",
        model,
        "Why is the sky blue?",
    ])
    .in_workspace()
}
