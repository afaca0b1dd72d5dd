//! What a connection to the service is like.

use std::time::Duration;

use outcrop::Env;
use tokio::net::TcpListener;

use crate::support::model;

/// Linux tells which timer of a connection runs: `02` is the one that probes an idle connection.
/// Source: the kernel's documentation, `networking/proc_net_tcp.rst`.
#[cfg(target_os = "linux")]
fn keepalive(server_port: u16) -> Option<Duration> {
    let table = std::fs::read_to_string("/proc/net/tcp").expect("the connections of this machine");
    let remote = format!(":{server_port:04X}");
    table.lines().skip(1).find_map(|line| {
        let fields: Vec<_> = line.split_whitespace().collect();
        let (kind, when) = fields.get(5)?.split_once(':')?;
        let is_it = fields.get(2)?.ends_with(&remote) && kind == "02";
        let hundredths = u64::from_str_radix(when, 16).ok()?;
        is_it.then(|| Duration::from_millis(10 * hundredths))
    })
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_silent_connection_is_kept_alive_by_probes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let model = model(&format!(
        "models:\n  m:\n    provider: amazon-bedrock\n    model: us.amazon.nova-pro-v1:0\n    \
         provider_opts: {{ endpoint_url: \"http://127.0.0.1:{port}\" }}\n"
    ));
    let env = Env::empty()
        .with_variable("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        .with_variable("AWS_SECRET_ACCESS_KEY", "xyz");
    let client = model.connect(&model.plan(&env)).await.expect("a client");
    let conversation = "Hello".into();
    let probed = async {
        let _connection = listener.accept().await.expect("a connection");
        loop {
            // Until the request is acknowledged, another timer runs.
            if let Some(until) = keepalive(port) {
                return until;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        answer = client.stream(&conversation) => panic!("{answer:?}"),
        until = probed => assert!(until <= Duration::from_secs(30), "{until:?}"),
    }
}
