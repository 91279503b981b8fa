//! The command line.

use crate::regex::{Syntax, Whole};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

pub const USAGE: &str = "\
Usage: grep [OPTION]... PATTERNS [FILE]...
Shows the lines of the files, or of standard input, that match a pattern.

Patterns:
  -E, --extended-regexp    | ( ) { } + ? are operators; without -E, those with a backslash are
  -G, --basic-regexp       the default
  -F, --fixed-strings      nothing is an operator
  -e, --regexp=PATTERNS    a pattern; may be repeated, and needed if it begins with -
  -f, --file=FILE          patterns, one a line
  -i, --ignore-case        upper and lower case are the same
  -w, --word-regexp        only whole words
  -x, --line-regexp        only whole lines

Which files:
  -r, --recursive          everything in folders; without FILE, in this one
  -a, --text               binary files as if they were text
  -s, --no-messages        nothing about files that cannot be read

What is shown:
  -v, --invert-match       the lines that do not match
  -m, --max-count=N        at most N lines of a file
  -c, --count              how many lines
  -l, --files-with-matches names of files with such lines
  -L, --files-without-match names of files without
  -o, --only-matching      only what matches, each on its own line
  -q, --quiet              nothing: the exit status tells
  -n, --line-number        with line numbers
  -H, --with-filename      with the file's name: the default for several files
  -h, --no-filename        without
  -A, --after-context=N    with N lines after
  -B, --before-context=N   with N lines before
  -C, --context=N          both; -N is the same
      --color[=WHEN]       always, never or auto: on a terminal

The exit status is 0 if a line is selected, 1 if none is, 2 after an error.
";

/// What stands instead of the lines themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    Lines,
    Matches,
    Count,
    /// Names of the files that have a selected line (true), or none (false).
    Names(bool),
    Nothing,
}

/// A whole command line.
#[derive(Debug)]
pub struct Options {
    pub patterns: Vec<String>,
    pub files: Vec<PathBuf>,
    pub syntax: Syntax,
    pub whole: Whole,
    pub ignore_case: bool,
    pub recursive: bool,
    pub text: bool,
    pub silent: bool,
    pub invert: bool,
    pub max_count: u64,
    pub show: Show,
    pub line_numbers: bool,
    /// None: if there are several files.
    pub names: Option<bool>,
    pub before: usize,
    pub after: usize,
    pub color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    Never,
    Always,
    /// On a terminal.
    Auto,
}

/// What the command line asks for.
#[derive(Debug)]
pub enum Request {
    Search(Box<Options>),
    Help,
}

/// Reads the words after the program's name. The error is a message.
pub fn parse(words: impl Iterator<Item = OsString>) -> Result<Request, String> {
    let mut parser = Parser::default();
    let mut words = words.map(|word| word.into_string().map_err(|w| format!("{:?} is not UTF-8", w)));
    let mut only_files = false;
    while let Some(word) = words.next().transpose()? {
        if only_files || word == "-" || !word.starts_with('-') {
            parser.words.push(word);
        } else if word == "--" {
            only_files = true;
        } else if let Some(long) = word.strip_prefix("--") {
            parser.long(long, &mut words)?;
        } else {
            parser.cluster(&word[1..], &mut words)?;
        }
    }
    parser.finish()
}

/// Long options and the letters that mean the same.
const LONG: [(&str, char); 23] = [
    ("extended-regexp", 'E'),
    ("basic-regexp", 'G'),
    ("fixed-strings", 'F'),
    ("regexp", 'e'),
    ("file", 'f'),
    ("ignore-case", 'i'),
    ("word-regexp", 'w'),
    ("line-regexp", 'x'),
    ("recursive", 'r'),
    ("text", 'a'),
    ("no-messages", 's'),
    ("invert-match", 'v'),
    ("max-count", 'm'),
    ("count", 'c'),
    ("files-with-matches", 'l'),
    ("files-without-match", 'L'),
    ("only-matching", 'o'),
    ("quiet", 'q'),
    ("line-number", 'n'),
    ("with-filename", 'H'),
    ("no-filename", 'h'),
    ("after-context", 'A'),
    ("before-context", 'B'),
];
const WITH_VALUE: &str = "efmABC";

#[derive(Default)]
struct Parser {
    /// What is no option: files, and first the pattern if no option gave one.
    words: Vec<String>,
    patterns: Option<Vec<String>>,
    /// Letters of options without a value, the last one of a group counts.
    syntax: Option<char>,
    letters: String,
    max_count: Option<u64>,
    before: Option<usize>,
    after: Option<usize>,
    context: Option<usize>,
    /// `-12`: the digits so far.
    digits: String,
    color: Option<Color>,
    help: bool,
}

type Words<'a> = dyn Iterator<Item = Result<String, String>> + 'a;

