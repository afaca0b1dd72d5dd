//! Which region.

use crate::adjustment::Adjustment;
use crate::env::Env;
use crate::problem::Problem;
use crate::profiles::Profiles;
use crate::settings::Settings;
use crate::source::{Choice, Source};
use crate::variables;

/// The region of a plan in which nothing names one, as docker-agent's Bedrock page says.
pub const DEFAULT_REGION: &str = "us-east-1";

/// Takes the first region that is set. EC2 instance metadata is never asked.
///
/// A region that is set and not valid is a problem; it never gives way to the next one, because a
/// call in an unexpected region costs money and moves data.
pub(crate) fn choose(
    settings: &Settings,
    env: &Env,
    profiles: &Profiles,
    adjustments: &mut Vec<Adjustment>,
) -> Choice {
    let setting = |value: &Option<String>, source| {
        let value = value.clone()?;
        Some(Choice { value, source })
    };
    let region = setting(&settings.region, Source::Setting("provider_opts.region"))
        .or_else(|| setting(&settings.model_region, Source::ModelArn))
        .or_else(|| env.choice(variables::AWS_REGION))
        .or_else(|| env.choice(variables::AWS_DEFAULT_REGION))
        .or_else(|| profiles.region())
        .unwrap_or_else(|| default(Source::Default));
    if !is_host_label(&region.value) {
        let problem = Problem::InvalidRegion(region.clone());
        adjustments.push(Adjustment::Refused(problem));
    }
    region
}

/// The default region, with the reason for it.
pub(crate) fn default(source: Source) -> Choice {
    Choice {
        value: DEFAULT_REGION.to_owned(),
        source,
    }
}

/// Whether a region can be part of a host name: 1 to 63 of `a-z`, `0-9` and `-`, no `-` at either
/// end. Anything else could name another host.
#[must_use]
pub fn is_host_label(region: &str) -> bool {
    (1..=63).contains(&region.len())
        && region
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !region.starts_with('-')
        && !region.ends_with('-')
}
