//! The answer's text on stdout; thinking, usage and notes on stderr.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use outcrop::converse::{BlockStart, ReasoningContent, Spending, StopReason, Usage};
use outcrop::policy::Price;
use outcrop::transport::one_line;
use outcrop::{Adjustment, ContentBlock, Delta, Event, ReasoningDelta, Response};

use super::Print;
use crate::args::RunArgs;
use crate::failure::{Failure, Report};
use crate::render::style::DIM;
use crate::render::visible::visible;
use crate::render::{adjustments, note, piece_of_note, written};

pub(super) struct TextAnswer {
    shows_thinking: bool,
    shows_usage: bool,
    price: Option<Price>,
    is_thinking: bool,
    is_on_terminal: bool,
    /// Whether the last thing on stdout was something else than a line break.
    in_line: bool,
    /// Whether there is text on stdout.
    has_text: bool,
    /// Whether thinking or a tool call has come since.
    is_parted: bool,
}

impl TextAnswer {
    pub(super) fn new(args: &RunArgs) -> Self {
        let by_default = io::stderr().is_terminal() && !args.hide_thinking;
        Self {
            shows_thinking: args.show_thinking || by_default,
            shows_usage: args.usage,
            price: None,
            is_thinking: false,
            is_on_terminal: io::stdout().is_terminal(),
            in_line: false,
            has_text: false,
            is_parted: false,
        }
    }

    /// Every byte of the text, and no other but where it was parted and at the end of the answer. On
    /// a terminal its control characters are written so that they can be read.
    fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.end_thinking();
        if text.is_empty() {
            return Ok(());
        }
        let gap = self.gap();
        self.in_line = !text.ends_with('\n');
        self.has_text = true;
        let shown = if self.is_on_terminal {
            visible(text)
        } else {
            Cow::Borrowed(text)
        };
        let mut stdout = io::stdout().lock();
        let result = stdout.write_all(gap.as_bytes());
        let result = result.and_then(|()| stdout.write_all(shown.as_bytes()));
        written(result.and_then(|()| stdout.flush()))
    }

    /// What keeps text apart that thinking or a tool call parted: an empty line, unless a note
    /// stands between on the same terminal.
    fn gap(&mut self) -> &'static str {
        let is_parted = std::mem::take(&mut self.is_parted) && self.has_text;
        match self.in_line {
            _ if !is_parted || shares_terminal() => "",
            true => "\n\n",
            false => "\n",
        }
    }

    fn end_text(&mut self) -> Result<(), Failure> {
        if std::mem::take(&mut self.in_line) {
            written(writeln!(io::stdout()))
        } else {
            Ok(())
        }
    }

    fn thinking(&mut self, text: &str) {
        self.is_parted = true;
        if self.shows_thinking && !text.is_empty() {
            if !self.is_thinking {
                self.leave_line();
            }
            self.is_thinking = true;
            piece_of_note(format_args!("{DIM}{}{DIM:#}", visible(text)));
        }
    }

    fn end_thinking(&mut self) {
        if std::mem::take(&mut self.is_thinking) {
            note("\n");
        }
    }

    fn tool_use(&mut self, name: &str) {
        self.is_parted = true;
        self.end_thinking();
        self.leave_line();
        note(format_args!("{DIM}calls tool: {}{DIM:#}", one_line(name)));
    }

    /// Keeps a note in the middle of the answer off its line, where both share a terminal.
    fn leave_line(&self) {
        if self.in_line && shares_terminal() {
            note("");
        }
    }

    fn stopped(&mut self, reason: &StopReason) -> Result<(), Failure> {
        self.end_thinking();
        self.end_text()?;
        if !matches!(reason, StopReason::EndTurn | StopReason::StopSequence) {
            let reason = one_line(reason.as_str());
            note(format_args!("{DIM}stopped: {reason}{DIM:#}"));
        }
        Ok(())
    }

    fn usage(&self, usage: Option<&Usage>) {
        if !self.shows_usage {
            return;
        }
        let Some(usage) = usage else {
            // The service nearly always says it.
            return note(format_args!(
                "{DIM}tokens: unknown, as `track_usage` is false or the service did not say{DIM:#}"
            ));
        };
        let mut spending = Spending::default();
        spending.add(Some(usage), self.price.as_ref());
        note(format_args!("{DIM}{spending}{DIM:#}"));
    }

    fn delta(&mut self, delta: &Delta) -> Result<(), Failure> {
        match delta {
            Delta::Text(text) => self.text(text)?,
            Delta::Reasoning(ReasoningDelta::Text(text)) => self.thinking(text),
            Delta::Reasoning(_) => self.is_parted = true,
            _ => {}
        }
        Ok(())
    }
}

/// Whether answer and notes are read in one place.
fn shares_terminal() -> bool {
    io::stdout().is_terminal() && io::stderr().is_terminal()
}

impl Print for TextAnswer {
    fn priced(&mut self, price: Option<Price>) {
        self.price = price;
    }

    fn adjustments(&mut self, list: &[Adjustment], entry: Option<&str>) -> Result<(), Failure> {
        adjustments::print(list, entry);
        Ok(())
    }

    fn event(&mut self, event: Event) -> Result<(), Failure> {
        match event {
            Event::ContentBlockStart(start) => {
                if let BlockStart::ToolUse(start) = &start.start {
                    self.tool_use(&start.name);
                }
            }
            Event::ContentBlockDelta(delta) => self.delta(&delta.delta)?,
            Event::MessageStop(stop) => self.stopped(&stop.stop_reason)?,
            Event::Metadata(metadata) => self.usage(metadata.usage.as_ref()),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Failure> {
        self.end_thinking();
        self.end_text()
    }

    fn whole(&mut self, response: Response) -> Result<(), Failure> {
        for block in &response.output.message.content {
            match block {
                ContentBlock::Text(text) => self.text(text)?,
                ContentBlock::Citations(cited) => {
                    cited.texts().try_for_each(|text| self.text(text))?;
                }
                ContentBlock::Reasoning(ReasoningContent::Text(reasoning)) => {
                    self.thinking(&reasoning.text);
                }
                ContentBlock::Reasoning(_) => self.is_parted = true,
                ContentBlock::ToolUse(tool_use) => self.tool_use(&tool_use.name),
                _ => {}
            }
        }
        self.stopped(&response.stop_reason)?;
        self.usage(response.usage.as_ref());
        Ok(())
    }

    fn broken_off(&mut self, _report: Option<&Report>) {
        // Where this cannot be written, nothing can.
        let _ = self.end();
    }
}
