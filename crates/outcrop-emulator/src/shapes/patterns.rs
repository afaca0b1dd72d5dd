//! The patterns of the service model, as functions.

use super::Pattern;

pub(super) const TOOL_USE_ID: Pattern = Pattern {
    text: "[a-zA-Z0-9_.:-]+",
    matches: |text| made_of(text, "_.:-"),
};

pub(super) const TOOL_NAME: Pattern = Pattern {
    text: "[a-zA-Z0-9_-]+",
    matches: |text| made_of(text, "_-"),
};

pub(super) const ACCOUNT_ID: Pattern = Pattern {
    text: "[0-9]{12}",
    matches: |text| digits(text, 12, 12),
};

pub(super) const S3_URI: Pattern = Pattern {
    text: r"s3://[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9](/.*)?",
    matches: s3_uri,
};

pub(super) const GUARDRAIL_IDENTIFIER: Pattern = Pattern {
    text: "(|([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail/[a-z0-9]+))",
    matches: guardrail_identifier,
};

pub(super) const GUARDRAIL_VERSION: Pattern = Pattern {
    text: "(|([1-9][0-9]{0,7})|(DRAFT))",
    matches: |text| matches!(text, "" | "DRAFT") || (digits(text, 1, 8) && !text.starts_with('0')),
};

pub(super) const METADATA_KEY: Pattern = Pattern {
    text: r"[a-zA-Z0-9\s:_@$#=/+,-.]{1,256}",
    matches: metadata,
};

pub(super) const METADATA_VALUE: Pattern = Pattern {
    text: r"[a-zA-Z0-9\s:_@$#=/+,-.]{0,256}",
    matches: metadata,
};

/// Whether a text is made of ASCII letters, digits and these symbols.
pub(super) fn made_of(text: &str, symbols: &str) -> bool {
    text.chars()
        .all(|letter| letter.is_ascii_alphanumeric() || symbols.contains(letter))
}

/// Whether a text is made of lower-case ASCII letters, digits and these symbols, and how long.
pub(super) fn lower(text: &str, symbols: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.len())
        && text.chars().all(|letter| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || symbols.contains(letter)
        })
}

/// Whether a text is a number of so many digits.
pub(super) fn digits(text: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is `aws`, or `aws-` and more.
pub(super) fn partition(text: &str) -> bool {
    text == "aws"
        || text
            .strip_prefix("aws-")
            .is_some_and(|rest| !rest.is_empty())
}

/// The range `,-.` of the pattern is the three characters between its ends.
fn metadata(text: &str) -> bool {
    text.chars().all(|letter| {
        letter.is_ascii_alphanumeric() || letter.is_whitespace() || ":_@$#=/+,-.".contains(letter)
    })
}

fn s3_uri(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("s3://") else {
        return false;
    };
    let bucket = rest.split('/').next().unwrap_or_default();
    lower(bucket, ".-", 3, 63) && !bucket.starts_with(['.', '-']) && !bucket.ends_with(['.', '-'])
}

fn guardrail_identifier(text: &str) -> bool {
    if !text.contains(':') {
        return lower(text, "", 0, usize::MAX);
    }
    let parts: Vec<&str> = text.split(':').collect();
    let ["arn", own_partition, "bedrock", region, account, resource] = parts[..] else {
        return false;
    };
    partition(own_partition)
        && lower(region, "-", 1, 20)
        && digits(account, 12, 12)
        && resource
            .strip_prefix("guardrail/")
            .is_some_and(|name| lower(name, "", 1, usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_function_accepts_what_its_pattern_accepts() {
        for (pattern, good, bad) in [
            (TOOL_USE_ID, "tooluse_a.b:c-1", "a b"),
            (TOOL_NAME, "get_weather-2", "get.weather"),
            (ACCOUNT_ID, "123456789012", "12345678901"),
            (S3_URI, "s3://bucket/key", "s3://-bucket/key"),
            (S3_URI, "s3://abc", "s3://ab"),
            (GUARDRAIL_IDENTIFIER, "", "ABC"),
            (
                GUARDRAIL_IDENTIFIER,
                "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc1",
                "arn:aws:bedrock:us-east-1:123456789012:guardrail/",
            ),
            (GUARDRAIL_VERSION, "DRAFT", "draft"),
            (GUARDRAIL_VERSION, "12345678", "012"),
            (METADATA_KEY, "team: a/b", "team!"),
        ] {
            assert!((pattern.matches)(good), "{good}");
            assert!(!(pattern.matches)(bad), "{bad}");
        }
    }
}
