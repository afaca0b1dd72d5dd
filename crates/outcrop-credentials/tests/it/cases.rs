//! `plan`, over `tests/cases/<name>/{settings,env,expected}.json`.
//!
//! A new case is a new folder. After a deliberate change, `OUTCROP_UPDATE_CASES=1 cargo test -p
//! outcrop-credentials` rewrites every `expected.json`; read the difference before keeping it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use outcrop_credentials::{AuthPlan, Choice, Env, Settings, plan};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[test]
fn every_case_is_planned_as_expected() {
    let update = std::env::var_os("OUTCROP_UPDATE_CASES").is_some();
    let folders = folders();
    assert!(folders.len() >= 40, "cases are missing");
    let failures: Vec<String> = folders
        .iter()
        .filter_map(|folder| check(folder, update).err())
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases differ:\n\n{}",
        failures.len(),
        folders.len(),
        failures.join("\n\n")
    );
}

/// The folders of all cases, sorted by name.
pub(crate) fn folders() -> Vec<PathBuf> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = fs::read_dir(cases)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders
}

/// The plan of one case.
pub(crate) fn plan_of(folder: &Path) -> AuthPlan {
    let settings: SettingsFile = read(&folder.join("settings.json"));
    let env: EnvFile = read(&folder.join("env.json"));
    plan(&settings.into(), &env.into())
}

fn check(folder: &Path, update: bool) -> Result<(), String> {
    let expected = folder.join("expected.json");
    let actual = serde_json::to_string_pretty(&describe(&plan_of(folder))).unwrap() + "\n";
    if update {
        fs::write(&expected, &actual).unwrap();
        return Ok(());
    }
    let expected = fs::read_to_string(&expected).unwrap_or_default();
    if actual == expected {
        return Ok(());
    }
    let name = folder.file_name().unwrap().to_string_lossy();
    Err(format!(
        "case {name}\n--- expected\n{expected}\n--- actual\n{actual}"
    ))
}

fn describe(plan: &AuthPlan) -> Value {
    let adjustments: Vec<Value> = plan
        .adjustments()
        .iter()
        .map(|adjustment| {
            json!({
                "code": adjustment.code(),
                "severity": adjustment.severity().to_string(),
                "path": adjustment.path(),
                "message": adjustment.to_string(),
                "predicts_refusal": adjustment.predicts_refusal(),
            })
        })
        .collect();
    let mut description = json!({
        "method": plan.method().as_str(),
        "source": plan.identity_source().to_string(),
        "region": choice(plan.region()),
        "endpoint": choice(plan.endpoint()),
    });
    if let Some(role) = plan.role() {
        description["role"] = json!({
            "arn": role.arn,
            "session_name": role.session_name,
            "external_id": role.external_id,
            "sts_endpoint": plan.sts_endpoint().map(choice),
        });
    }
    if let Some(problem) = plan.refusal() {
        description["refused_as"] = json!(format!("{:?}", problem.kind()));
        description["hints"] = json!(problem.hints());
    }
    description["adjustments"] = json!(adjustments);
    description
}

fn choice(choice: &Choice) -> Value {
    json!(format!("{} ({})", choice.value, choice.source))
}

fn read<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct SettingsFile {
    token_key: Option<String>,
    profile: Option<String>,
    role_arn: Option<String>,
    role_session_name: Option<String>,
    external_id: Option<String>,
    region: Option<String>,
    endpoint_url: Option<String>,
    model_region: Option<String>,
}

impl From<SettingsFile> for Settings {
    fn from(file: SettingsFile) -> Self {
        Self {
            token_key: file.token_key,
            profile: file.profile,
            role_arn: file.role_arn,
            role_session_name: file.role_session_name,
            external_id: file.external_id,
            region: file.region,
            endpoint_url: file.endpoint_url,
            model_region: file.model_region,
        }
    }
}

/// The files are lists of lines, so that they can be read.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct EnvFile {
    variables: BTreeMap<String, String>,
    config: Option<Vec<String>>,
    credentials: Option<Vec<String>>,
}

impl From<EnvFile> for Env {
    fn from(file: EnvFile) -> Self {
        let mut env = Env::empty();
        for (name, value) in file.variables {
            env = env.with_variable(name, value);
        }
        if let Some(lines) = file.config {
            env = env.with_config_file("~/.aws/config", lines.join("\n"));
        }
        if let Some(lines) = file.credentials {
            env = env.with_credentials_file("~/.aws/credentials", lines.join("\n"));
        }
        env
    }
}
