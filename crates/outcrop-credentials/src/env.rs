//! The environment as it was when it was read: variables and AWS files.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::source::{Choice, Source};
use crate::variables;

/// A snapshot of the environment variables and of the AWS config and credentials files.
///
/// [`plan`](crate::plan) sees nothing else of the machine. [`Env::read`] takes the snapshot;
/// [`Env::empty`] and the `with_` functions make one by hand.
#[derive(Clone)]
pub struct Env {
    variables: BTreeMap<String, String>,
    config: AwsFile,
    credentials: AwsFile,
}

impl Env {
    /// Reads the variables and both files of this process.
    ///
    /// The paths are [`AWS_CONFIG_FILE`](variables::AWS_CONFIG_FILE) and
    /// [`AWS_SHARED_CREDENTIALS_FILE`](variables::AWS_SHARED_CREDENTIALS_FILE), else
    /// `~/.aws/config` and `~/.aws/credentials`. It cannot fail: an absent file has no profiles,
    /// and one that cannot be read is reported by the plan.
    pub fn read() -> Self {
        let mut env = Self::empty();
        env.variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        env.config = AwsFile::read(&env, variables::AWS_CONFIG_FILE, DEFAULT_CONFIG_FILE);
        env.credentials = AwsFile::read(
            &env,
            variables::AWS_SHARED_CREDENTIALS_FILE,
            DEFAULT_CREDENTIALS_FILE,
        );
        env
    }

    /// An environment without variables and without files.
    pub fn empty() -> Self {
        Self {
            variables: BTreeMap::new(),
            config: AwsFile::absent(DEFAULT_CONFIG_FILE),
            credentials: AwsFile::absent(DEFAULT_CREDENTIALS_FILE),
        }
    }

    /// Sets one variable.
    #[must_use]
    pub fn with_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// Sets the path and the text of the AWS config file.
    #[must_use]
    pub fn with_config_file(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.config = AwsFile::of(path, text);
        self
    }

    /// Sets the path and the text of the AWS credentials file.
    #[must_use]
    pub fn with_credentials_file(
        mut self,
        path: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        self.credentials = AwsFile::of(path, text);
        self
    }

    /// The value of a variable without surrounding whitespace; `None` when unset or blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.variables.get(name)?.trim();
        (!value.is_empty()).then_some(value)
    }

    /// A variable as the choice it may be.
    pub(crate) fn choice(&self, name: &'static str) -> Option<Choice> {
        Some(Choice {
            value: self.get(name)?.to_owned(),
            source: Source::Variable(name),
        })
    }

    /// The config file, then the credentials file.
    pub(crate) fn files(&self) -> [&AwsFile; 2] {
        [&self.config, &self.credentials]
    }

    fn home(&self) -> Option<&str> {
        let names: &[&str] = if cfg!(windows) {
            &[variables::HOME, variables::USERPROFILE]
        } else {
            &[variables::HOME]
        };
        names.iter().find_map(|name| self.get(name))
    }
}

impl fmt::Debug for Env {
    /// Names only: any value may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Env")
            .field("variables", &self.variables.keys())
            .field("config", &self.config)
            .field("credentials", &self.credentials)
            .finish()
    }
}

const DEFAULT_CONFIG_FILE: &str = "~/.aws/config";
const DEFAULT_CREDENTIALS_FILE: &str = "~/.aws/credentials";

/// One AWS file: its path, and what was found there.
#[derive(Clone)]
pub(crate) struct AwsFile {
    pub(crate) path: String,
    pub(crate) content: FileContent,
}

/// What was found at the path of an AWS file.
#[derive(Clone)]
pub(crate) enum FileContent {
    Text(String),
    Absent,
    /// It is there, and cannot be read, for this reason.
    Unreadable(String),
}

impl AwsFile {
    fn of(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            content: FileContent::Text(text.into()),
        }
    }

    fn absent(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            content: FileContent::Absent,
        }
    }

    fn read(env: &Env, variable: &str, default: &str) -> Self {
        let path = expand_home(env.get(variable).unwrap_or(default), env.home());
        let content = match std::fs::read(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => FileContent::Text(text),
                Err(_) => FileContent::Unreadable("it is not UTF-8".to_owned()),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => FileContent::Absent,
            Err(error) => FileContent::Unreadable(error.to_string()),
        };
        Self {
            path: path.display().to_string(),
            content,
        }
    }

    /// The text; empty when there is none.
    pub(crate) fn text(&self) -> &str {
        match &self.content {
            FileContent::Text(text) => text,
            FileContent::Absent | FileContent::Unreadable(_) => "",
        }
    }
}

impl fmt::Debug for AwsFile {
    /// The content is left out: a credentials file holds keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AwsFile")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Replaces a leading `~`, as the SDKs do; `~name` stays as it is.
fn expand_home(path: &str, home: Option<&str>) -> PathBuf {
    match (Path::new(path).strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => Path::new(home).join(rest),
        _ => PathBuf::from(path),
    }
}
