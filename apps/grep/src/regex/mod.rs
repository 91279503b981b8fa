//! Regular expressions of POSIX, basic and extended, with GNU's escapes, in time linear in the text.
//!
//! A pattern is parsed into a tree ([`parse`]), compiled into a small program ([`compile`]), and run by keeping the
//! set of all places in the program where a match could be ([`matcher`]): no pattern can make that slow, because
//! each character of the text is looked at once for each place. That is K. Thompson's method (1968). Back-references
//! cannot be had this way and are refused.

mod class;
mod compile;
mod matcher;
mod parse;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::fmt;

/// Which language patterns are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// `\( \) \{ \} \| \+ \?` are operators.
    Basic,
    /// The same without backslashes.
    Extended,
    /// Nothing is an operator.
    Fixed,
}

/// What a match must be besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    Any,
    /// Not next to characters of words.
    Word,
    Line,
}

/// A set of patterns; what matches any of them is a match.
pub struct Regex {
    program: compile::Program,
    matcher: RefCell<matcher::Matcher>,
    /// Every match contains these bytes.
    required: Vec<u8>,
}

/// A match: the bytes from `start` to `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(pub String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn error<T>(text: impl Into<String>) -> Result<T, Error> {
    Err(Error(text.into()))
}

impl Regex {
    /// No patterns at all match nothing.
    pub fn new(patterns: &[&str], syntax: Syntax, ignore_case: bool, whole: Whole) -> Result<Regex, Error> {
        let trees = patterns.iter().map(|p| parse::parse(p, syntax)).collect::<Result<Vec<_>, _>>()?;
        let required = match trees.as_slice() {
            [tree] if !ignore_case => tree.required_text().into_bytes(),
            _ => Vec::new(),
        };
        let program = compile::compile(parse::Node::Alternatives(trees), ignore_case, whole)?;
        let matcher = RefCell::new(matcher::Matcher::new(&program));
        Ok(Regex { program, matcher, required })
    }

    /// Whether there is a match anywhere in the line, which is without its end.
    pub fn is_match(&self, line: &[u8]) -> bool {
        self.search(line, 0, true).is_some()
    }

    /// The leftmost match that begins at byte `from` or later, and of those the longest.
    pub fn find_at(&self, line: &[u8], from: usize) -> Option<Span> {
        self.search(line, from, false)
    }

    fn search(&self, line: &[u8], from: usize, any: bool) -> Option<Span> {
        if !contains(&line[from..], &self.required) {
            return None;
        }
        self.matcher.borrow_mut().search(&self.program, line, from, any)
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    let (first, rest) = match part.split_first() {
        Some(split) => split,
        None => return true,
    };
    let mut at = 0;
    while let Some(n) = text[at..].iter().position(|byte| byte == first) {
        at += n + 1;
        if text[at..].starts_with(rest) {
            return true;
        }
    }
    false
}
