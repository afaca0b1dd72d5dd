//! The HTTP client: trust and proxies.

use std::time::Duration;

use outcrop_credentials::{
    AuthPlan, DEFAULT_CONNECT_TIMEOUT, Env, ErrorKind, HttpClient, Settings, plan,
};

use crate::fake_server;
use crate::setup::{carry_out, emulator, emulator_keys, fail, role};

#[test]
fn an_unreadable_bundle_is_an_error() {
    let error = build(&with_bundle("/nonexistent/bundle.pem")).expect_err("no such file");

    assert_eq!(error.kind(), ErrorKind::Configuration);
    let message = error.to_string();
    assert!(
        message.starts_with(
            "the CA bundle /nonexistent/bundle.pem (AWS_CA_BUNDLE) cannot be used: No such file"
        ),
        "{message}"
    );
}

#[test]
fn a_bundle_without_a_certificate_is_an_error() {
    let broken = "-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
    let texts = [
        ("", "it holds no certificate"),
        ("not PEM at all", "it holds no certificate"),
        (broken, "certificate 1: "),
    ];
    for (text, reason) in texts {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("bundle.pem");
        std::fs::write(&path, text).unwrap();
        let error = build(&with_bundle(path.to_str().unwrap())).expect_err("no certificate");

        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn the_bundle_of_the_profile_is_read_too() {
    let env = Env::empty()
        .with_variable("AWS_BEARER_TOKEN_BEDROCK", "t")
        .with_config_file("~/.aws/config", "[default]\nca_bundle = /nonexistent\n");
    let error = build(&plan(&Settings::default(), &env)).expect_err("no such file");

    assert!(error.to_string().contains("(profile `default`)"), "{error}");
}

#[test]
fn nothing_is_read_when_nothing_goes_over_tls() {
    let settings = Settings {
        endpoint_url: Some("http://127.0.0.1:1".into()),
        ..Settings::default()
    };
    let env = emulator_keys().with_variable("AWS_CA_BUNDLE", "/nonexistent");

    build(&plan(&settings, &env)).unwrap();
}

#[test]
fn a_proxy_that_is_no_address_is_an_error_that_does_not_show_it() {
    let env = emulator_keys().with_variable("HTTPS_PROXY", "ftp://user:SECRET@proxy");
    let error = build(&plan(&Settings::default(), &env)).expect_err("no proxy");

    assert_eq!(
        error.to_string(),
        "the proxy address in HTTPS_PROXY is not a URL"
    );
}

#[tokio::test]
async fn https_goes_through_the_proxy() {
    let (proxy, heads) = fake_server::serve(|_| (403, "")).await;
    let address = proxy.trim_start_matches("http://").to_owned();
    let env = emulator_keys()
        .with_variable("AWS_ENDPOINT_URL_STS", "https://sts.invalid")
        .with_variable("https_proxy", format!("user:word@{address}"));
    let error = fail(&plan(&role(), &env)).await;

    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
    let heads = heads.lock().unwrap();
    assert!(
        heads[0].starts_with("CONNECT sts.invalid:443 "),
        "{heads:?}"
    );
}

#[tokio::test]
async fn a_host_of_no_proxy_and_plain_http_are_reached_directly() {
    let emulator = emulator().await;
    let (proxy, heads) = fake_server::serve(|_| (403, "")).await;
    let direct = emulator_keys()
        .with_variable("HTTPS_PROXY", &proxy)
        .with_variable("HTTP_PROXY", &proxy)
        .with_variable("AWS_ENDPOINT_URL_STS", emulator.endpoint());
    carry_out(&plan(&role(), &direct)).await.unwrap();
    let bypassed = emulator_keys()
        .with_variable("HTTPS_PROXY", &proxy)
        .with_variable("NO_PROXY", "sts.invalid")
        .with_variable("AWS_ENDPOINT_URL_STS", "https://sts.invalid");
    fail(&plan(&role(), &bypassed)).await;

    assert!(heads.lock().unwrap().is_empty());
}

#[test]
fn the_connect_timeout_is_the_callers() {
    let plan = plan(&Settings::default(), &emulator_keys());
    let http = HttpClient::for_plan(&plan, Duration::from_secs(3)).unwrap();

    assert_eq!(http.connect_timeout(), Duration::from_secs(3));
}

fn with_bundle(path: &str) -> AuthPlan {
    let env = emulator_keys().with_variable("AWS_CA_BUNDLE", path);
    plan(&Settings::default(), &env)
}

fn build(plan: &AuthPlan) -> Result<HttpClient, outcrop_credentials::Error> {
    HttpClient::for_plan(plan, DEFAULT_CONNECT_TIMEOUT)
}
