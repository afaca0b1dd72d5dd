//! Reading scripts.

use outcrop_emulator::Script;

#[test]
fn every_entry_counts_as_often_as_it_is_played() {
    for (text, calls) in [
        ("[]", 0),
        ("- {}", 1),
        ("- throttle:\n  times: 3\n- answer: []", 4),
        ("- &once { html: {} }\n- *once", 2),
    ] {
        let script: Script = text.parse().unwrap();
        assert_eq!(script.calls(), calls, "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let cases = [
        "",
        "# nothing",
        "text: Hello",
        "- Hello",
        "- anser: []",
        "- answer: Hello",
        "- answer: [Hello]",
        "- answer:\n  - txt: Hello",
        "- answer:\n  - text: Hello\n    thinking: Hm.",
        "- answer:\n  - text: ''",
        "- answer:\n  - {}",
        "- answer:\n  - tool_use: look",
        "- answer:\n  - tool_use: { input: {} }",
        "- answer:\n  - tool_use: { name: look at, input: {} }",
        "- answer:\n  - tool_use: { name: look, input: Oslo }",
        "- answer:\n  - tool_use: { name: look, arguments: {} }",
        "- answer:\n  - tool_use: { name: look, id: 'a b' }",
        "- answer:\n  - tool_use: { name: look, input: { a: 1, a: 2 } }",
        "- answer:\n  - tool_use: { name: look, input: { a: .nan } }",
        "- answer:\n  - tool_use: { name: look, id: a }\n  - tool_use: { name: look, id: a }",
        "- answer: []\n  answer: []",
        "- answer:",
        "- stop: done",
        "- usage: { tokens: 3 }",
        "- usage: { input: -1 }",
        "- throttle: often",
        "- throttle: { kind: daily, after: 2s }",
        "- throttle: { retry_after: 2 }",
        "- error: { status: 503 }",
        "- error: { status: 200, type: A, message: B }",
        "- error: { status: 503, type: 'A B', message: B }",
        "- exception: { type: ThrottlingException }",
        "- cut: {}",
        "- cut:",
        "- cut: { after_events: 1, after_bytes: 1 }",
        "- stall: 3",
        "- html: { status: 100 }",
        "- throttle: daily\n  answer: []",
        "- reset:\n  stall:",
        "- wait: 6 minutes",
        "- wait: 6",
        "- times: 0",
        "- delta_size: 0",
        "- {}\n- []",
        "- {}\n---\n- {}",
        "- answer: [",
        "- &a [*a]",
    ];
    let page: String = cases
        .into_iter()
        .map(|text| {
            let error = text.parse::<Script>().expect_err(text);
            format!("{text}\n    => {error}\n\n")
        })
        .collect();
    insta::assert_snapshot!(page);
}
