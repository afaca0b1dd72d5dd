//! Geographies: the prefixes of system-defined inference profiles, and the regions they serve.

use std::fmt;

/// The geography in front of an inference profile ID, such as `us.` or `global.`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Geography {
    /// `global.`: every commercial region.
    Global,
    /// `us.`: the United States.
    Us,
    /// `eu.`: the European Union.
    Eu,
    /// `apac.`: Asia Pacific.
    Apac,
    /// `jp.`: Japan.
    Jp,
    /// `au.`: Australia.
    Au,
    /// `ca.`: Canada.
    Ca,
    /// `in.`: India.
    In,
    /// `us-gov.`: AWS GovCloud (US).
    UsGov,
    /// A prefix that is not in the list, kept as it was written in lower case.
    Other(String),
}

impl Geography {
    /// The geography that `prefix` (without the dot, in lower case) names.
    #[must_use]
    pub fn from_prefix(prefix: &str) -> Self {
        match prefix {
            "global" => Self::Global,
            "us" => Self::Us,
            "eu" => Self::Eu,
            "apac" => Self::Apac,
            "jp" => Self::Jp,
            "au" => Self::Au,
            "ca" => Self::Ca,
            "in" => Self::In,
            "us-gov" => Self::UsGov,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The prefix without its dot.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Global => "global",
            Self::Us => "us",
            Self::Eu => "eu",
            Self::Apac => "apac",
            Self::Jp => "jp",
            Self::Au => "au",
            Self::Ca => "ca",
            Self::In => "in",
            Self::UsGov => "us-gov",
            Self::Other(prefix) => prefix,
        }
    }

    /// Whether a profile of this geography can be called from `region`.
    ///
    /// Clients differ about `sa-*` and `ca-*`; where any of them calls a profile from a
    /// region, this says yes, so that a warning is never a false alarm. An unknown geography
    /// serves everything for the same reason. Source: the inference profile tables of the Bedrock
    /// user guide and of zed and cline, November 2026.
    #[must_use]
    pub fn serves(&self, region: &str) -> bool {
        if !region.ends_with(|last: char| last.is_ascii_digit()) {
            return true; // A name of one's own, such as that of a server for tests.
        }
        let in_gov = region.starts_with("us-gov-");
        let in_iso_or_china = region.starts_with("cn-")
            || region.starts_with("us-iso")
            || region.starts_with("eu-iso")
            || region.starts_with("eusc-");
        if in_iso_or_china && !matches!(self, Self::Other(_)) {
            return false;
        }
        let starts_with_any = |prefixes: &[&str]| prefixes.iter().any(|p| region.starts_with(p));
        match self {
            Self::Global => !in_gov,
            Self::Us => !in_gov && starts_with_any(&["us-", "ca-", "sa-"]),
            Self::Eu => starts_with_any(&["eu-"]),
            Self::Apac => starts_with_any(&["ap-", "me-"]),
            Self::Jp => matches!(region, "ap-northeast-1" | "ap-northeast-3"),
            Self::Au => matches!(region, "ap-southeast-2" | "ap-southeast-4"),
            Self::Ca => starts_with_any(&["ca-"]),
            Self::In => matches!(region, "ap-south-1" | "ap-south-2"),
            Self::UsGov => in_gov,
            Self::Other(_) => true,
        }
    }
}

impl fmt::Display for Geography {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
