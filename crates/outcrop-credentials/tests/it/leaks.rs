//! No secret in anything that is printed.
//!
//! Every secret in these tests holds the word `SECRET`, followed by `-` so that the names of
//! variables do not count.

use std::fmt::Write;
use std::io;
use std::sync::{Arc, Mutex};

use outcrop_credentials::{Env, Settings, plan};
use tracing_subscriber::fmt::MakeWriter;

use crate::cases;
use crate::fake_server;
use crate::setup::{carry_out, emulator, emulator_keys, role};

const MARK: &str = "SECRET-";

#[test]
fn no_plan_shows_a_secret() {
    for folder in cases::folders() {
        let plan = cases::plan_of(&folder);
        let mut text = format!("{plan:?} {plan:#?}");
        for adjustment in plan.adjustments() {
            write!(text, "{adjustment} {adjustment:?}").unwrap();
        }
        if let Some(problem) = plan.refusal() {
            write!(text, "{problem} {problem:?} {:?}", problem.hints()).unwrap();
        }
        let offline = plan.offline("AKIA", "SECRET-of-the-emulator", "http://127.0.0.1:1");
        write!(text, "{offline:?}").unwrap();
        assert!(!text.contains(MARK), "{}: {text}", folder.display());
    }
}

#[test]
fn no_environment_shows_a_secret() {
    let env = Env::empty()
        .with_variable("ANYTHING", "SECRET-variable")
        .with_config_file("~/.aws/config", "SECRET-in-config")
        .with_credentials_file("~/.aws/credentials", "SECRET-in-credentials");

    assert!(!format!("{env:?}").contains(MARK));
}

/// One test for all that is resolved, because a log subscriber belongs to its thread.
#[tokio::test]
async fn nothing_resolved_and_nothing_logged_shows_a_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let emulator = emulator().await;
    let (broken_sts, _) = fake_server::serve(|_| (200, ANSWER_WITHOUT_END)).await;
    let token = Env::empty().with_variable("AWS_BEARER_TOKEN_BEDROCK", "SECRET-token");
    let keys = emulator_keys()
        .with_variable("AWS_SECRET_ACCESS_KEY", "SECRET-wrong")
        .with_variable("AWS_SESSION_TOKEN", "SECRET-session");
    let proxied = keys
        .clone()
        .with_variable("HTTPS_PROXY", "http://user:SECRET-word@127.0.0.1:1")
        .with_variable("AWS_ENDPOINT_URL_STS", "https://sts.invalid");
    let profile = Env::empty().with_credentials_file(
        "~/.aws/credentials",
        "[default]\naws_access_key_id = AKIA\naws_secret_access_key = SECRET-in-file\n",
    );
    let environments = [
        (Settings::default(), token),
        (Settings::default(), keys.clone()),
        (Settings::default(), profile),
        (
            role(),
            keys.clone()
                .with_variable("AWS_ENDPOINT_URL_STS", emulator.endpoint()),
        ),
        (
            role(),
            keys.with_variable("AWS_ENDPOINT_URL_STS", broken_sts),
        ),
        (role(), proxied),
    ];

    for (settings, env) in environments {
        let text = match carry_out(&plan(&settings, &env)).await {
            Ok(auth) => format!("{auth:?} {auth:#?}"),
            Err(error) => format!("{error} {error:?} {:?}", error.hints()),
        };
        assert!(!text.contains(MARK), "{text}");
    }
    let log = log.text();
    assert!(log.contains("STS"), "nothing was captured: {log}");
    let leak = log.lines().find(|line| line.contains(MARK));
    assert_eq!(leak, None);
}

/// Credentials that the SDK cannot read to the end.
const ANSWER_WITHOUT_END: &str = "<AssumeRoleResponse><AssumeRoleResult><Credentials>\
    <AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>SECRET-issued</SecretAccessKey>\
    <SessionToken>SECRET-issued-token</SessionToken><Expiration>tomorrow</Expiration>\
    </Credentials></AssumeRoleResult></AssumeRoleResponse>";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
