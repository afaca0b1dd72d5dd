//! STS.

use outcrop_emulator::{AssumedRole, Emulator, Operation};
use serde_json::json;

use crate::support::{Reply, Signer, emulator, hello};

const ROLE: &str = "Action=AssumeRole&Version=2011-06-15\
     &RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fteams%2Freader";

async fn ask(emulator: &Emulator, signer: &Signer, body: &str) -> Reply {
    signer.post(emulator.address(), "/", body.as_bytes()).await
}

fn element(reply: &Reply, name: &str) -> String {
    let xml = reply.text();
    let (_, rest) = xml
        .split_once(&format!("<{name}>"))
        .unwrap_or_else(|| panic!("{xml}"));
    rest.split_once("</").unwrap().0.to_owned()
}

fn signer_of(reply: &Reply) -> Signer {
    Signer {
        access_key_id: element(reply, "AccessKeyId"),
        secret: element(reply, "SecretAccessKey"),
        session_token: Some(element(reply, "SessionToken")),
        ..Signer::new("bedrock")
    }
}

#[tokio::test]
async fn issued_credentials_are_accepted_and_show_their_role() {
    let emulator = emulator().await;
    let body = format!("{ROLE}&RoleSessionName=me%40example&ExternalId=ab%3Acd");
    let reply = ask(&emulator, &Signer::new("sts"), &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(
        element(&reply, "Arn"),
        "arn:aws:sts::111122223333:assumed-role/reader/me@example"
    );
    let signer = signer_of(&reply);
    assert!(signer.access_key_id.starts_with("ASIA"));

    let body = hello(json!({})).to_string();
    let path = "/model/us.anthropic.claude-opus-5/converse";
    let reply = signer.post(emulator.address(), path, body.as_bytes()).await;
    assert_eq!(reply.status, 200, "{}", reply.message());
    let received = emulator.requests();
    assert_eq!(received[0].operation, Operation::AssumeRole);
    let role = AssumedRole {
        role_arn: "arn:aws:iam::111122223333:role/teams/reader".to_owned(),
        session_name: "me@example".to_owned(),
        external_id: Some("ab:cd".to_owned()),
    };
    assert_eq!(received[1].identity.as_ref().unwrap().role, Some(role));
}

#[tokio::test]
async fn issued_credentials_need_their_own_signed_token() {
    let emulator = emulator().await;
    let body = format!("{ROLE}&RoleSessionName=me");
    let first = signer_of(&ask(&emulator, &Signer::new("sts"), &body).await);
    let second = signer_of(&ask(&emulator, &Signer::new("sts"), &body).await);
    assert_ne!(first.access_key_id, second.access_key_id);
    let unknown = "UnrecognizedClientException";
    for (signer, error_type) in [
        (
            Signer {
                session_token: None,
                ..first.clone()
            },
            unknown,
        ),
        (
            Signer {
                session_token: second.session_token,
                ..first.clone()
            },
            unknown,
        ),
        (
            Signer {
                signs_token: false,
                ..first.clone()
            },
            "InvalidSignatureException",
        ),
        (
            Signer {
                secret: second.secret,
                ..first
            },
            "InvalidSignatureException",
        ),
    ] {
        let path = "/model/us.anthropic.claude-opus-5/converse";
        let reply = signer.post(emulator.address(), path, b"{}").await;
        assert_eq!(
            (reply.status, reply.header("x-amzn-errortype")),
            (403, error_type)
        );
    }
}

#[tokio::test]
async fn parameters_outside_their_limits_are_refused() {
    let emulator = emulator().await;
    let long = "a".repeat(65);
    for (body, text) in [
        (
            format!("{ROLE}&RoleSessionName=a"),
            "greater than or equal to 2",
        ),
        (
            format!("{ROLE}&RoleSessionName={long}"),
            "less than or equal to 64",
        ),
        (
            format!("{ROLE}&RoleSessionName=has+space"),
            "regular expression pattern",
        ),
        (ROLE.to_owned(), "Value null at 'roleSessionName'"),
        (
            format!("{ROLE}&RoleSessionName=me&ExternalId=a"),
            "'externalId'",
        ),
        (
            format!("{ROLE}&RoleSessionName=me&ExternalId=a%23b"),
            "'externalId'",
        ),
        (
            format!("{ROLE}&RoleSessionName=me&DurationSeconds=899"),
            "equal to 900",
        ),
        (
            format!("{ROLE}&RoleSessionName=me&DurationSeconds=43201"),
            "equal to 43200",
        ),
        (
            "Action=AssumeRole&RoleArn=arn:aws:iam::111122223333:user/reader&RoleSessionName=me"
                .to_owned(),
            "is invalid",
        ),
        (
            "Action=AssumeRole&RoleArn=short&RoleSessionName=me".to_owned(),
            "equal to 20",
        ),
    ] {
        let reply = ask(&emulator, &Signer::new("sts"), &body).await;
        assert_eq!(
            (reply.status, element(&reply, "Code").as_str()),
            (400, "ValidationError")
        );
        assert!(
            element(&reply, "Message").contains(text),
            "{body}: {}",
            reply.text()
        );
    }
}

#[tokio::test]
async fn a_role_assumed_by_a_role_lasts_an_hour_at_most() {
    let emulator = emulator().await;
    let body = format!("{ROLE}&RoleSessionName=me&DurationSeconds=7200");
    let first = ask(&emulator, &Signer::new("sts"), &body).await;
    assert_eq!(first.status, 200);
    let chained = Signer {
        service: "sts".to_owned(),
        ..signer_of(&first)
    };
    let reply = ask(&emulator, &chained, &body).await;
    assert!(element(&reply, "Message").contains("1 hour session limit"));
}

#[tokio::test]
async fn the_caller_learns_who_it_is() {
    let emulator = emulator().await;
    let body = "Action=GetCallerIdentity&Version=2011-06-15";
    let reply = ask(&emulator, &Signer::new("sts"), body).await;
    assert_eq!(
        element(&reply, "Arn"),
        "arn:aws:iam::123456789012:user/outcrop"
    );
    assert_eq!(element(&reply, "Account"), "123456789012");
}

#[tokio::test]
async fn refusals_have_the_names_that_sts_gives_them() {
    let emulator = emulator().await;
    let right = Signer::new("sts");
    for (signer, body, status, code) in [
        (
            Signer {
                secret: "x".to_owned(),
                ..right.clone()
            },
            "Action=GetCallerIdentity",
            403,
            "SignatureDoesNotMatch",
        ),
        (
            Signer {
                access_key_id: "x".to_owned(),
                ..right.clone()
            },
            "Action=GetCallerIdentity",
            403,
            "InvalidClientTokenId",
        ),
        (
            Signer::new("bedrock"),
            "Action=GetCallerIdentity",
            403,
            "SignatureDoesNotMatch",
        ),
        (right, "Action=GetFederationToken", 400, "InvalidAction"),
    ] {
        let reply = ask(&emulator, &signer, body).await;
        assert_eq!(
            (reply.status, element(&reply, "Code").as_str()),
            (status, code)
        );
        assert_eq!(reply.header("content-type"), "text/xml");
    }
}
