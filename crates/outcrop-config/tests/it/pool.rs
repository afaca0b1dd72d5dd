//! Values to try every key with.

use serde_json::{Value, json};

/// Values that one key or another accepts, or nearly.
pub(crate) fn values() -> Vec<Value> {
    let words = [
        "",
        " ",
        "x",
        "xy",
        "off",
        "auto",
        "none",
        "NONE",
        " high ",
        "hihg",
        "adaptive",
        "Adaptive/Max",
        "adaptive/minimal",
        "8192",
        "true",
        "5m",
        "1h",
        "90s",
        "0s",
        "24h",
        "25h",
        "1440m",
        "1441m",
        "86400s",
        "86401s",
        "500ms",
        "summarized",
        "omitted",
        "us-east-1",
        "US-EAST-1",
        "-x",
        "a b",
        "a\nb",
        "a=b",
        "$A",
        "${A}",
        "$5",
        "ABSKQmVkcm9j",
        "ABSK_A",
        "bedrock-api-key-YmVk",
        "é",
        "anthropic.claude",
        " m ",
        "https://x",
        "http://localhost",
        "http://localhost:8080/a",
        "http://[::1]",
        "http://127.0.0.1",
        "http://x",
        "http://x:70000",
        "https://u:p@x",
        "https://x?y",
        "ftp://x",
        "me@example.com",
        "a:b",
        "arn:aws:iam::123456789012:role/R",
        "arn:aws:iam::123456789012:user/R",
        "arn:aws-cn:iam::123456789012:role/a/b",
        "arn:aws:iam::1:role/RRRRRRRR",
    ];
    let numbers = [
        json!(0),
        json!(1),
        json!(-1),
        json!(2),
        json!(1024),
        json!(8192),
        json!(86_400),
        json!(86_401),
        json!(2_147_483_647_i64),
        json!(2_147_483_648_i64),
        json!(4_294_967_295_i64),
        json!(4_294_967_296_i64),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(0.5),
        json!(-0.5),
        json!(1.5),
        json!(8192.5),
    ];
    let others = [
        json!(null),
        json!(true),
        json!(false),
        json!([]),
        json!(["a"]),
        json!([""]),
        json!([5]),
        json!(["a", null]),
        json!({}),
        json!({"a": [1, {"b": null}]}),
    ];
    let long = [1, 2, 19, 63, 64, 65, 256, 257, 1224, 1225, 2048, 2049].map(|n| "m".repeat(n));
    let words = words.into_iter().map(Value::from);
    let many = [2500, 2501].map(|n| json!(vec!["a"; n]));
    words
        .chain(numbers)
        .chain(others)
        .chain(long.map(Value::from))
        .chain(many)
        .collect()
}
