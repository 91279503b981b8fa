//! From a pattern to a tree.

use super::class::{self, Class, Item};
use super::{error, Error, Syntax};
use std::iter::Peekable;
use std::str::Chars;

/// More parentheses or repetitions inside each other are refused: the parser and the compiler call themselves.
const DEPTH_MAX: usize = 200;
/// The largest number in `{n,m}`; POSIX's RE_DUP_MAX.
const REPEAT_MAX: u32 = 32767;

/// A place rather than a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    LineStart,
    LineEnd,
    WordStart,
    WordEnd,
    WordEdge,
    NotWordEdge,
    /// The character before, or after, does not belong to a word.
    NoWordBefore,
    NoWordAfter,
}

#[derive(Clone, Debug)]
pub enum Node {
    Char(char),
    /// Any character; bytes that are none do not match.
    Any,
    Class(Class),
    Assertion(Assertion),
    Sequence(Vec<Node>),
    Alternatives(Vec<Node>),
    /// At least `min` times, at most `max` (None: without end).
    Repeat { node: Box<Node>, min: u32, max: Option<u32> },
}

impl Node {
    /// A text that every match contains; empty if none is known.
    pub fn required_text(&self) -> String {
        match self {
            Node::Char(c) => c.to_string(),
            Node::Repeat { node, min, .. } if *min > 0 => node.required_text(),
            Node::Alternatives(nodes) if nodes.len() == 1 => nodes[0].required_text(),
            Node::Sequence(nodes) => longest_part(nodes),
            _ => String::new(),
        }
    }
}

/// The longest run of characters, or text that a part requires.
fn longest_part(nodes: &[Node]) -> String {
    let (mut best, mut run) = (String::new(), String::new());
    for node in nodes {
        let part = match node {
            Node::Char(c) => {
                run.push(*c);
                run.clone()
            }
            Node::Assertion(_) => continue,
            other => {
                run.clear();
                other.required_text()
            }
        };
        if part.len() > best.len() {
            best = part;
        }
    }
    best
}

#[derive(Debug)]
enum Token {
    Node(Node),
    Open,
    Close,
    Bar,
    Repeat(u32, Option<u32>),
}

/// The tree of one pattern.
pub fn parse(pattern: &str, syntax: Syntax) -> Result<Node, Error> {
    if syntax == Syntax::Fixed {
        return Ok(Node::Sequence(pattern.chars().map(Node::Char).collect()));
    }
    let mut parser = Parser {
        rest: pattern.chars().peekable(),
        extended: syntax == Syntax::Extended,
        at_start: true,
        nothing_to_repeat: true,
        depth: 0,
    };
    let tree = parser.alternatives()?;
    match parser.rest.peek() {
        None => Ok(tree),
        Some(_) => error("Unmatched ) or \\)"),
    }
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    extended: bool,
    /// Nothing stands before in this alternative: where `^` in a basic pattern is a place.
    at_start: bool,
    /// The same, or only that `^`: where `*` in a basic pattern is a character.
    nothing_to_repeat: bool,
    depth: usize,
}

