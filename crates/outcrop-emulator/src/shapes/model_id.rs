//! The pattern of `modelId` (`ConversationalModelId` of the service model).

use super::patterns::{digits, lower, made_of, partition};

/// The longest identifier, in characters.
pub(super) const MAX: usize = 2_048;

/// Whether an identifier has one of the forms of the pattern.
pub(super) fn matches(id: &str) -> bool {
    if id.is_empty() {
        return false;
    }
    made_of(id, "-:.") || underscored(id) || arn(id)
}

/// `([0-9a-zA-Z][_-]?)+`
fn underscored(id: &str) -> bool {
    made_of(id, "_-")
        && !id.starts_with(['_', '-'])
        && !id.as_bytes().windows(2).any(|pair| {
            let separator = |byte: u8| byte == b'_' || byte == b'-';
            separator(pair[0]) && separator(pair[1])
        })
}

fn arn(id: &str) -> bool {
    let parts: Vec<&str> = id.splitn(6, ':').collect();
    let ["arn", own_partition, service, region, account, resource] = parts[..] else {
        return false;
    };
    let Some((kind, name)) = resource.split_once('/') else {
        return false;
    };
    let owned = digits(account, 12, 12);
    let twelve = lower(name, "", 12, 12);
    let resource = match (service, kind) {
        ("bedrock", "foundation-model") => account.is_empty() && foundation_model(name),
        ("bedrock", "inference-profile" | "application-inference-profile")
        | ("bedrock", "prompt-router" | "default-prompt-router") => {
            owned && !name.is_empty() && made_of(name, "-:.")
        }
        ("bedrock", "imported-model" | "provisioned-model" | "custom-model-deployment") => {
            owned && twelve
        }
        ("bedrock", "custom-model") => owned && custom_model(name),
        ("bedrock", "prompt") => owned && prompt(name),
        ("sagemaker", "endpoint") => {
            return own_partition == "aws" && owned && !name.is_empty() && made_of(name, "-");
        }
        _ => false,
    };
    partition(own_partition) && lower(region, "-", 1, 20) && resource
}

/// `vendor.model`, and at most one more part after a dot or a colon.
fn foundation_model(name: &str) -> bool {
    let parts: Vec<&str> = name.split(['.', ':']).collect();
    (2..=3).contains(&parts.len()) && parts.iter().all(|part| lower(part, "-", 1, 126))
}

fn custom_model(name: &str) -> bool {
    name.split_once('/').is_some_and(|(model, id)| {
        let parts: Vec<&str> = model.split('.').collect();
        parts.len() == 2
            && parts.iter().all(|part| lower(part, "-", 1, 63))
            && lower(id, "", 12, 12)
    })
}

/// Ten letters or digits, and a version after a colon.
fn prompt(name: &str) -> bool {
    let (id, version) = name.split_once(':').unwrap_or((name, "1"));
    id.len() == 10 && made_of(id, "") && digits(version, 1, 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_forms_match() {
        for id in [
            "us.anthropic.claude-opus-5",
            "anthropic.claude-sonnet-4-5-20250929-v1:0",
            "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5",
            "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-lite-v1:0",
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0",
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2",
            "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdefghij12",
            "arn:aws:bedrock:us-east-1:123456789012:custom-model/a.b/abcdefghij12",
            "arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ:3",
            "arn:aws:sagemaker:us-east-1:123456789012:endpoint/my-endpoint",
        ] {
            assert!(matches(id), "{id}");
        }
    }

    #[test]
    fn other_texts_do_not() {
        for id in [
            "",
            "bad model id",
            "a/b",
            "arn:aws:bedrock:us-east-1::inference-profile/us.a.b",
            "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/short",
            "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc",
            "arn:aws:iam::123456789012:role/a",
        ] {
            assert!(!matches(id), "{id}");
        }
    }
}
