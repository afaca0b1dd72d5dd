//! What calls used and cost.

use outcrop_converse::{Cost, Spending, Usage};
use outcrop_policy::{Model, ModelId};

fn usage(json: &str) -> Usage {
    serde_json::from_str(json).expect("usage")
}

#[test]
fn writes_are_split_by_lifetime_as_the_service_says() {
    let head =
        r#"{"inputTokens":10,"outputTokens":5,"totalTokens":1000,"cacheReadInputTokens":700"#;
    for (rest, short, long) in [
        ("}", 0, 0),
        (r#","cacheWriteInputTokens":300}"#, 300, 0),
        (
            r#","cacheWriteInputTokens":300,"cacheDetails":[{"ttl":"1h","inputTokens":200},{"ttl":"5m","inputTokens":100}]}"#,
            100,
            200,
        ),
        (
            r#","cacheWriteInputTokens":300,"cacheDetails":[{"ttl":"1h","inputTokens":900}]}"#,
            0,
            300,
        ),
        (
            r#","cacheWriteInputTokens":300,"cacheDetails":[{"ttl":"2h","inputTokens":9}]}"#,
            300,
            0,
        ),
        (r#","cacheWriteInputTokens":300,"cacheDetails":[]}"#, 300, 0),
    ] {
        let counts = usage(&format!("{head}{rest}")).counts();
        assert_eq!(
            (counts.written_5m, counts.written_1h),
            (short, long),
            "{rest}"
        );
        assert_eq!((counts.input, counts.read, counts.output), (10, 700, 5));
    }
}

#[test]
fn a_sum_says_what_it_does_not_know() {
    let price = |id| Model::resolve(ModelId::new(id), None).price();
    let one = usage(r#"{"inputTokens":1000000,"outputTokens":0,"totalTokens":0}"#);
    let mut spending = Spending::default();
    assert_eq!(spending.cost().to_string(), "$0.00");
    spending.add(
        Some(&one),
        price("global.anthropic.claude-opus-4-8").as_ref(),
    );
    assert_eq!(spending.cost().to_string(), "$5.00");
    spending.add(Some(&one), price("openai.gpt-5.4").as_ref());
    assert_eq!(
        spending.to_string(),
        "tokens: 2000000 at full price, 0 of output; cost: at least $5.00"
    );
    let mut unknown = Spending::default();
    unknown.add(None, price("us.anthropic.claude-opus-4-8").as_ref());
    assert_eq!(unknown.cost(), Cost::Unknown);
    assert_eq!(unknown.calls, 1);
}
