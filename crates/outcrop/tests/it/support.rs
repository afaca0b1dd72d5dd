//! Models out of YAML, and an emulator to call.

use outcrop::{AuthPlan, Env, Model};
use outcrop_emulator::{ACCESS_KEY_ID, Emulator, EmulatorConfig, SECRET_ACCESS_KEY};

/// The only model of a YAML text, which must be without errors.
pub(crate) fn model(yaml: &str) -> Model {
    let loaded = outcrop::config::load(yaml);
    assert!(!loaded.has_errors(), "{yaml}\n{:#?}", loaded.diagnostics);
    let [model] = loaded.models.as_slice() else {
        panic!("one model:\n{yaml}")
    };
    Model::named(&model.name, model.config.clone())
}

/// Every Bedrock model of a file in `examples/`.
pub(crate) fn examples() -> Vec<(String, Model)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let mut models = Vec::new();
    for file in std::fs::read_dir(folder).expect("the examples") {
        let path = file.expect("an example").path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let loaded = outcrop::read(&path).expect("a valid example");
        for model in loaded.models {
            let name = format!("{}: {}", path.display(), model.name);
            models.push((name, Model::named(&model.name, model.config)));
        }
    }
    assert!(
        models.len() >= 10,
        "the examples hold {} models",
        models.len()
    );
    models
}

pub(crate) async fn emulator() -> Emulator {
    Emulator::start(EmulatorConfig::default())
        .await
        .expect("a free port")
}

/// The plan of a model with nothing in the environment, carried out at the emulator.
pub(crate) fn offline(model: &Model, emulator: &Emulator) -> AuthPlan {
    model
        .plan(&Env::empty())
        .offline(ACCESS_KEY_ID, SECRET_ACCESS_KEY, emulator.endpoint())
}
