//! The DNS suffixes of AWS partitions.

/// A partition: a part of AWS with regions and DNS suffixes of its own.
struct Partition {
    /// How the names of its regions begin.
    region_prefix: &'static str,
    suffix: &'static str,
    dual_stack_suffix: &'static str,
}

/// Every partition but the commercial one, which takes all other regions.
///
/// Source: the partition table inside aws-sdk-bedrockruntime 1.153 (`endpoint_lib.rs`), read
/// 2026-11-22.
const PARTITIONS: [Partition; 6] = [
    Partition {
        region_prefix: "cn-",
        suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
    },
    Partition {
        region_prefix: "eusc-",
        suffix: "amazonaws.eu",
        dual_stack_suffix: "api.amazonwebservices.eu",
    },
    Partition {
        region_prefix: "us-iso-",
        suffix: "c2s.ic.gov",
        dual_stack_suffix: "api.aws.ic.gov",
    },
    Partition {
        region_prefix: "us-isob-",
        suffix: "sc2s.sgov.gov",
        dual_stack_suffix: "api.aws.scloud",
    },
    Partition {
        region_prefix: "eu-isoe-",
        suffix: "cloud.adc-e.uk",
        dual_stack_suffix: "api.cloud-aws.adc-e.uk",
    },
    Partition {
        region_prefix: "us-isof-",
        suffix: "csp.hci.ic.gov",
        dual_stack_suffix: "api.aws.hci.ic.gov",
    },
];

/// `aws` and `aws-us-gov`, which share their suffixes.
const COMMERCIAL: Partition = Partition {
    region_prefix: "",
    suffix: "amazonaws.com",
    dual_stack_suffix: "api.aws",
};

/// The DNS suffix of the endpoints of `region`.
pub(crate) fn dns_suffix(region: &str, dual_stack: bool) -> &'static str {
    let partition = PARTITIONS
        .iter()
        .find(|partition| region.starts_with(partition.region_prefix))
        .unwrap_or(&COMMERCIAL);
    if dual_stack {
        partition.dual_stack_suffix
    } else {
        partition.suffix
    }
}
