//! Plans made offline.

use outcrop_credentials::{Adjustment, AuthPlan, Env, Method, Settings, Severity, plan};
use outcrop_emulator::{ACCESS_KEY_ID, Operation, SECRET_ACCESS_KEY};

use crate::cases;
use crate::setup::{carry_out, credentials, emulator, role};

#[tokio::test]
async fn a_role_is_assumed_at_the_emulator() {
    let emulator = emulator().await;
    let hostile = Env::empty()
        .with_variable("AWS_ENDPOINT_URL", "http://203.0.113.1")
        .with_variable("AWS_ENDPOINT_URL_STS", "http://203.0.113.1")
        .with_variable("AWS_ACCESS_KEY_ID", "AKIAOTHER")
        .with_variable("AWS_SECRET_ACCESS_KEY", "other")
        .with_variable("AWS_SESSION_TOKEN", "other")
        .with_variable("AWS_USE_FIPS_ENDPOINT", "true")
        .with_variable("AWS_CA_BUNDLE", "/nonexistent")
        .with_variable("HTTPS_PROXY", "http://203.0.113.1")
        .with_variable("AWS_REGION", "eu-west-3");
    let settings = outcrop_credentials::Settings {
        external_id: Some("my-external-id".into()),
        role_session_name: Some("nightly".into()),
        ..role()
    };
    let plan = offline(&plan(&settings, &hostile), emulator.endpoint());
    let auth = carry_out(&plan).await.unwrap();

    assert!(credentials(&auth).await.session_token().is_some());
    assert_eq!(auth.endpoint, emulator.endpoint());
    assert_eq!(auth.region, "eu-west-3");
    let [hop] = &emulator.requests()[..] else {
        panic!("{:?}", emulator.requests());
    };
    assert_eq!(hop.operation, Operation::AssumeRole);
    assert!(hop.signature_verified);
    let body = String::from_utf8_lossy(&hop.body);
    assert!(body.contains("RoleSessionName=nightly"), "{body}");
    assert!(body.contains("ExternalId=my-external-id"), "{body}");
}

#[test]
fn every_case_can_be_run_offline() {
    for folder in cases::folders() {
        let online = cases::plan_of(&folder);
        let offline = offline(&online, "http://127.0.0.1:1".into());

        assert_eq!(offline.refusal(), None, "{}", folder.display());
        assert_eq!(offline.method(), Method::SigV4);
        assert_eq!(offline.endpoint().value, "http://127.0.0.1:1");
        assert_eq!(offline.role(), online.role());
        let last = offline.adjustments().last().unwrap();
        assert_eq!(last.code(), "auth.offline");
        assert_eq!(last.severity(), Severity::Info);
        assert!(
            !offline
                .adjustments()
                .iter()
                .any(Adjustment::predicts_refusal)
        );
    }
}

#[test]
fn a_missing_profile_is_reported_and_no_longer_refused() {
    let settings = Settings {
        profile: Some("ghost".into()),
        ..Settings::default()
    };
    let plan = offline(&plan(&settings, &Env::empty()), "http://127.0.0.1:1".into());

    let codes: Vec<&str> = plan.adjustments().iter().map(Adjustment::code).collect();
    assert_eq!(codes, ["credentials.profile-missing", "auth.offline"]);
    assert_eq!(
        plan.adjustments()[0].to_string(),
        "not offline: profile `ghost` (provider_opts.profile) does not exist; \
         read ~/.aws/config (not found) and ~/.aws/credentials (not found)"
    );
}

#[test]
fn an_invalid_region_gives_way_to_the_default() {
    let settings = Settings {
        region: Some("nowhere!".into()),
        ..Settings::default()
    };
    let plan = offline(&plan(&settings, &Env::empty()), "http://127.0.0.1:1".into());

    assert_eq!(plan.region().value, "us-east-1");
}

fn offline(plan: &AuthPlan, endpoint: String) -> AuthPlan {
    plan.offline(ACCESS_KEY_ID, SECRET_ACCESS_KEY, endpoint)
}
