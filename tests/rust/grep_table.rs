//! Runs `grep` once for each line of standard input, in the folder that the first argument names, and writes what
//! came of it. A line is the arguments, with the character U+001F between them; the input of each run is the
//! file `stdin` there.

use std::fs::File;
use std::io::{self, BufRead, Write};
use wasmos::process::Command;

fn main() -> io::Result<()> {
    let folder = std::env::args().nth(1).expect("a folder");
    for line in io::stdin().lock().lines() {
        let line = line?;
        let output = Command::new("grep")
            .args(line.split('\u{1f}'))
            .env("PWD", &folder)
            .stdin(File::open(format!("{folder}/stdin"))?)
            .output()?;
        let mut out = io::stdout().lock();
        writeln!(out, "status {}", output.status.code())?;
        out.write_all(&output.stdout)?;
        out.write_all(b"\x1e")?;
        out.write_all(&output.stderr)?;
        out.write_all(b"\x1d")?;
    }
    Ok(())
}
