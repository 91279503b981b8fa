//! From a tree to a program for the matcher.

use super::class::{other_cases, Class, Item};
use super::parse::{Assertion, Node};
use super::{error, Error, Whole};

/// Bounds the memory of a pattern and the time for each character of the text.
const PROGRAM_MAX: usize = 60_000;

/// Indices are those of instructions.
#[derive(Debug)]
pub enum Instruction {
    Char(char),
    Any,
    Class(Class),
    Assertion(Assertion),
    Jump(usize),
    /// Both ways at once.
    Split(usize, usize),
    Match,
}

impl Instruction {
    /// Whether this gets over the character to the next instruction.
    pub fn takes(&self, c: char) -> bool {
        match self {
            Instruction::Char(wanted) => *wanted == c,
            Instruction::Any => true,
            Instruction::Class(class) => class.contains(c),
            _ => false,
        }
    }
}

/// Starts at instruction 0. The ones for characters go on with the next.
pub struct Program {
    pub code: Vec<Instruction>,
    /// Whether a match can begin with this byte; None if there is one of no bytes at all.
    first: Option<[bool; 256]>,
}

impl Program {
    fn new(code: Vec<Instruction>) -> Program {
        let first = first_bytes(&code);
        Program { code, first }
    }

    /// How many bytes can be left out before a match begins.
    pub fn skip(&self, text: &[u8]) -> usize {
        match &self.first {
            None => 0,
            Some(first) => text.iter().position(|&byte| first[usize::from(byte)]).unwrap_or(text.len()),
        }
    }
}

/// Assertions are taken to hold.
fn first_bytes(code: &[Instruction]) -> Option<[bool; 256]> {
    let mut first = [false; 256];
    let mut seen = vec![false; code.len()];
    let mut stack = vec![0];
    while let Some(place) = stack.pop() {
        if std::mem::replace(&mut seen[place], true) {
            continue;
        }
        match &code[place] {
            Instruction::Match => return None,
            Instruction::Jump(to) => stack.push(*to),
            Instruction::Split(one, other) => stack.extend([*one, *other]),
            Instruction::Assertion(_) => stack.push(place + 1),
            Instruction::Char(c) => first[usize::from(c.encode_utf8(&mut [0; 4]).as_bytes()[0])] = true,
            takes => {
                for byte in 0..=255u8 {
                    first[usize::from(byte)] |= !byte.is_ascii() || takes.takes(byte.into());
                }
            }
        }
    }
    Some(first)
}

pub fn compile(tree: Node, ignore_case: bool, whole: Whole) -> Result<Program, Error> {
    let around = match whole {
        Whole::Any => None,
        Whole::Word => Some((Assertion::NoWordBefore, Assertion::NoWordAfter)),
        Whole::Line => Some((Assertion::LineStart, Assertion::LineEnd)),
    };
    let tree = match around {
        None => tree,
        Some((before, after)) => Node::Sequence(vec![Node::Assertion(before), tree, Node::Assertion(after)]),
    };
    let mut compiler = Compiler { code: Vec::new(), ignore_case };
    compiler.node(&tree)?;
    compiler.emit(Instruction::Match)?;
    Ok(Program::new(compiler.code))
}

struct Compiler {
    code: Vec<Instruction>,
    ignore_case: bool,
}

impl Compiler {
    /// The index of the new instruction.
    fn emit(&mut self, instruction: Instruction) -> Result<usize, Error> {
        if self.code.len() >= PROGRAM_MAX {
            return error("Regular expression too big");
        }
        self.code.push(instruction);
        Ok(self.code.len() - 1)
    }

    fn node(&mut self, node: &Node) -> Result<(), Error> {
        match node {
            Node::Char(c) => self.char(*c),
            Node::Any => self.emit(Instruction::Any).map(drop),
            Node::Class(class) if self.ignore_case => self.emit(Instruction::Class(class.ignoring_case())).map(drop),
            Node::Class(class) => self.emit(Instruction::Class(class.clone())).map(drop),
            Node::Assertion(assertion) => self.emit(Instruction::Assertion(*assertion)).map(drop),
            Node::Sequence(nodes) => nodes.iter().try_for_each(|n| self.node(n)),
            Node::Alternatives(nodes) => self.alternatives(nodes),
            Node::Repeat { node, min, max } => self.repeat(node, *min, *max),
        }
    }

    fn char(&mut self, c: char) -> Result<(), Error> {
        let others: Vec<Item> =
            if self.ignore_case { other_cases(c).map(|o| Item::Range(o, o)).collect() } else { Vec::new() };
        if others.is_empty() {
            return self.emit(Instruction::Char(c)).map(drop);
        }
        let all = others.into_iter().chain([Item::Range(c, c)]).collect();
        self.emit(Instruction::Class(Class::new(all, false, false))).map(drop)
    }

    /// split → first, jump → end; split → second, jump → end; … last. None at all: nowhere to go.
    fn alternatives(&mut self, nodes: &[Node]) -> Result<(), Error> {
        let (last, others) = match nodes.split_last() {
            Some(split) => split,
            None => return self.emit(Instruction::Class(Class::new(Vec::new(), false, false))).map(drop),
        };
        let mut jumps = Vec::new();
        for node in others {
            let split = self.emit(Instruction::Split(0, 0))?;
            self.node(node)?;
            jumps.push(self.emit(Instruction::Jump(0))?);
            self.code[split] = Instruction::Split(split + 1, self.code.len());
        }
        self.node(last)?;
        let end = self.code.len();
        for jump in jumps {
            self.code[jump] = Instruction::Jump(end);
        }
        Ok(())
    }

    /// `min` copies; then a loop, or copies that may each be the last.
    fn repeat(&mut self, node: &Node, min: u32, max: Option<u32>) -> Result<(), Error> {
        for _ in 0..min {
            self.node(node)?;
        }
        let max = match max {
            None => return self.star(node),
            Some(max) => max,
        };
        let mut splits = Vec::new();
        for _ in min..max {
            splits.push(self.emit(Instruction::Split(0, 0))?);
            self.node(node)?;
        }
        let end = self.code.len();
        for split in splits {
            self.code[split] = Instruction::Split(split + 1, end);
        }
        Ok(())
    }

    fn star(&mut self, node: &Node) -> Result<(), Error> {
        let split = self.emit(Instruction::Split(0, 0))?;
        self.node(node)?;
        self.emit(Instruction::Jump(split))?;
        self.code[split] = Instruction::Split(split + 1, self.code.len());
        Ok(())
    }
}
