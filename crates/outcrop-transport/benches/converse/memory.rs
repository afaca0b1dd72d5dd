//! Memory over a long stream.

use crate::recorded::DELTAS;
use crate::server::model;
use crate::{clients, streaming};

/// Prints how much memory the process holds on the way through one answer.
pub(crate) async fn watch(endpoint: &str) {
    let client = clients::ours(endpoint);
    let body = streaming::body(&outcrop_converse::Conversation::from("Hello."));
    let mut stream = client.stream(&model(16), body).await.unwrap();
    println!("Memory over {DELTAS} deltas (budget: it does not grow)");
    let mut count = 0;
    while stream.next().await.unwrap().is_some() {
        count += 1;
        if count == DELTAS / 10 || count == DELTAS {
            match resident() {
                Some(kibibytes) => println!("  after {count:>6}: {kibibytes} KiB"),
                None => println!("  after {count:>6}: only Linux tells"),
            }
        }
    }
}

/// How much memory this process holds, in KiB.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