impl Parser {
    fn long(&mut self, word: &str, rest: &mut Words) -> Result<(), String> {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (word, None),
        };
        match name {
            "help" => self.help = true,
            "color" | "colour" => self.color = Some(color(value.as_deref())?),
            "silent" => self.letters.push('q'),
            "context" => self.option('C', value, rest, "--context")?,
            _ => {
                let letter = match LONG.iter().find(|(long, _)| *long == name) {
                    Some((_, letter)) => *letter,
                    None => return Err(format!("unknown option `--{name}`; --help lists them")),
                };
                if value.is_some() && !WITH_VALUE.contains(letter) {
                    return Err(format!("--{name} takes no value"));
                }
                self.option(letter, value, rest, &format!("--{name}"))?;
            }
        }
        Ok(())
    }

    /// Letters after one dash.
    fn cluster(&mut self, letters: &str, rest: &mut Words) -> Result<(), String> {
        let mut chars = letters.chars();
        self.digits.clear();
        while let Some(letter) = chars.next() {
            if letter.is_ascii_digit() {
                self.digits.push(letter);
                self.context = Some(number("-NUM", &self.digits)?);
                continue;
            }
            let attached = chars.as_str();
            if WITH_VALUE.contains(letter) {
                let value = if attached.is_empty() { None } else { Some(attached.to_string()) };
                return self.option(letter, value, rest, &format!("-{letter}"));
            }
            self.option(letter, None, rest, &format!("-{letter}"))?;
        }
        Ok(())
    }

    fn option(&mut self, letter: char, value: Option<String>, rest: &mut Words, shown: &str) -> Result<(), String> {
        if WITH_VALUE.contains(letter) {
            let value = match value {
                Some(value) => value,
                None => rest.next().transpose()?.ok_or_else(|| format!("{shown} needs a value"))?,
            };
            return self.option_with(letter, &value, shown);
        }
        match letter {
            'E' | 'G' | 'F' => self.syntax = Some(letter),
            'y' => self.letters.push('i'),
            'i' | 'w' | 'x' | 'r' | 'a' | 's' | 'v' | 'c' | 'l' | 'L' | 'o' | 'q' | 'n' | 'H' | 'h' => {
                self.letters.push(letter)
            }
            _ => return Err(format!("unknown option `{shown}`; --help lists them")),
        }
        Ok(())
    }

    fn option_with(&mut self, letter: char, value: &str, shown: &str) -> Result<(), String> {
        match letter {
            'e' => self.add_patterns(value),
            'f' => {
                let text = fs::read_to_string(value).map_err(|e| format!("{value}: {}", crate::reason(&e)))?;
                self.patterns.get_or_insert_with(Vec::new);
                if !text.is_empty() {
                    self.add_patterns(text.strip_suffix('\n').unwrap_or(&text));
                }
            }
            'm' => self.max_count = Some(number(shown, value)?),
            'A' => self.after = Some(number(shown, value)?),
            'B' => self.before = Some(number(shown, value)?),
            _ => self.context = Some(number(shown, value)?),
        }
        Ok(())
    }

    /// Each line is a pattern.
    fn add_patterns(&mut self, text: &str) {
        self.patterns.get_or_insert_with(Vec::new).extend(text.split('\n').map(String::from));
    }

    fn has(&self, letter: char) -> bool {
        self.letters.contains(letter)
    }

    /// Which of the letters was given last.
    fn last_of(&self, letters: &str) -> Option<char> {
        self.letters.chars().rev().find(|letter| letters.contains(*letter))
    }

    fn show(&self) -> Show {
        match self.last_of("lL") {
            _ if self.has('q') => Show::Nothing,
            Some(letter) => Show::Names(letter == 'l'),
            None if self.has('c') => Show::Count,
            None if self.has('o') => Show::Matches,
            None => Show::Lines,
        }
    }

    fn finish(mut self) -> Result<Request, String> {
        if self.help {
            return Ok(Request::Help);
        }
        let mut words = std::mem::take(&mut self.words).into_iter();
        if self.patterns.is_none() {
            let first = words.next().ok_or("which pattern? Usage: grep [OPTION]... PATTERNS [FILE]...")?;
            self.add_patterns(&first);
        }
        let recursive = self.has('r');
        let files: Vec<PathBuf> = words.map(PathBuf::from).collect();
        Ok(Request::Search(Box::new(Options {
            patterns: self.patterns.take().unwrap_or_default(),
            files,
            syntax: match self.syntax {
                Some('E') => Syntax::Extended,
                Some('F') => Syntax::Fixed,
                _ => Syntax::Basic,
            },
            whole: match (self.has('x'), self.has('w')) {
                (true, _) => Whole::Line,
                (_, true) => Whole::Word,
                _ => Whole::Any,
            },
            ignore_case: self.has('i'),
            recursive,
            text: self.has('a'),
            silent: self.has('s'),
            invert: self.has('v'),
            max_count: self.max_count.unwrap_or(u64::MAX),
            show: self.show(),
            line_numbers: self.has('n'),
            names: self.last_of("Hh").map(|letter| letter == 'H'),
            before: self.before.or(self.context).unwrap_or(0),
            after: self.after.or(self.context).unwrap_or(0),
            color: self.color.unwrap_or(Color::Never),
        })))
    }
}

fn color(when: Option<&str>) -> Result<Color, String> {
    match when {
        None | Some("auto") => Ok(Color::Auto),
        Some("always") => Ok(Color::Always),
        Some("never") => Ok(Color::Never),
        Some(other) => Err(format!("--color={other}: always, never and auto there are")),
    }
}

fn number<T: std::str::FromStr>(option: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{option}: `{text}` is not a number of lines"))
}
