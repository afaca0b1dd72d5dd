//! The shape of the workspace, as tests: who may depend on whom, and that the page about it names
//! every crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand, PackageId};

use crate::files::root;

/// What a crate must not depend on: names, or the start of names before a `*`.
struct Rule {
    package: &'static str,
    reach: Reach,
    forbidden: &'static [&'static str],
}

/// How far a rule looks.
#[derive(Clone, Copy)]
enum Reach {
    /// Its own `[dependencies]`.
    Direct,
    /// Those, and theirs, and so on.
    Transitive,
}

const RULES: &[Rule] = &[
    // The policy is pure: its decisions can be tested exhaustively, and it builds in a second.
    forbid("outcrop-policy", Reach::Direct, &["*"]),
    // An editor plugin or a linter uses these two without building anything of AWS.
    forbid("outcrop-config", Reach::Transitive, &["tokio", "aws-*"]),
    forbid("outcrop-converse", Reach::Transitive, &["tokio", "aws-*"]),
    // Both take plain structs, so that neither knows YAML, and each is usable without the other.
    forbid(
        "outcrop-credentials",
        Reach::Transitive,
        &["aws-sdk-bedrockruntime", "outcrop-config", "outcrop-policy"],
    ),
    forbid(
        "outcrop-transport",
        Reach::Transitive,
        &["aws-config", "outcrop-config"],
    ),
    forbid("outcrop", Reach::Transitive, &["clap"]),
    forbid("outcrop-cli", Reach::Direct, &["aws-*"]),
    // A second opinion on the wire shares no code with the first.
    forbid(
        "outcrop-emulator",
        Reach::Transitive,
        &["outcrop", "outcrop-*", "aws-sdk-*", "aws-sigv4"],
    ),
    // A chore does not build the SDK.
    forbid(
        "xtask",
        Reach::Transitive,
        &["outcrop-transport", "outcrop-credentials", "outcrop-cli"],
    ),
];

const fn forbid(package: &'static str, reach: Reach, forbidden: &'static [&'static str]) -> Rule {
    Rule {
        package,
        reach,
        forbidden,
    }
}

/// The crates of the workspace that each crate builds on itself. Less is better: an edge here is a
/// decision, and docs/decisions.md has the reasons.
const WORKSPACE_EDGES: &[(&str, &[&str])] = &[
    (
        "outcrop",
        &[
            "outcrop-config",
            "outcrop-converse",
            "outcrop-credentials",
            "outcrop-policy",
            "outcrop-transport",
        ],
    ),
    ("outcrop-cli", &["outcrop", "outcrop-emulator"]),
    ("outcrop-config", &["outcrop-policy"]),
    ("outcrop-converse", &["outcrop-policy"]),
    ("outcrop-credentials", &[]),
    ("outcrop-emulator", &[]),
    ("outcrop-policy", &[]),
    ("outcrop-transport", &["outcrop-converse"]),
    (
        "xtask",
        &[
            "outcrop-config",
            "outcrop-converse",
            "outcrop-emulator",
            "outcrop-policy",
        ],
    ),
];

/// The graph for this machine: packages of other platforms may not even be downloaded.
fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .other_options([
            "--locked".to_owned(),
            "--filter-platform".to_owned(),
            host(),
        ])
        .exec()
        .expect("cargo metadata")
}

/// The platform that this test was built for.
fn host() -> String {
    let version = Command::new("rustc").arg("-vV").output().expect("rustc");
    let version = String::from_utf8(version.stdout).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("a line with the host").to_owned()
}

/// The normal dependencies of every package.
fn edges(metadata: &Metadata) -> BTreeMap<&PackageId, Vec<&PackageId>> {
    let resolve = metadata.resolve.as_ref().expect("a resolved graph");
    let normal = |dependency: &&cargo_metadata::NodeDep| {
        let kinds = &dependency.dep_kinds;
        kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
    };
    resolve
        .nodes
        .iter()
        .map(|node| {
            let normal = node.deps.iter().filter(normal);
            (&node.id, normal.map(|dependency| &dependency.pkg).collect())
        })
        .collect()
}

/// Everything that a package depends on, as far as the rule looks.
fn reached<'a>(
    from: &'a PackageId,
    reach: Reach,
    edges: &BTreeMap<&'a PackageId, Vec<&'a PackageId>>,
) -> BTreeSet<&'a PackageId> {
    let mut reached = BTreeSet::new();
    let mut open = edges.get(from).cloned().unwrap_or_default();
    while let Some(package) = open.pop() {
        if reached.insert(package) && matches!(reach, Reach::Transitive) {
            open.extend(edges.get(package).into_iter().flatten());
        }
    }
    reached
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => pattern == name,
    }
}

#[test]
fn no_crate_reaches_what_it_must_not() {
    let metadata = metadata();
    let edges = edges(&metadata);
    let mut broken = Vec::new();
    for rule in RULES {
        let mut members = metadata.workspace_packages().into_iter();
        let package = members
            .find(|package| package.name.as_str() == rule.package)
            .unwrap_or_else(|| panic!("no crate {}", rule.package));
        for id in reached(&package.id, rule.reach, &edges) {
            let name = metadata[id].name.as_str();
            if rule.forbidden.iter().any(|pattern| matches(pattern, name)) {
                broken.push(format!("{} -> {name}", rule.package));
            }
        }
    }
    assert!(broken.is_empty(), "forbidden dependencies: {broken:#?}");
}

#[test]
fn the_workspace_has_these_edges_and_no_other() {
    let metadata = metadata();
    let edges = edges(&metadata);
    let members = metadata.workspace_packages();
    let is_member = |id: &&&PackageId| members.iter().any(|member| &member.id == **id);
    let found: BTreeMap<&str, BTreeSet<&str>> = members
        .iter()
        .map(|member| {
            let direct = edges[&member.id].iter().filter(is_member);
            (
                member.name.as_str(),
                direct.map(|id| metadata[*id].name.as_str()).collect(),
            )
        })
        .collect();
    let expected: BTreeMap<&str, BTreeSet<&str>> = WORKSPACE_EDGES
        .iter()
        .map(|(name, edges)| (*name, edges.iter().copied().collect()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn every_crate_has_a_rule_and_the_lints_of_the_workspace() {
    for package in metadata().workspace_packages() {
        let name = package.name.as_str();
        assert!(
            RULES.iter().any(|rule| rule.package == name),
            "no rule for {name}"
        );
        let manifest = fs::read_to_string(&package.manifest_path).expect("a manifest");
        let lints = manifest.split("[lints]").nth(1).unwrap_or_default();
        assert!(
            lints.trim_start().starts_with("workspace = true"),
            "{} lacks `[lints] workspace = true`",
            package.manifest_path,
        );
    }
}

/// Names in ARCHITECTURE.md that look like crates and are none.
const NOT_CRATES: [&str; 1] = ["outcrop-local"];

#[test]
fn the_architecture_page_names_every_crate_and_no_other() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let words: BTreeSet<&str> = page
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .map(|word| word.trim_end_matches('-'))
        .filter(|word| *word == "outcrop" || word.starts_with("outcrop-"))
        .filter(|word| !NOT_CRATES.contains(word))
        .collect();
    let folders = fs::read_dir(root().join("crates")).expect("crates/");
    let crates: BTreeSet<String> = folders
        .map(|folder| {
            folder
                .expect("a folder")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let named: BTreeSet<String> = words.into_iter().map(str::to_owned).collect();
    assert_eq!(named, crates);
}
