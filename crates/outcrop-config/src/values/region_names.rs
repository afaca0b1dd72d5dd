//! The names of regions as the console shows them, for advice. Source: AWS documentation, "AWS
//! Regions".

/// A part of what the console calls a region that no other region's name has, in small letters, and
/// the region itself.
const NAMES: [(&str, &str); 33] = [
    ("n. virginia", "us-east-1"),
    ("northern virginia", "us-east-1"),
    ("ohio", "us-east-2"),
    ("n. california", "us-west-1"),
    ("northern california", "us-west-1"),
    ("oregon", "us-west-2"),
    ("cape town", "af-south-1"),
    ("hong kong", "ap-east-1"),
    ("hyderabad", "ap-south-2"),
    ("mumbai", "ap-south-1"),
    ("jakarta", "ap-southeast-3"),
    ("malaysia", "ap-southeast-5"),
    ("melbourne", "ap-southeast-4"),
    ("osaka", "ap-northeast-3"),
    ("seoul", "ap-northeast-2"),
    ("singapore", "ap-southeast-1"),
    ("sydney", "ap-southeast-2"),
    ("thailand", "ap-southeast-7"),
    ("tokyo", "ap-northeast-1"),
    ("calgary", "ca-west-1"),
    ("frankfurt", "eu-central-1"),
    ("ireland", "eu-west-1"),
    ("london", "eu-west-2"),
    ("milan", "eu-south-1"),
    ("paris", "eu-west-3"),
    ("spain", "eu-south-2"),
    ("stockholm", "eu-north-1"),
    ("zurich", "eu-central-2"),
    ("tel aviv", "il-central-1"),
    ("bahrain", "me-south-1"),
    ("uae", "me-central-1"),
    ("sao paulo", "sa-east-1"),
    ("são paulo", "sa-east-1"),
];

/// The region of that name: `us-east-1` of `US East (N. Virginia)`.
pub(super) fn region_named(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let found = NAMES.iter().find(|(name, _)| lower.contains(name));
    found.map(|(_, region)| *region)
}
