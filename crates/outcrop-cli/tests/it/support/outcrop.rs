//! The binary, run in an environment that is known to the last variable.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use outcrop_emulator::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};
use serde_json::Value;
use tempfile::TempDir;

use super::workspace;

/// A run that is being put together: no variable but those that are set here, an empty home that
/// is the working directory too, and nothing on stdin.
pub(crate) struct Outcrop {
    command: Command,
    home: TempDir,
    stdin: Vec<u8>,
}

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn outcrop<'a>(args: impl IntoIterator<Item = &'a str>) -> Outcrop {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_outcrop"));
    command
        .args(args)
        .env_clear()
        .env("HOME", home.path())
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .current_dir(home.path());
    Outcrop {
        command,
        home,
        stdin: Vec::new(),
    }
}

impl Outcrop {
    pub(crate) fn in_workspace(mut self) -> Self {
        self.command.current_dir(workspace());
        self
    }

    pub(crate) fn arg(mut self, arg: &str) -> Self {
        self.command.arg(arg);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// With the key pair that the emulator knows.
    pub(crate) fn with_keys(self) -> Self {
        self.env("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID)
            .env("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)
    }

    /// With Bedrock and STS elsewhere.
    pub(crate) fn at(self, endpoint: &str) -> Self {
        self.env("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", endpoint)
            .env("AWS_ENDPOINT_URL_STS", endpoint)
    }

    /// With an environment in which nothing can work.
    pub(crate) fn hostile(mut self) -> Self {
        for (name, value) in [
            ("ALL_PROXY", "socks9://nowhere"),
            ("AWS_BEARER_TOKEN_BEDROCK", "xyz-bearer-secret"),
            ("AWS_CA_BUNDLE", "/nonexistent"),
            ("AWS_CONFIG_FILE", "/nonexistent"),
            ("AWS_ENDPOINT_URL", "http://203.0.113.1"),
            ("AWS_MAX_ATTEMPTS", "many"),
            ("AWS_PROFILE", "nonexistent"),
            ("AWS_REGION", "!not a region!"),
            ("AWS_SECRET_ACCESS_KEY", "xyz-key-secret"),
            ("AWS_SESSION_TOKEN", "xyz-session-secret"),
            ("AWS_USE_FIPS_ENDPOINT", "perhaps"),
            ("HTTPS_PROXY", "http://user:xyz-proxy-secret@203.0.113.1:1"),
            ("HTTP_PROXY", "http://user:xyz-proxy-secret@203.0.113.1:1"),
            ("http_proxy", "not a URL"),
        ] {
            self.command.env(name, value);
        }
        self
    }

    /// With a file in the home directory.
    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        self.bytes(name, text.as_bytes())
    }

    /// The same with bytes that are no text.
    pub(crate) fn bytes(self, name: &str, bytes: &[u8]) -> Self {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// With the profile of the examples.
    pub(crate) fn with_profile(self, name: &str) -> Self {
        let text = format!(
            "[{name}]\naws_access_key_id = {ACCESS_KEY_ID}\n\
             aws_secret_access_key = {SECRET_ACCESS_KEY}\n"
        );
        self.file(".aws/credentials", &text)
    }

    pub(crate) fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.stdin = text.into();
        self
    }

    pub(crate) fn run(self) -> Ran {
        let home = self.home.path().to_owned();
        let stdin = self.stdin.clone();
        let (mut child, _home) = self.spawn();
        // A program that reads no stdin may be gone already.
        let _ = child.stdin.take().unwrap().write_all(&stdin);
        Ran::of(child.wait_with_output().unwrap(), &home)
    }

    /// Starts it with these streams, and nothing on stdin.
    #[cfg(unix)]
    pub(crate) fn spawn_on(mut self, stdout: Stdio, stderr: Stdio) -> (Child, TempDir) {
        let command = &mut self.command;
        command.stdin(Stdio::null()).stdout(stdout).stderr(stderr);
        (command.spawn().unwrap(), self.home)
    }

    /// Starts it, with all three streams piped. The home directory lives as long as its guard.
    pub(crate) fn spawn(mut self) -> (Child, TempDir) {
        let command = &mut self.command;
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        (command.spawn().unwrap(), self.home)
    }
}

impl Ran {
    pub(crate) fn of(output: Output, home: &Path) -> Self {
        let text = |bytes| {
            let text = String::from_utf8(bytes).unwrap();
            text.replace(home.to_str().unwrap(), "HOME")
        };
        let ran = Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        };
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        ran
    }

    /// The same, after making sure that it worked.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.page());
        self
    }

    /// stdout as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let json = serde_json::from_str(&self.stdout);
        json.unwrap_or_else(|error| panic!("{error}: {}", self.page()))
    }

    /// stdout as a JSON value a line.
    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        assert!(self.stdout.ends_with('\n'), "{}", self.page());
        let lines = self.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// All of it, as a person sees it.
    pub(crate) fn page(&self) -> String {
        let code = self
            .code
            .map_or("a signal".to_owned(), |code| code.to_string());
        format!(
            "exit {code}\n--- stdout\n{}--- stderr\n{}",
            self.stdout, self.stderr
        )
    }
}
