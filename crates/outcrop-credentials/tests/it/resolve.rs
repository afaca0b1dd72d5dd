//! How `resolve` succeeds, over real sockets.

use outcrop_credentials::{Env, ResolvedIdentity, Settings, plan};
use outcrop_emulator::{ACCESS_KEY_ID, Emulator, Operation, Received, SECRET_ACCESS_KEY};

use crate::fake_server;
use crate::setup::{carry_out, credentials, emulator, emulator_keys, role};

#[tokio::test]
async fn a_token_is_taken_without_asking_anyone() {
    let env = Env::empty().with_variable("AWS_BEARER_TOKEN_BEDROCK", " a-token\n");
    let auth = carry_out(&plan(&Settings::default(), &env)).await.unwrap();

    let ResolvedIdentity::Bearer(token) = &auth.identity else {
        panic!("{auth:?}");
    };
    assert_eq!(token.token(), "a-token");
    assert_eq!(auth.region, "us-east-1");
    assert_eq!(
        auth.endpoint,
        "https://bedrock-runtime.us-east-1.amazonaws.com"
    );
}

#[tokio::test]
async fn environment_keys_are_taken_whole() {
    let env = emulator_keys().with_variable("AWS_SESSION_TOKEN", "a-session-token");
    let auth = carry_out(&plan(&Settings::default(), &env)).await.unwrap();

    let credentials = credentials(&auth).await;
    assert_eq!(credentials.access_key_id(), ACCESS_KEY_ID);
    assert_eq!(credentials.secret_access_key(), SECRET_ACCESS_KEY);
    assert_eq!(credentials.session_token(), Some("a-session-token"));
}

#[tokio::test]
async fn a_role_is_assumed_over_environment_keys() {
    let emulator = emulator().await;
    let settings = Settings {
        external_id: Some("my-external-id".into()),
        region: Some("eu-central-1".into()),
        ..role()
    };
    let env = emulator_keys().with_variable("AWS_ENDPOINT_URL_STS", emulator.endpoint());
    let auth = carry_out(&plan(&settings, &env)).await.unwrap();

    let credentials = credentials(&auth).await;
    assert!(credentials.expiry().is_some());
    assert_ne!(credentials.access_key_id(), ACCESS_KEY_ID);
    let requests = emulator.requests();
    assert_eq!(requests.len(), 1, "the check must not cost a second hop");
    assert_hop(&requests[0], "eu-central-1");
    let body = String::from_utf8_lossy(&requests[0].body);
    assert!(body.contains("RoleSessionName=docker-agent-bedrock-session"));
    assert!(body.contains("ExternalId=my-external-id"));
}

#[tokio::test]
async fn a_role_is_assumed_again_when_asked_again() {
    let emulator = emulator().await;
    let env = emulator_keys().with_variable("AWS_ENDPOINT_URL_STS", emulator.endpoint());
    let auth = carry_out(&plan(&role(), &env)).await.unwrap();

    let first = credentials(&auth).await;
    let second = credentials(&auth).await;
    assert_ne!(first.access_key_id(), second.access_key_id());
    assert_eq!(emulator.requests().len(), 2);
}

#[tokio::test]
async fn a_profile_assumes_the_role_of_its_own() {
    let emulator = emulator().await;
    let settings = Settings {
        profile: Some("app".into()),
        ..Settings::default()
    };
    let env = emulator_profile(&emulator);
    let auth = carry_out(&plan(&settings, &env)).await.unwrap();

    assert!(credentials(&auth).await.session_token().is_some());
    let requests = emulator.requests();
    assert_eq!(requests.len(), 1);
    assert_hop(&requests[0], "ap-northeast-1");
}

#[tokio::test]
async fn a_role_is_assumed_over_the_role_of_a_profile() {
    let emulator = emulator().await;
    let settings = Settings {
        profile: Some("app".into()),
        ..role()
    };
    let env = emulator_profile(&emulator);
    carry_out(&plan(&settings, &env)).await.unwrap();

    let requests = emulator.requests();
    assert_eq!(requests.len(), 2);
    let second = requests[1].identity.as_ref().unwrap();
    let base_role = second.role.as_ref().unwrap();
    assert_eq!(base_role.role_arn, "arn:aws:iam::123456789012:role/Base");
}

#[tokio::test]
async fn instance_metadata_is_the_last_resort() {
    let (endpoint, heads) = fake_server::serve(|head| match head.split(' ').nth(1) {
        Some("/latest/api/token") => (200, "metadata-token"),
        Some("/latest/meta-data/iam/security-credentials/") => (200, "instance-role"),
        _ => (
            200,
            r#"{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"ASIAINSTANCE",
                "SecretAccessKey":"s","Token":"t","Expiration":"2199-01-01T00:00:00Z",
                "LastUpdated":"2026-01-01T00:00:00Z"}"#,
        ),
    })
    .await;
    let env = Env::empty()
        .with_variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint)
        .with_variable("HTTPS_PROXY", fake_server::nobody().await);
    let auth = carry_out(&plan(&Settings::default(), &env)).await.unwrap();

    assert_eq!(credentials(&auth).await.access_key_id(), "ASIAINSTANCE");
    assert_eq!(heads.lock().unwrap().len(), 3);
}

#[cfg(feature = "credentials-process")]
#[tokio::test]
async fn a_profile_may_run_a_program() {
    let env = Env::empty().with_config_file(
        "~/.aws/config",
        "[profile vend]\ncredential_process = echo '{\"Version\": 1, \"AccessKeyId\": \"AKIAVEND\", \
         \"SecretAccessKey\": \"s\"}'\n",
    );
    let settings = Settings {
        profile: Some("vend".into()),
        ..Settings::default()
    };
    let auth = carry_out(&plan(&settings, &env)).await.unwrap();

    assert_eq!(credentials(&auth).await.access_key_id(), "AKIAVEND");
}

/// A profile `app` that assumes a role over static keys, with STS at the emulator.
fn emulator_profile(emulator: &Emulator) -> Env {
    let endpoint = emulator.endpoint();
    Env::empty()
        .with_config_file(
            "~/.aws/config",
            format!(
                "[profile app]\nrole_arn = arn:aws:iam::123456789012:role/Base\n\
                 source_profile = base\nregion = ap-northeast-1\nservices = local\n\
                 [services local]\nsts =\n  endpoint_url = {endpoint}\n"
            ),
        )
        .with_credentials_file(
            "~/.aws/credentials",
            format!(
                "[base]\naws_access_key_id = {ACCESS_KEY_ID}\n\
                 aws_secret_access_key = {SECRET_ACCESS_KEY}\n"
            ),
        )
}

#[track_caller]
fn assert_hop(request: &Received, region: &str) {
    assert_eq!(request.operation, Operation::AssumeRole);
    assert!(request.signature_verified);
    assert_eq!(request.region.as_deref(), Some(region));
    assert_eq!(request.status, 200);
}
