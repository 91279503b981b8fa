//! Runs a program over a line.

use super::class::is_word;
use super::compile::{Instruction, Program};
use super::parse::Assertion;
use super::Span;

/// A place in the program, reached by a match that would begin at `start`.
#[derive(Clone, Copy)]
struct Thread {
    at: usize,
    start: usize,
}

/// The characters on both sides of a place in the line; None: there is none, or bytes that are no character.
#[derive(Clone, Copy)]
struct Neighbours {
    before: Option<char>,
    after: Option<char>,
    line_start: bool,
    line_end: bool,
}

impl Neighbours {
    fn hold(&self, assertion: Assertion) -> bool {
        let (before, after) = (self.before.map_or(false, is_word), self.after.map_or(false, is_word));
        match assertion {
            Assertion::LineStart => self.line_start,
            Assertion::LineEnd => self.line_end,
            Assertion::WordStart => !before && after,
            Assertion::WordEnd => before && !after,
            Assertion::WordEdge => before != after,
            Assertion::NotWordEdge => before == after,
            Assertion::NoWordBefore => !before,
            Assertion::NoWordAfter => !after,
        }
    }
}

/// What a search needs, kept from one to the next.
pub struct Matcher {
    /// Threads at different places, those that began earlier first.
    now: Vec<Thread>,
    /// Those that get to the next character, in the same order. They have passed no assertions there yet.
    next: Vec<Thread>,
    /// Where `seen[at] == turn`, there is a thread already.
    seen: Vec<u32>,
    turn: u32,
    stack: Vec<usize>,
    found: Option<Span>,
}

impl Matcher {
    pub fn new(program: &Program) -> Matcher {
        let seen = vec![0; program.code.len()];
        Matcher { now: Vec::new(), next: Vec::new(), seen, turn: 0, stack: Vec::new(), found: None }
    }

    /// The leftmost-longest match from byte `from` on; if `any` will do, the first that is seen.
    pub fn search(&mut self, program: &Program, line: &[u8], from: usize, any: bool) -> Option<Span> {
        self.found = None;
        self.next.clear();
        let mut at = from;
        let mut before = decode_last(&line[..from]);
        loop {
            if self.next.is_empty() {
                if self.found.is_some() {
                    return self.found;
                }
                let skipped = program.skip(&line[at..]);
                if skipped > 0 {
                    at += skipped;
                    before = decode_last(&line[..at]);
                }
            }
            let (after, len) = decode(&line[at..]);
            let places = Neighbours { before, after, line_start: at == 0, line_end: at == line.len() };
            self.arrive(program, at, places);
            if (any && self.found.is_some()) || at == line.len() {
                return self.found;
            }
            self.step(program, after);
            before = after;
            at += len;
        }
    }

    /// The threads at byte `at`: those that come from the character before, and one that begins here.
    fn arrive(&mut self, program: &Program, at: usize, places: Neighbours) {
        self.now.clear();
        self.turn = match self.turn.checked_add(1) {
            Some(turn) => turn,
            None => {
                self.seen.fill(0);
                1
            }
        };
        let arriving = std::mem::take(&mut self.next);
        for thread in &arriving {
            self.add(program, *thread, at, places);
        }
        if self.found.is_none() {
            self.add(program, Thread { at: 0, start: at }, at, places);
        }
        self.next = arriving;
    }

    /// Adds a thread and all to which it gets without a character; notes where it is a match.
    fn add(&mut self, program: &Program, thread: Thread, at: usize, places: Neighbours) {
        if self.found.map_or(false, |found| found.start < thread.start) {
            return; // an earlier match is better
        }
        self.stack.push(thread.at);
        while let Some(place) = self.stack.pop() {
            if self.seen[place] == self.turn {
                continue;
            }
            self.seen[place] = self.turn;
            match &program.code[place] {
                Instruction::Jump(to) => self.stack.push(*to),
                Instruction::Split(one, other) => self.stack.extend([*other, *one]),
                Instruction::Assertion(assertion) if places.hold(*assertion) => self.stack.push(place + 1),
                Instruction::Assertion(_) => {}
                Instruction::Match => self.found = Some(Span { start: thread.start, end: at }),
                _ => self.now.push(Thread { at: place, start: thread.start }),
            }
        }
    }

    /// Moves the threads over a character; bytes that are none end them all.
    fn step(&mut self, program: &Program, c: Option<char>) {
        self.next.clear();
        let c = match c {
            Some(c) => c,
            None => return,
        };
        for thread in &self.now {
            if self.found.map_or(false, |found| found.start < thread.start) {
                return; // and so are those that follow
            }
            if program.code[thread.at].takes(c) {
                self.next.push(Thread { at: thread.at + 1, start: thread.start });
            }
        }
    }
}

/// The character at the beginning, None if bytes are none, and how many bytes that is.
fn decode(bytes: &[u8]) -> (Option<char>, usize) {
    let len = match bytes.first() {
        None => return (None, 0),
        Some(&byte @ 0..=0x7f) => return (Some(byte.into()), 1),
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) => return (None, 1),
    };
    let text = bytes.get(..len).and_then(|part| std::str::from_utf8(part).ok());
    match text.and_then(|text| text.chars().next()) {
        Some(c) => (Some(c), len),
        None => (None, 1),
    }
}

/// The character at the end.
fn decode_last(bytes: &[u8]) -> Option<char> {
    let len = bytes.iter().rev().take(4).position(|byte| byte & 0xc0 != 0x80)? + 1;
    let (c, used) = decode(&bytes[bytes.len() - len..]);
    if used == len { c } else { None }
}
