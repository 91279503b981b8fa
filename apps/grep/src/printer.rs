//! What is written to standard output: lines with their prefixes, and colours as GNU grep has them.

use crate::regex::Regex;
use std::io::{self, Write};

const MATCH: &str = "01;31";
const NAME: &str = "35";
const NUMBER: &str = "32";
const SEPARATOR: &str = "36";

/// Stands behind name and number: of a selected line, of one that is shown for the context.
pub const SELECTED: char = ':';
pub const CONTEXT: char = '-';

pub struct Printer {
    pub out: Box<dyn Write>,
    pub color: bool,
    pub line_numbers: bool,
}

impl Printer {
    /// The text, between the codes for a colour if there are colours.
    fn colored(&mut self, color: &str, text: &[u8]) -> io::Result<()> {
        if !self.color {
            return self.out.write_all(text);
        }
        write!(self.out, "\x1b[{color}m\x1b[K")?;
        self.out.write_all(text)?;
        write!(self.out, "\x1b[m\x1b[K")
    }

    fn separator(&mut self, mark: char) -> io::Result<()> {
        self.colored(SEPARATOR, mark.encode_utf8(&mut [0; 4]).as_bytes())
    }

    fn prefix(&mut self, name: Option<&str>, number: u64, mark: char) -> io::Result<()> {
        if let Some(name) = name {
            self.colored(NAME, name.as_bytes())?;
            self.separator(mark)?;
        }
        if self.line_numbers {
            self.colored(NUMBER, number.to_string().as_bytes())?;
            self.separator(mark)?;
        }
        Ok(())
    }

    /// A whole line. Matches of `highlight` stand out.
    pub fn line(
        &mut self,
        name: Option<&str>,
        number: u64,
        mark: char,
        line: &[u8],
        highlight: Option<&Regex>,
    ) -> io::Result<()> {
        self.prefix(name, number, mark)?;
        let mut at = 0;
        if let Some(regex) = highlight.filter(|_| self.color) {
            for span in matches(regex, line) {
                self.out.write_all(&line[at..span.0])?;
                self.colored(MATCH, &line[span.0..span.1])?;
                at = span.1;
            }
        }
        self.out.write_all(&line[at..])?;
        self.out.write_all(b"\n")
    }

    /// Each match of a line on a line of its own.
    pub fn only_matches(&mut self, name: Option<&str>, number: u64, line: &[u8], regex: &Regex) -> io::Result<()> {
        for (start, end) in matches(regex, line) {
            self.prefix(name, number, SELECTED)?;
            self.colored(MATCH, &line[start..end])?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Between lines that do not follow each other.
    pub fn gap(&mut self) -> io::Result<()> {
        self.colored(SEPARATOR, b"--")?;
        self.out.write_all(b"\n")
    }

    pub fn count(&mut self, name: Option<&str>, count: u64) -> io::Result<()> {
        if let Some(name) = name {
            self.colored(NAME, name.as_bytes())?;
            self.separator(SELECTED)?;
        }
        writeln!(self.out, "{count}")
    }

    pub fn name(&mut self, name: &str) -> io::Result<()> {
        self.colored(NAME, name.as_bytes())?;
        self.out.write_all(b"\n")
    }
}

/// The matches of a line that are not empty, from left to right.
fn matches<'a>(regex: &'a Regex, line: &'a [u8]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < line.len() {
            let span = regex.find_at(line, at)?;
            at = span.end;
            if span.start < span.end {
                return Some((span.start, span.end));
            }
            at = next_character(line, span.end);
        }
        None
    })
}

fn next_character(line: &[u8], at: usize) -> usize {
    let rest = line[at..].iter().skip(1).take_while(|&&byte| byte & 0xc0 == 0x80).count();
    at + 1 + rest
}
