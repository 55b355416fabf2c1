//! Where a command writes: its answer to one stream, messages to another, both safe for a terminal.

use std::io::{self, Write};

use serde::Serialize;

use super::json;
use super::status::Status;
use super::style::Style;
use crate::text::clean;

/// The two streams of a command, and how its answer looks.
pub struct Output<'a> {
    answer: &'a mut dyn Write,
    messages: &'a mut dyn Write,
    /// How the answer looks.
    pub style: Style,
}

impl<'a> Output<'a> {
    /// Makes an output of two streams.
    pub fn new(answer: &'a mut dyn Write, messages: &'a mut dyn Write, style: Style) -> Self {
        Self {
            answer,
            messages,
            style,
        }
    }

    /// Writes one line of the answer, which was painted and so cleaned before.
    pub(super) fn line(&mut self, line: &str) -> io::Result<()> {
        self.answer.write_all(line.as_bytes())?;
        self.answer.write_all(b"\n")
    }

    /// Writes bytes as they are, because the user asked for exactly them.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.answer.write_all(bytes)
    }

    /// Writes the whole answer as one line of JSON.
    pub(super) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let mut bytes = json::to_bytes(value)?;
        bytes.push(b'\n');
        self.answer.write_all(&bytes)
    }

    /// Says something beside the answer, cleaned, on one line. Where nobody listens nothing is
    /// lost.
    pub(super) fn say(&mut self, sentence: &str) {
        let _ = writeln!(self.messages, "{}", clean(sentence));
    }

    /// Writes what the reader of the arguments has to say: help and version are an answer, all else
    /// is a message.
    pub(super) fn usage(&mut self, error: &clap::Error) -> io::Result<Status> {
        let text = error.render();
        if !error.use_stderr() {
            let text = if self.style.colour {
                text.ansi().to_string()
            } else {
                text.to_string()
            };
            self.answer.write_all(text.as_bytes())?;
            return Ok(Status::Done);
        }
        text.to_string().lines().for_each(|line| self.say(line));
        Ok(Status::BadUsage)
    }

    /// Hands everything on that was written so far.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.answer.flush()
    }
}
