//! How `resolve` fails.

use outcrop_credentials::{Env, ErrorKind, Settings, plan};

use crate::fake_server;
use crate::setup::{emulator, emulator_keys, fail, role, source};

#[tokio::test]
async fn a_plan_with_a_problem_is_refused_at_once() {
    let settings = Settings {
        profile: Some("ghost".into()),
        ..Settings::default()
    };
    let error = fail(&plan(&settings, &emulator_keys())).await;

    assert_eq!(error.kind(), ErrorKind::NoCredentials);
    assert_eq!(
        error.to_string(),
        "profile `ghost` (provider_opts.profile) does not exist; \
         read ~/.aws/config (not found) and ~/.aws/credentials (not found)"
    );
    assert_eq!(error.hints(), ["run `aws configure --profile ghost`"]);
}

#[tokio::test]
async fn nothing_found_names_everything_tried_in_order() {
    let env = Env::empty().with_variable(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        fake_server::nobody().await,
    );
    let error = fail(&plan(&Settings::default(), &env)).await;

    assert_eq!(error.kind(), ErrorKind::NoCredentials);
    assert_eq!(
        error.to_string(),
        "no credentials found; tried AWS_BEARER_TOKEN_BEDROCK, \
         then environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, \
         then profile `default` (default chain), \
         then web identity token (AWS_WEB_IDENTITY_TOKEN_FILE), \
         then container credentials (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI), \
         then EC2 instance metadata"
    );
}

#[tokio::test]
async fn a_wrong_secret_is_told_in_the_words_of_the_service() {
    let emulator = emulator().await;
    let env = emulator_keys()
        .with_variable("AWS_SECRET_ACCESS_KEY", "not-the-secret")
        .with_variable("AWS_ENDPOINT_URL_STS", emulator.endpoint());
    let error = fail(&plan(&role(), &env)).await;

    assert_eq!(error.kind(), ErrorKind::CredentialsInvalid);
    assert_eq!(
        error.to_string(),
        "the credentials of environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY \
         cannot be used"
    );
    let cause = source(&error);
    assert!(cause.starts_with("SignatureDoesNotMatch: "), "{cause}");
}

#[tokio::test]
async fn expired_keys_are_told_apart() {
    let emulator = emulator().await;
    let env = emulator_keys()
        .with_variable("AWS_ACCESS_KEY_ID", outcrop_emulator::EXPIRED_ACCESS_KEY_ID)
        .with_variable("AWS_SESSION_TOKEN", outcrop_emulator::EXPIRED_SESSION_TOKEN)
        .with_variable("AWS_ENDPOINT_URL_STS", emulator.endpoint());
    let error = fail(&plan(&role(), &env)).await;

    assert_eq!(error.kind(), ErrorKind::CredentialsExpired, "{error:?}");
    let cause = source(&error);
    assert!(cause.starts_with("ExpiredToken: "), "{cause}");
}

#[tokio::test]
async fn a_refused_role_is_named_with_the_reason() {
    let emulator = emulator().await;
    let settings = Settings {
        role_arn: Some("arn:aws:iam::123456789012:user/nobody".into()),
        ..Settings::default()
    };
    let env = emulator_keys().with_variable("AWS_ENDPOINT_URL_STS", emulator.endpoint());
    let error = fail(&plan(&settings, &env)).await;

    assert_eq!(error.kind(), ErrorKind::CredentialsInvalid);
    assert!(
        error
            .to_string()
            .starts_with("the role arn:aws:iam::123456789012:user/nobody cannot be assumed")
    );
    let cause = source(&error);
    assert!(cause.starts_with("ValidationError: "), "{cause}");
}

#[tokio::test]
async fn a_role_denied_in_xml_is_named_with_the_reason() {
    let (endpoint, _) = fake_server::serve(|_| {
        let body = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>\
                    <Message>User: arn:aws:iam::1:user/a is not authorized to perform: \
                    sts:AssumeRole</Message></Error><RequestId>1</RequestId></ErrorResponse>";
        (403, body)
    })
    .await;
    let env = emulator_keys().with_variable("AWS_ENDPOINT_URL_STS", endpoint);
    let error = fail(&plan(&role(), &env)).await;

    assert_eq!(error.kind(), ErrorKind::CredentialsInvalid);
    let cause = source(&error);
    assert_eq!(
        cause,
        "AccessDenied: User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole"
    );
}

#[tokio::test]
async fn an_unreachable_service_is_worth_another_try() {
    let env = emulator_keys().with_variable("AWS_ENDPOINT_URL_STS", fake_server::nobody().await);
    let error = fail(&plan(&role(), &env)).await;

    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
}

#[tokio::test]
async fn a_profile_that_needs_a_sign_in_says_which_command() {
    let env = Env::empty().with_config_file(
        "~/.aws/config",
        "[profile work]\nsso_start_url = https://nobody.invalid/start\nsso_region = us-east-1\n\
         sso_account_id = 123456789012\nsso_role_name = Bedrock\n",
    );
    let settings = Settings {
        profile: Some("work".into()),
        ..Settings::default()
    };
    let plan = plan(&settings, &env);
    let error = fail(&plan).await;

    let command = "run `aws sso login --profile work`";
    assert_eq!(error.hints(), [command]);
    assert_eq!(plan.renewal().as_deref(), Some(command));
}

#[tokio::test]
async fn profiles_in_a_circle_are_told() {
    let circle = "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n\
                  [profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = a\n";
    let env = Env::empty().with_config_file("~/.aws/config", circle);
    let settings = Settings {
        profile: Some("a".into()),
        ..Settings::default()
    };
    let error = fail(&plan(&settings, &env)).await;

    assert_eq!(error.kind(), ErrorKind::CredentialsInvalid);
    let cause = source(&error);
    assert!(cause.contains("infinite loop"), "{cause}");
}
