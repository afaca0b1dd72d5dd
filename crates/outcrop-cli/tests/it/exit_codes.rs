//! The exit codes, each by what leads to it. 130 is in `interrupting`.

use outcrop_emulator::{EXPIRED_ACCESS_KEY_ID, EXPIRED_SESSION_TOKEN};

use crate::support::{LocalBedrock, Outcrop, StubServer, outcrop};

const MODEL: &str = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

fn run<'a>(args: impl IntoIterator<Item = &'a str>) -> Outcrop {
    outcrop(["run", "-m", MODEL, "Hi"].into_iter().chain(args))
}

#[track_caller]
fn assert_exit(run: Outcrop, code: i32, error: &str) {
    let ran = run.run();
    assert_eq!(ran.code, Some(code), "{}", ran.page());
    assert!(ran.stderr.contains(error), "{}", ran.page());
}

#[test]
fn zero_is_an_answer_also_a_cut_one() {
    assert_exit(run(["--offline"]), 0, "");
    assert_exit(
        run(["--offline", "--max-tokens", "3"]),
        0,
        "stopped: max_tokens",
    );
}

#[test]
fn one_is_a_refusal() {
    assert_exit(
        run(["--offline", "--thinking-budget", "adaptive"]),
        1,
        "error: ValidationException: ",
    );
    let denied = StubServer::refusing(403, "AccessDeniedException", "No access.");
    assert_exit(
        run([]).with_keys().at(denied.endpoint()),
        1,
        "error: AccessDeniedException: No access.\nrequest stub\nhint: ",
    );
}

#[test]
fn two_is_the_command_line() {
    assert_exit(
        run(["--colour"]),
        2,
        "error: unexpected argument '--colour'",
    );
    assert_exit(
        outcrop(["run", "-m", "nobody", "Hi"]),
        2,
        "error: `nobody` is not",
    );
    let missing = run(["--messages", "missing.json"]);
    assert_exit(missing, 2, "error: missing.json cannot be read: ");
}

#[test]
fn three_is_the_configuration() {
    assert_exit(
        run(["-c", "missing.yaml"]),
        3,
        "error: missing.yaml cannot be read: ",
    );
    let invalid = run(["-c", "x.yaml"]).file("x.yaml", "models: [");
    assert_exit(invalid, 3, "error: x.yaml has 1 error\n");
    let insecure = run([])
        .env("AWS_BEARER_TOKEN_BEDROCK", "secret")
        .env("AWS_ENDPOINT_URL", "http://203.0.113.1");
    assert_exit(insecure, 3, "would be sent over plain HTTP");
    assert_exit(
        run([]).env("AWS_REGION", "!").with_keys(),
        3,
        "is not a region",
    );
}

#[test]
fn four_is_the_credentials() {
    assert_exit(run([]), 4, "error: no credentials found; tried ");
    assert_exit(
        run(["--profile", "missing"]),
        4,
        "error: profile `missing` ",
    );
    let bedrock = LocalBedrock::start();
    let expired = run([])
        .with_keys()
        .env("AWS_ACCESS_KEY_ID", EXPIRED_ACCESS_KEY_ID)
        .env("AWS_SESSION_TOKEN", EXPIRED_SESSION_TOKEN);
    assert_exit(
        expired.at(&bedrock.endpoint()),
        4,
        "error: ExpiredTokenException: ",
    );
    let wrong = run([]).with_keys().env("AWS_SECRET_ACCESS_KEY", "wrong");
    assert_exit(
        wrong.at(&bedrock.endpoint()),
        4,
        "error: InvalidSignatureException: ",
    );
}

#[test]
fn five_is_worth_another_try() {
    let throttling = StubServer::refusing(429, "ThrottlingException", "Too many requests.");
    assert_exit(
        run([]).with_keys().at(throttling.endpoint()),
        5,
        "error: ThrottlingException: Too many requests.",
    );
    // Nobody listens on port 1.
    assert_exit(run([]).with_keys().at("http://127.0.0.1:1"), 5, "error: ");
}
