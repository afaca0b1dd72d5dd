//! The AWS profiles of the environment, parsed by the SDK's own parser.

use std::borrow::Cow;
use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use aws_config::profile::{Profile, ProfileFileLoadError, ProfileSet};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_runtime::env_config::property::PropertiesKey;
// Hidden in the documentation, but part of the signature of `aws_config::profile::load`; empty
// ones keep the parser away from the machine.
use aws_types::os_shim_internal;

use crate::env::{Env, FileContent};
use crate::problem::{BadFile, FileRead, MissingProfile};
use crate::settings::Settings;
use crate::source::{Choice, ProfileOrigin, Source};
use crate::variables;

/// The parsed profiles, and which one is selected.
pub(crate) struct Profiles {
    sections: ProfileSet,
    files: Vec<FileRead>,
    pub(crate) selected: String,
    pub(crate) origin: ProfileOrigin,
}

impl Profiles {
    /// Parses both files and selects the profile of the settings, else of `AWS_PROFILE`, else
    /// `default`. What could not be read counts as empty and is returned beside.
    pub(crate) fn load(settings: &Settings, env: &Env) -> (Self, Vec<BadFile>) {
        let (selected, origin) = match (&settings.profile, env.get(variables::AWS_PROFILE)) {
            (Some(name), _) => (name.as_str(), ProfileOrigin::Setting),
            // `AWS_PROFILE=default` asks for nothing special, and as in the SDK it may be absent.
            (None, None | Some("default")) => ("default", ProfileOrigin::Default),
            (None, Some(name)) => (name, ProfileOrigin::Variable),
        };
        let bad_files = bad_files(env);
        let sections = parse(&in_memory(env), selected).unwrap_or_default();
        let files = env.files().map(|file| FileRead {
            path: file.path.clone(),
            found: !matches!(file.content, FileContent::Absent),
        });
        let profiles = Self {
            sections,
            files: files.into(),
            selected: selected.to_owned(),
            origin,
        };
        (profiles, bad_files)
    }

    /// The selected profile, when it exists.
    pub(crate) fn selected(&self) -> Option<&Profile> {
        self.sections.get_profile(&self.selected)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Profile> {
        self.sections.get_profile(name)
    }

    /// Says that the profile `name` is in neither file.
    pub(crate) fn missing(&self, name: &str, origin: ProfileOrigin) -> MissingProfile {
        let mut known: Vec<String> = self.sections.profiles().map(str::to_owned).collect();
        known.sort_unstable();
        MissingProfile {
            name: name.to_owned(),
            origin,
            files: self.files.clone(),
            known,
        }
    }

    /// A key of the selected profile, unless blank.
    pub(crate) fn value(&self, key: &str) -> Option<Choice> {
        Some(Choice {
            value: value(self.selected()?, key)?.to_owned(),
            source: Source::Profile(self.selected.clone()),
        })
    }

    /// The region of the selected profile, or of the nearest one that it takes its credentials
    /// from (`source_profile`), as the SDKs do.
    pub(crate) fn region(&self) -> Option<Choice> {
        let mut visited: Vec<&str> = Vec::new();
        let mut name = self.selected.as_str();
        while !visited.contains(&name) {
            visited.push(name);
            let profile = self.get(name)?;
            if let Some(region) = value(profile, "region") {
                return Some(Choice {
                    value: region.to_owned(),
                    source: Source::Profile(name.to_owned()),
                });
            }
            name = value(profile, "source_profile")?;
        }
        None
    }

    /// The endpoint that the selected profile sets for `service` in its `services` section, else
    /// for every service.
    pub(crate) fn endpoint(&self, service: &str) -> Option<Choice> {
        self.services_endpoint(service)
            .or_else(|| self.value("endpoint_url"))
    }

    fn services_endpoint(&self, service: &str) -> Option<Choice> {
        let section = value(self.selected()?, "services")?;
        // The guide writes `bedrock_runtime`, the AWS SDK for Rust looks for `bedrock-runtime`.
        [service.to_owned(), service.replace('_', "-")]
            .into_iter()
            .find_map(|property| {
                let key = PropertiesKey::builder()
                    .section_key("services")
                    .section_name(section)
                    .property_name(property)
                    .sub_property_name("endpoint_url")
                    .build()
                    .ok()?;
                let url = self.sections.other_sections().get(&key)?.trim();
                (!url.is_empty()).then(|| Choice {
                    value: url.to_owned(),
                    source: Source::Services {
                        section: section.to_owned(),
                        profile: self.selected.clone(),
                    },
                })
            })
    }
}

/// A key of a profile, unless blank.
pub(crate) fn value<'a>(profile: &'a Profile, key: &str) -> Option<&'a str> {
    let value = profile.get(key)?.trim();
    (!value.is_empty()).then_some(value)
}

/// Both files as the SDK's providers take them: the texts of the snapshot, so that nobody reads
/// the disk a second time and finds something else.
pub(crate) fn in_memory(env: &Env) -> EnvConfigFiles {
    let [config, credentials] = env.files();
    EnvConfigFiles::builder()
        .with_contents(EnvConfigFileKind::Config, config.text())
        .with_contents(EnvConfigFileKind::Credentials, credentials.text())
        .build()
}

/// The files that are there and cannot be used. One bad file empties both, as in the SDK.
fn bad_files(env: &Env) -> Vec<BadFile> {
    let kinds = [EnvConfigFileKind::Config, EnvConfigFileKind::Credentials];
    let files = env.files().into_iter().zip(kinds);
    files
        .filter_map(|(file, kind)| {
            let reason = match &file.content {
                FileContent::Unreadable(reason) => reason.clone(),
                FileContent::Absent => return None,
                FileContent::Text(text) => {
                    let alone = EnvConfigFiles::builder().with_contents(kind, text).build();
                    parse(&alone, "default").err()?
                }
            };
            Some(BadFile {
                path: file.path.clone(),
                reason,
            })
        })
        .collect()
}

fn parse(files: &EnvConfigFiles, selected: &str) -> Result<ProfileSet, String> {
    let fs = os_shim_internal::Fs::from_slice(&[]);
    let env = os_shim_internal::Env::from_slice(&[]);
    let selected = Some(Cow::Owned(selected.to_owned()));
    match poll_once(aws_config::profile::load(&fs, &env, files, selected)) {
        Some(Ok(sections)) => Ok(sections),
        Some(Err(error)) => Err(reason(&error)),
        None => Err("the parser did not finish".to_owned()),
    }
}

/// Runs a future that has nothing to wait for: the parser is `async` only for its file system.
fn poll_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// The parser's words on one line, without the path, which it does not know.
fn reason(error: &ProfileFileLoadError) -> String {
    let text = error.source().unwrap_or(error).to_string();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.split_once(" on line ") {
        Some((_, rest)) => format!("line {rest}"),
        None => words,
    }
}
