//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use outcrop::config::parse_thinking_budget;
use outcrop::credentials::is_host_label;
use outcrop::policy::{Date, ThinkingBudget};

const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    refused; trying again will not help
  2    the command line makes no sense
  3    the configuration cannot be used
  4    no credentials, or none that are accepted
  5    throttled, overloaded or unreachable; try again later
  130  interrupted";

const SCRIPT: &str = "\
A script is a YAML list with one entry a call:

  - answer:
      - thinking: I need the weather.
      - tool_use: { name: weather, input: { city: Oslo } }
  - throttle: { retry_after: 2s }
  - answer: [{ text: It is 4 degrees in Oslo. }]
    cut: { after_events: 3 }

In place of an answer: throttle, error, html. On its way: exception, cut, stall, reset. Beside it:
stop, usage, wait, times, head_delay, delta_delay, delta_size, chunk_size. docs/emulator.md has the
whole of it.";

/// Amazon Bedrock from one YAML file: thinking budget and credentials, decided and
/// explained.
#[derive(Debug, Parser)]
#[command(
    name = "outcrop",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = EXIT_CODES
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Ask a model and stream its answer
    ///
    /// The answer goes to stdout, everything else to stderr.
    Run(RunArgs),
    /// Check configuration files without calling anybody
    ///
    /// Says what is wrong with the text, and what would be changed, dropped or refused if its models
    /// were asked something. Reads no environment variable and no AWS file. Exits with 3 when a file
    /// has an error.
    Check(CheckArgs),
    /// Show what would be sent, by whom and where, and why
    ///
    /// Needs no network and no credentials. Without MODEL, every Bedrock model of the file.
    Explain(ExplainArgs),
    /// Print the JSON Schema of the configuration
    Schema,
    /// Run a Bedrock and an STS on loopback, until interrupted
    ///
    /// Any AWS SDK can call it with the variables that it prints. It refuses what Bedrock refuses,
    /// and answers in words of its own, or as a script says.
    #[command(after_help = SCRIPT)]
    Emulate(EmulateArgs),
}

/// Ask a model.
#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    /// The prompt; piped stdin goes before it, and `-` first or last reads stdin there
    #[arg(value_name = "PROMPT")]
    pub(crate) prompt: Vec<String>,
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// The model: a name of the configuration, or a Bedrock model ID
    #[arg(short, long, value_name = "MODEL")]
    pub(crate) model: Option<String>,
    #[command(flatten)]
    pub(crate) conversation: ConversationArgs,
    /// Answer from the emulator on this machine: no network, no AWS account
    #[arg(long)]
    pub(crate) offline: bool,
    /// What the emulator answers, call by call, or `-` for stdin; see `outcrop emulate --help`
    #[arg(long, value_name = "FILE", requires = "offline")]
    pub(crate) script: Option<PathBuf>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: RunFormat,
    /// Print what the model thinks, also when stderr is not a terminal
    #[arg(long, conflicts_with = "hide_thinking")]
    pub(crate) show_thinking: bool,
    /// Do not print what the model thinks
    #[arg(long)]
    pub(crate) hide_thinking: bool,
    /// Wait for the whole answer, however long the model takes (Converse, not ConverseStream)
    #[arg(long)]
    pub(crate) no_stream: bool,
    /// Print the tokens by what is paid for them, and the cost, on stderr
    #[arg(long)]
    pub(crate) usage: bool,
    #[command(flatten)]
    pub(crate) overrides: Overrides,
}

/// Check files.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// The files, or `-` for stdin [default: outcrop.yaml, then models.yaml]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: CheckFormat,
    /// Take warnings for errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// The day on which models are judged to come to their end [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
}

/// Explain a call.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The model: a name of the configuration, or a Bedrock model ID
    #[arg(value_name = "MODEL")]
    pub(crate) model: Option<String>,
    /// The prompt of the explained call
    #[arg(value_name = "PROMPT")]
    pub(crate) prompt: Vec<String>,
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// The same as MODEL, written as for `run`; all that follows is the prompt
    #[arg(short = 'm', long = "model", value_name = "MODEL")]
    pub(crate) model_option: Option<String>,
    #[command(flatten)]
    pub(crate) conversation: ConversationArgs,
    /// The day on which models are judged to come to their end [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
    /// How the explanation is printed
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) overrides: Overrides,
}

impl ExplainArgs {
    /// The model's name and the words of the prompt.
    pub(crate) fn model_and_prompt(&self) -> (Option<&str>, Vec<String>) {
        let prompt = self.prompt.iter();
        match (&self.model_option, &self.model) {
            (Some(name), first) => (Some(name), first.iter().chain(prompt).cloned().collect()),
            (None, name) => (name.as_deref(), prompt.cloned().collect()),
        }
    }
}

/// Run the emulator.
#[derive(Debug, clap::Args)]
pub(crate) struct EmulateArgs {
    /// The port on 127.0.0.1; 0 picks a free one
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// What to answer, call by call, or `-` for stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) script: Option<PathBuf>,
}

/// Where the configuration is.
#[derive(Debug, clap::Args)]
pub(crate) struct SourceArgs {
    /// The configuration, or `-` for stdin [default: outcrop.yaml, then models.yaml]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// What is said beside the prompt.
#[derive(Debug, clap::Args)]
pub(crate) struct ConversationArgs {
    /// The system prompt
    #[arg(short, long, value_name = "SYSTEM")]
    pub(crate) system: Option<String>,
    /// A conversation to go on with: JSON as the AWS CLI takes it
    #[arg(long, value_name = "FILE")]
    pub(crate) messages: Option<PathBuf>,
    /// An image, document or video to go before the prompt, or `-` for stdin; may be repeated
    #[arg(short, long = "attach", value_name = "FILE")]
    pub(crate) attachments: Vec<PathBuf>,
}

/// Settings for this call alone, which go before those of the configuration.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "For this call")]
pub(crate) struct Overrides {
    /// The most tokens of the answer
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(i32::MAX)))]
    pub(crate) max_tokens: Option<u32>,
    /// The sampling temperature, 0 to 1
    #[arg(long, value_name = "T", value_parser = fraction)]
    pub(crate) temperature: Option<f64>,
    /// Nucleus sampling, 0 to 1
    #[arg(long, value_name = "P", value_parser = fraction)]
    pub(crate) top_p: Option<f64>,
    /// Tokens, a level, or `adaptive/EFFORT`
    #[arg(long, value_name = "BUDGET", allow_negative_numbers = true, value_parser = parse_thinking_budget)]
    pub(crate) thinking_budget: Option<ThinkingBudget>,
    /// The AWS region
    #[arg(long, value_name = "REGION", value_parser = region)]
    pub(crate) region: Option<String>,
    /// The AWS profile, which goes before a token too
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    pub(crate) profile: Option<String>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For the annotations of a pull request on GitHub.
    Github,
}

/// How explanations are printed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum RunFormat {
    /// The answer's text.
    #[default]
    Text,
    /// The Converse response, when it is complete.
    Json,
    /// The stream's events, one a line, as they arrive.
    Ndjson,
}

fn fraction(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}

/// A region is part of a host name, and anything else could name another host.
fn region(text: &str) -> Result<String, String> {
    if is_host_label(text) {
        Ok(text.to_owned())
    } else {
        Err("expected something like us-east-1".to_owned())
    }
}

fn profile(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("expected the name of a profile".to_owned()),
        name => Ok(name.to_owned()),
    }
}
