//! Goes through one file, line by line.

use crate::options::{Options, Show};
use crate::printer::{Printer, CONTEXT, SELECTED};
use crate::regex::Regex;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

const BUFFER_BYTES: usize = 64 * 1024;

/// What can go wrong: reading concerns one file, writing all of them.
#[derive(Debug)]
pub enum Failure {
    Read(io::Error),
    Write(io::Error),
}

/// What was found in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub selected: bool,
    /// Lines would have been shown, but they are no text.
    pub binary: bool,
}

pub struct Search<'a> {
    options: &'a Options,
    regex: &'a Regex,
    printer: &'a mut Printer,
    /// Shown in front of lines.
    name: Option<&'a str>,
    /// The lines before that may have to be shown, with their numbers.
    before: VecDeque<(u64, Vec<u8>)>,
    after_left: usize,
    /// Of the line that was shown last; 0: none.
    shown: u64,
    count: u64,
}

impl<'a> Search<'a> {
    pub fn new(options: &'a Options, regex: &'a Regex, printer: &'a mut Printer, name: Option<&'a str>) -> Search<'a> {
        Search { options, regex, printer, name, before: VecDeque::new(), after_left: 0, shown: 0, count: 0 }
    }

    /// All of the file, as far as it has to be looked at. `title` is its name where no line is shown.
    pub fn run(mut self, file: impl Read, title: &str) -> Result<Found, Failure> {
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, file);
        let binary = !self.options.text && reader.fill_buf().map_err(Failure::Read)?.contains(&0);
        let mut found = Found::default();
        let mut line = Vec::new();
        let mut number = 0;
        while self.count < self.options.max_count || self.after_left > 0 {
            line.clear();
            if reader.read_until(b'\n', &mut line).map_err(Failure::Read)? == 0 {
                break;
            }
            if line.last() == Some(&b'\n') {
                line.pop();
            }
            number += 1;
            let selected = self.regex.is_match(&line) != self.options.invert;
            if self.count == self.options.max_count {
                if selected {
                    break; // only what follows the last one is still shown
                }
            } else if selected {
                self.count += 1;
                found.selected = true;
                match self.options.show {
                    Show::Nothing | Show::Names(_) => break,
                    Show::Count => continue,
                    Show::Lines | Show::Matches => {}
                }
                if binary || (!self.options.text && !is_text(&line)) {
                    found.binary = true;
                    break;
                }
            }
            self.show(number, &line, selected).map_err(Failure::Write)?;
        }
        self.summary(found.selected, title).map_err(Failure::Write)?;
        Ok(found)
    }

    fn show(&mut self, number: u64, line: &[u8], selected: bool) -> io::Result<()> {
        if self.options.show == Show::Matches {
            if selected && !self.options.invert {
                self.printer.only_matches(self.name, number, line, self.regex)?;
            }
            return Ok(());
        }
        if !selected {
            return self.show_context(number, line);
        }
        let first = self.before.front().map_or(number, |(n, _)| *n);
        let with_context = self.options.before > 0 || self.options.after > 0;
        if with_context && self.shown > 0 && first > self.shown + 1 {
            self.printer.gap()?;
        }
        for (n, text) in std::mem::take(&mut self.before) {
            self.line(n, CONTEXT, &text)?;
        }
        self.after_left = self.options.after;
        self.line(number, SELECTED, line)
    }

    /// A line that is not selected: it follows a selected one, or may come before one.
    fn show_context(&mut self, number: u64, line: &[u8]) -> io::Result<()> {
        if self.after_left > 0 {
            self.after_left -= 1;
            return self.line(number, CONTEXT, line);
        }
        if self.options.before > 0 && self.options.show == Show::Lines {
            if self.before.len() == self.options.before {
                self.before.pop_front();
            }
            self.before.push_back((number, line.to_vec()));
        }
        Ok(())
    }

    fn line(&mut self, number: u64, mark: char, line: &[u8]) -> io::Result<()> {
        let matching = (mark == SELECTED) != self.options.invert;
        let highlight = if matching { Some(self.regex) } else { None };
        self.shown = number;
        self.printer.line(self.name, number, mark, line, highlight)
    }

    /// What is shown once for a file.
    fn summary(&mut self, selected: bool, title: &str) -> io::Result<()> {
        match self.options.show {
            Show::Count => self.printer.count(self.name, self.count),
            Show::Names(wanted) if wanted == selected => self.printer.name(title),
            _ => Ok(()),
        }
    }
}

fn is_text(line: &[u8]) -> bool {
    !line.contains(&0) && std::str::from_utf8(line).is_ok()
}