impl Parser<'_> {
    /// Up to the end, or a closing parenthesis, which stays.
    fn alternatives(&mut self) -> Result<Node, Error> {
        let mut all = Vec::new();
        let mut sequence = Vec::new();
        self.begin();
        while !self.at_close() {
            match self.token()? {
                None => break,
                Some(Token::Bar) => {
                    all.push(Node::Sequence(std::mem::take(&mut sequence)));
                    self.begin();
                    continue;
                }
                Some(Token::Open) => sequence.push(self.group()?),
                Some(Token::Node(node @ Node::Assertion(Assertion::LineStart))) if !self.extended => {
                    sequence.push(node);
                    self.at_start = false;
                    continue;
                }
                Some(Token::Node(node)) => sequence.push(self.repeated(node)?),
                // with nothing to repeat, as GNU's tools read it: it repeats the empty text
                Some(Token::Repeat(..)) => {}
                // without an opening one: a character of an extended pattern; at_close() has seen all others
                Some(Token::Close) => sequence.push(self.repeated(Node::Char(')'))?),
            }
            self.at_start = false;
            self.nothing_to_repeat = false;
        }
        all.push(Node::Sequence(sequence));
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Alternatives(all) })
    }

    fn begin(&mut self) {
        self.at_start = true;
        self.nothing_to_repeat = true;
    }

    /// After the opening parenthesis.
    fn group(&mut self) -> Result<Node, Error> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return error(format!("more than {DEPTH_MAX} parentheses inside each other"));
        }
        let inside = self.alternatives()?;
        if !self.at_close() {
            return error("Unmatched ( or \\(");
        }
        self.depth -= 1;
        self.token()?;
        self.repeated(inside)
    }

    /// Takes the repetitions that follow a node.
    fn repeated(&mut self, mut node: Node) -> Result<Node, Error> {
        self.at_start = false;
        self.nothing_to_repeat = false;
        for count in 0.. {
            let before = self.rest.clone();
            let (min, max) = match self.token()? {
                Some(Token::Repeat(min, max)) => (min, max),
                _ => {
                    self.rest = before;
                    break;
                }
            };
            if count + self.depth > DEPTH_MAX {
                return error("too many repetitions of repetitions");
            }
            node = match node {
                // a star of a star is a star
                Node::Repeat { node, min: 0, max: None } => Node::Repeat { node, min: 0, max: None },
                node => Node::Repeat { node: Box::new(node), min, max },
            };
        }
        Ok(node)
    }

    /// Whether a parenthesis comes next that closes one, or that must.
    fn at_close(&mut self) -> bool {
        let mut ahead = self.rest.clone();
        match ahead.next() {
            Some(')') => self.extended && self.depth > 0,
            Some('\\') => !self.extended && ahead.next() == Some(')'),
            _ => false,
        }
    }

    fn token(&mut self) -> Result<Option<Token>, Error> {
        let c = match self.rest.next() {
            Some(c) => c,
            None => return Ok(None),
        };
        let node = match c {
            '\\' => return self.escape().map(Some),
            '.' => Node::Any,
            '[' => Node::Class(self.bracket()?),
            '*' if self.extended || !self.nothing_to_repeat => return Ok(Some(Token::Repeat(0, None))),
            '^' if self.extended || self.at_start => Node::Assertion(Assertion::LineStart),
            '$' if self.extended || self.ends_here() => Node::Assertion(Assertion::LineEnd),
            c if self.extended => return self.operator(c).map(Some),
            c => Node::Char(c),
        };
        Ok(Some(Token::Node(node)))
    }

    /// Whether a basic pattern's alternative ends here, so that `$` is the end of the line.
    fn ends_here(&mut self) -> bool {
        let mut ahead = self.rest.clone();
        match (ahead.next(), ahead.next()) {
            (None, _) => true,
            (Some('\\'), Some(next)) => next == ')' || next == '|',
            _ => false,
        }
    }

    /// What `c` means in an extended pattern, or after a backslash in a basic one.
    fn operator(&mut self, c: char) -> Result<Token, Error> {
        Ok(match c {
            '(' => Token::Open,
            ')' => Token::Close,
            '|' => Token::Bar,
            '+' => Token::Repeat(1, None),
            '?' => Token::Repeat(0, Some(1)),
            '{' => return self.interval(),
            c => Token::Node(Node::Char(c)),
        })
    }

    fn escape(&mut self) -> Result<Token, Error> {
        let named = |predicate, negated| Node::Class(Class::new(vec![Item::Named(predicate)], negated, false));
        let c = match self.rest.next() {
            None => return error("Trailing backslash"),
            Some(c) => c,
        };
        let node = match c {
            'w' => named(class::is_word, false),
            'W' => named(class::is_word, true),
            's' => named(class::is_space, false),
            'S' => named(class::is_space, true),
            'd' => named(class::is_digit, false),
            'D' => named(class::is_digit, true),
            'b' => Node::Assertion(Assertion::WordEdge),
            'B' => Node::Assertion(Assertion::NotWordEdge),
            '<' => Node::Assertion(Assertion::WordStart),
            '>' => Node::Assertion(Assertion::WordEnd),
            '`' => Node::Assertion(Assertion::LineStart),
            '\'' => Node::Assertion(Assertion::LineEnd),
            '1'..='9' => return error("back-references are not supported: they cannot be matched in linear time"),
            '(' | ')' | '{' | '|' | '+' | '?' if !self.extended => return self.operator(c),
            c => Node::Char(c),
        };
        Ok(Token::Node(node))
    }

    /// After `{`: `n}`, `n,}`, `,m}`, `n,m}`. What is none of them is plain text in an extended pattern.
    fn interval(&mut self) -> Result<Token, Error> {
        let before = self.rest.clone();
        let min = self.number();
        let max = if self.rest.next_if_eq(&',').is_some() { self.number() } else { min };
        let open = matches!((min, max), (Some(_), None)) || (min.is_none() && max.is_some());
        let closed = (self.extended || self.rest.next_if_eq(&'\\').is_some()) && self.rest.next_if_eq(&'}').is_some();
        if !closed || (min.is_none() && !open && !self.only_comma(&before)) {
            if self.extended {
                self.rest = before;
                return Ok(Token::Node(Node::Char('{')));
            }
            let text: String = self.rest.clone().collect();
            return error(if text.contains("\\}") || closed { "Invalid content of \\{\\}" } else { "Unmatched \\{" });
        }
        let min = min.unwrap_or(0);
        if min > REPEAT_MAX || max.map_or(false, |max| max > REPEAT_MAX) {
            return error("Regular expression too big");
        }
        if max.map_or(false, |max| max < min) {
            return error("Invalid content of \\{\\}");
        }
        Ok(Token::Repeat(min, max))
    }

    /// `{,}`, which is any number of times.
    fn only_comma(&self, before: &Peekable<Chars>) -> bool {
        before.clone().next() == Some(',')
    }

    /// Digits; a number that is too large stays too large.
    fn number(&mut self) -> Option<u32> {
        let mut value = None;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            value = Some(value.unwrap_or(0u32).saturating_mul(10).saturating_add(digit));
            self.rest.next();
        }
        value
    }

    /// After `[`.
    fn bracket(&mut self) -> Result<Class, Error> {
        const UNMATCHED: &str = "Unmatched [, [^, [:, [., or [=";
        let whole: String = self.rest.clone().collect();
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut items = Vec::new();
        loop {
            let first = match self.rest.next() {
                None => return error(UNMATCHED),
                Some(']') if !items.is_empty() => break,
                Some('[') if self.rest.next_if_eq(&':').is_some() => {
                    items.push(self.class_name()?);
                    continue;
                }
                Some(c) => self.member(c)?,
            };
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && !matches!(ahead.next(), None | Some(']'));
            let last = if is_range {
                self.rest.next();
                match self.rest.next() {
                    Some(c) => self.member(c)?,
                    None => return error(UNMATCHED),
                }
            } else {
                first
            };
            if first > last {
                return error("Invalid range end");
            }
            items.push(Item::Range(first, last));
        }
        if let Some((name, _)) = whole.strip_prefix(':').and_then(|rest| rest.split_once(":]")) {
            if class::named(name).is_some() {
                return error("character class syntax is [[:space:]], not [:space:]");
            }
        }
        Ok(Class::new(items, negated, false))
    }

    /// A character of a set, which can be written as `[.c.]` or `[=c=]` too.
    fn member(&mut self, c: char) -> Result<char, Error> {
        let mark = match self.rest.peek() {
            Some(&mark) if c == '[' && (mark == '.' || mark == '=') => mark,
            _ => return Ok(c),
        };
        self.rest.next();
        let found = self.rest.next();
        match (found, self.rest.next(), self.rest.next()) {
            (Some(c), Some(end), Some(']')) if end == mark => Ok(c),
            _ => error("Invalid collation character"),
        }
    }

    /// After `[:`.
    fn class_name(&mut self) -> Result<Item, Error> {
        let mut name = String::new();
        loop {
            match self.rest.next() {
                None => return error("Unmatched [, [^, [:, [., or [="),
                Some(':') if self.rest.next_if_eq(&']').is_some() => break,
                Some(c) => name.push(c),
            }
        }
        class::named(&name).map(Item::Named).ok_or_else(|| Error("Invalid character class name".into()))
    }
}
