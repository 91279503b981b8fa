//! grep: shows the lines that match a regular expression.
//!
//! The command line ([`options`]) says what to look for and what to show; [`regex`] knows what matches, [`search`] goes
//! through the lines of a file, [`printer`] shows them, [`walk`] finds the files of a folder.
//!
//! What it prints is what GNU grep prints, with four exceptions: `\d` is a digit, back-references are refused, `-r`
//! takes files in the order of their names, and for `-w` a match of nothing counts wherever no word is beside it.

mod options;
mod printer;
mod regex;
mod search;
mod walk;

use options::{Color, Options, Request, Show};
use printer::Printer;
use regex::Regex;
use search::{Failure, Found, Search};
use std::fs::{self, File};
use std::io::{self, BufWriter, LineWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::{env, process};
use wasmos::terminal::is_terminal;

const SELECTED: i32 = 0;
const NOT_SELECTED: i32 = 1;
const TROUBLE: i32 = 2;

const STDIN_TITLE: &str = "(standard input)";

fn main() {
    let result = wasmos::system::enter_start_folder()
        .map_err(|e| format!("$PWD: {}", reason(&e)))
        .and_then(|()| options::parse(env::args_os().skip(1)))
        .and_then(|request| match request {
            Request::Help => {
                print!("{}", options::USAGE);
                Ok(SELECTED)
            }
            Request::Search(options) => run(&options),
        });
    process::exit(result.unwrap_or_else(|message| {
        eprintln!("grep: {message}");
        TROUBLE
    }));
}

/// What went wrong, without the number that std adds.
pub fn reason(e: &io::Error) -> String {
    let text = e.to_string();
    match text.split_once(" (os error") {
        Some((reason, _)) => reason.to_string(),
        None => text,
    }
}

/// The exit status.
fn run(options: &Options) -> Result<i32, String> {
    let patterns: Vec<&str> = options.patterns.iter().map(String::as_str).collect();
    let regex =
        Regex::new(&patterns, options.syntax, options.ignore_case, options.whole).map_err(|e| e.to_string())?;
    let mut grep = Grep { options, regex, printer: printer(options), selected: false, trouble: false };
    grep.all_files()
        .and_then(|()| grep.printer.out.flush().map_err(Stop::Write))
        .or_else(|stop| match stop {
            Stop::Selected => Ok(()),
            Stop::Write(e) => Err(format!("write error: {}", reason(&e))),
        })?;
    Ok(match (grep.selected, grep.trouble) {
        (true, _) if options.show == Show::Nothing => SELECTED,
        (_, true) => TROUBLE,
        (true, false) => SELECTED,
        (false, false) => NOT_SELECTED,
    })
}

/// Lines appear at once on a terminal, and in large pieces elsewhere.
fn printer(options: &Options) -> Printer {
    let stdout = io::stdout();
    let terminal = is_terminal(&stdout);
    let color = match options.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal,
    };
    let lock = stdout.lock();
    let out: Box<dyn Write> = if terminal { Box::new(LineWriter::new(lock)) } else { Box::new(BufWriter::new(lock)) };
    Printer { out, color, line_numbers: options.line_numbers }
}

/// Why the remaining files are not looked at.
enum Stop {
    /// Nothing more is asked for.
    Selected,
    Write(io::Error),
}

struct Grep<'a> {
    options: &'a Options,
    regex: Regex,
    printer: Printer,
    selected: bool,
    trouble: bool,
}

impl Grep<'_> {
    fn all_files(&mut self) -> Result<(), Stop> {
        let here = [PathBuf::from(if self.options.recursive { "." } else { "-" })];
        let files = if self.options.files.is_empty() { &here[..] } else { &self.options.files };
        let several = files.len() > 1;
        for path in files {
            if path == Path::new("-") {
                self.search(io::stdin(), STDIN_TITLE, several)?;
            } else if !fs::metadata(path).map_or(false, |data| data.is_dir()) {
                self.file(path, several)?;
            } else if self.options.recursive {
                self.folder(path, self.options.files.is_empty())?;
            } else {
                self.complain(&path.to_string_lossy(), "Is a directory");
            }
        }
        Ok(())
    }

    /// All files below a folder; `implied`: nobody has named it, and their names are without it.
    fn folder(&mut self, folder: &Path, implied: bool) -> Result<(), Stop> {
        let mut unread = Vec::new();
        walk::walk(
            folder,
            |path| self.file(if implied { path.strip_prefix(folder).unwrap_or(path) } else { path }, true),
            |path, e| unread.push((path.to_string_lossy().into_owned(), e)),
        )?;
        for (path, e) in unread {
            self.complain(&path, &reason(&e));
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, named: bool) -> Result<(), Stop> {
        let title = path.to_string_lossy();
        match File::open(path) {
            Ok(file) => self.search(file, &title, named),
            Err(e) => {
                self.complain(&title, &reason(&e));
                Ok(())
            }
        }
    }

    fn search(&mut self, file: impl Read, title: &str, named: bool) -> Result<(), Stop> {
        let name = if self.options.names.unwrap_or(named) { Some(title) } else { None };
        match Search::new(self.options, &self.regex, &mut self.printer, name).run(file, title) {
            Ok(Found { selected, binary }) => {
                if binary {
                    self.printer.out.flush().map_err(Stop::Write)?;
                    eprintln!("grep: {title}: binary file matches");
                }
                self.selected |= selected;
            }
            Err(Failure::Read(e)) => self.complain(title, &reason(&e)),
            Err(Failure::Write(e)) => return Err(Stop::Write(e)),
        }
        match self.options.show {
            Show::Nothing if self.selected => Err(Stop::Selected),
            _ => Ok(()),
        }
    }

    fn complain(&mut self, title: &str, reason: &str) {
        self.trouble = true;
        if !self.options.silent {
            eprintln!("grep: {title}: {reason}");
        }
    }
}
