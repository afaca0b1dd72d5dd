//! Names of regions: which ones AWS has, and which one was meant by a name that it cannot have.

use crate::callable::slips;

/// The regions of AWS, November 2026 (AWS General Reference, "Regions and Zones"). The list serves as
/// advice: a newer region has a name of the same form, and is not reported.
static REGIONS: [&str; 43] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ap-south-1",
    "ap-south-2",
    "ap-east-1",
    "ap-east-2",
    "ca-central-1",
    "ca-west-1",
    "mx-central-1",
    "sa-east-1",
    "me-central-1",
    "me-south-1",
    "il-central-1",
    "af-south-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eusc-de-east-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "eu-isoe-west-1",
];

/// What stands between the area and the number of a region's name.
static DIRECTIONS: [&str; 9] = [
    "central",
    "east",
    "north",
    "northeast",
    "northwest",
    "south",
    "southeast",
    "southwest",
    "west",
];

/// The region that was meant by a name that no region has; `None` for a name that one could have,
/// and where there is nothing near.
///
/// ```
/// use outcrop_policy::region_meant;
///
/// assert_eq!(region_meant("us-esat-1"), Some("us-east-1"));
/// assert_eq!(region_meant("eu-west"), Some("eu-west-1"));
/// assert_eq!(region_meant("eu-west-1a"), Some("eu-west-1"));
/// assert_eq!(region_meant("eu-west-9"), None);
/// ```
#[must_use]
pub fn region_meant(name: &str) -> Option<&'static str> {
    let is_host_label = name
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if !is_host_label || could_be_one(name) {
        return None;
    }
    let without_zone = name.trim_end_matches(|last: char| last.is_ascii_lowercase());
    let squeezed = name.replace('-', "");
    let by = |is_meant: &dyn Fn(&str) -> bool| {
        let mut regions = REGIONS.iter().copied();
        regions.find(|region| is_meant(region))
    };
    by(&|region| region == without_zone)
        .or_else(|| by(&|region| region.replace('-', "") == squeezed))
        .or_else(|| {
            by(&|region| {
                region
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('-'))
            })
        })
        .or_else(|| {
            let near = REGIONS
                .iter()
                .filter_map(|region| Some((slips(name, region)?, *region)));
            near.min_by_key(|(slips, _)| *slips)
                .map(|(_, region)| region)
        })
}

/// Whether the name is made as those of regions are, of an area that has one, a direction and a
/// number: `eu-west-9` may be built tomorrow.
fn could_be_one(name: &str) -> bool {
    let Some((area, direction, number)) = parts(name) else {
        return false;
    };
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    let mut known = REGIONS.iter().filter_map(|region| parts(region));
    is_number && DIRECTIONS.contains(&direction) && known.any(|(known, ..)| known == area)
}

/// `us-gov`, `east` and `1` of `us-gov-east-1`.
fn parts(name: &str) -> Option<(&str, &str, &str)> {
    let (rest, number) = name.rsplit_once('-')?;
    let (area, direction) = rest.rsplit_once('-')?;
    Some((area, direction, number))
}

#[cfg(test)]
mod tests {
    use super::{REGIONS, could_be_one, region_meant};

    #[test]
    fn every_region_is_left_alone() {
        for region in REGIONS {
            assert!(could_be_one(region), "{region}");
            assert_eq!(region_meant(region), None, "{region}");
        }
    }

    #[test]
    fn slips_lead_to_the_region_that_was_meant() {
        for (written, meant) in [
            ("us-esat-1", "us-east-1"),
            ("us-eats-1", "us-east-1"),
            ("useast1", "us-east-1"),
            ("us-east", "us-east-1"),
            ("us", "us-east-1"),
            ("eu-west-1b", "eu-west-1"),
            ("eu-centrall-1", "eu-central-1"),
            ("ap-norteast-1", "ap-northeast-1"),
            ("us-gov-wset-1", "us-gov-west-1"),
        ] {
            assert_eq!(region_meant(written), Some(meant), "{written}");
        }
    }

    #[test]
    fn new_regions_and_names_of_ones_own_are_left_alone() {
        for written in [
            "ap-southeast-9",
            "eu-northeast-1",
            "me-west-1",
            "local",
            "test",
            "mars-north-1",
        ] {
            assert_eq!(region_meant(written), None, "{written}");
        }
    }
}
