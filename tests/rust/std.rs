//! What std does on WasmOS. The first argument says which part; each prints what the suite `rust` expects.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, process, thread};
use wasmos::process::{Command, ExitStatus, Stdio};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn collections() -> Outcome {
    let text = "the quick brown fox jumps over the lazy dog and the cat";
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    let sorted: BTreeMap<_, _> = counts.iter().collect();
    println!("{:?}", sorted.iter().next());
    println!("the: {}, words: {}", counts["the"], counts.len());
    let mut queue: VecDeque<u32> = (0..100_000).collect();
    queue.rotate_left(40_000);
    println!("{:?} {:?}", queue.front(), queue.back());
    let odd: HashSet<u64> = (0..1000).filter(|n| n % 2 == 1).collect();
    println!("{}", odd.iter().sum::<u64>());
    println!("{:>8.3}|{:<6}|{:^5}|{:#x}|{:e}", std::f64::consts::PI, "ab", 'c', 255, 1234.5);
    println!("{}", "Grüße, 世界".chars().rev().collect::<String>());
    Ok(())
}

fn files(folder: &str) -> Outcome {
    let path = |name: &str| format!("{folder}/{name}");
    fs::create_dir(path("made"))?;
    fs::write(path("made/a"), "first\n")?;
    OpenOptions::new().append(true).open(path("made/a"))?.write_all(b"second\n")?;
    fs::rename(path("made/a"), path("made/b"))?;
    print!("{}", fs::read_to_string(path("made/b"))?);
    let mut file = File::open(path("made/b"))?;
    file.seek(SeekFrom::Start(6))?;
    let mut rest = String::new();
    file.read_to_string(&mut rest)?;
    println!("{rest:?} of {} bytes", file.metadata()?.len());
    fs::copy(path("made/b"), path("made/c"))?;
    let mut names: Vec<_> = fs::read_dir(path("made"))?
        .map(|entry| entry.map(|e| e.file_name().into_string().unwrap()))
        .collect::<io::Result<_>>()?;
    names.sort();
    println!("{names:?}");
    fs::remove_file(path("made/b"))?;
    let error = File::open(path("made/b")).unwrap_err();
    println!("{:?}: {error}", error.kind());
    println!("{:?}", fs::remove_dir(path("made")).unwrap_err().raw_os_error());
    fs::remove_dir_all(path("made"))?;
    env::set_current_dir(folder)?;
    println!("{}", fs::read_to_string("in.txt")?.trim_end());
    Ok(())
}

fn clocks() -> Outcome {
    let begin = Instant::now();
    thread::sleep(Duration::from_millis(30));
    let passed = begin.elapsed();
    let year = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / (365 * 24 * 3600) + 1970;
    println!("slept: {}, year: {}", passed >= Duration::from_millis(30), (2024..2100).contains(&year));
    Ok(())
}

fn lines() -> Outcome {
    let mut total = 0;
    for line in BufReader::new(io::stdin()).lines() {
        let line = line?;
        total += line.len();
        println!("<{line}>");
    }
    eprintln!("{total} bytes");
    Ok(())
}

fn wasmos_crate() -> Outcome {
    let info = wasmos::system::info()?;
    println!("cpus: {}", info.cpus >= 1);
    println!("memory: {}", info.memory_free > 0 && info.memory_free < info.memory_total);
    println!("clocks: {}", info.uptime > Duration::ZERO && info.cpu_time <= info.uptime);
    println!("processes: {}", info.processes >= 1);
    println!("terminal: {}", wasmos::terminal::is_terminal(&io::stdout()));
    let error = wasmos::terminal::size().unwrap_err();
    println!("size: {}", error.raw_os_error() == Some(wasmos::errno::ENOTTY));
    println!("raw: {}", wasmos::terminal::RawMode::enter().is_err());
    Ok(())
}

/// At a terminal: one key without Return, then a line.
fn terminal() -> Outcome {
    println!("{} {:?}", wasmos::terminal::is_terminal(&io::stdin()), wasmos::terminal::size()?);
    let raw = wasmos::terminal::RawMode::enter()?;
    println!("a key?\r");
    let key = io::stdin().bytes().next().ok_or("no key")??;
    drop(raw);
    println!("{key}; a line?");
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    println!("{line:?}");
    Ok(())
}

/// Writes much to both outputs, in turns.
fn flood() -> Outcome {
    for n in 0..1500 {
        writeln!(io::stdout(), "{n:060}")?;
        writeln!(io::stderr(), "{n:070}")?;
    }
    Ok(())
}

/// `me` is the path of this program.
fn children(me: &str) -> Outcome {
    println!("{}", Command::new("fib").arg("3").status()?);
    println!("{:?}", Command::new(me).args(["exit", "9"]).status()?.code());
    println!("{:?}", Command::new("no-such").spawn().unwrap_err().kind());
    println!("{:?}", Command::new("a\0b").spawn().unwrap_err().kind());

    let output = Command::new(me).args(["env", "NEW"]).env("NEW", "1").output()?;
    print!("{}", String::from_utf8(output.stdout)?);
    let output = Command::new(me).args(["env", "NEW"]).env_remove("NEW").env_clear().output()?;
    print!("{}", String::from_utf8(output.stdout)?);

    let output = Command::new(me).arg("flood").output()?;
    println!("{} {} {}", output.status, output.stdout.len(), output.stderr.len());

    let mut child = Command::new(me).arg("lines").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    writeln!(child.stdin.as_mut().unwrap(), "to the child\nand back")?;
    print!("{}", String::from_utf8(child.wait_with_output()?.stdout)?);

    let mut first = Command::new("fib").arg("5").stdout(Stdio::piped()).spawn()?;
    let second = Command::new(me).arg("lines").stdin(first.stdout.take().unwrap()).output()?;
    println!("{} {:?} {:?}", first.wait()?, String::from_utf8(second.stdout)?, String::from_utf8(second.stderr)?);

    let mut sleeper = Command::new(me).args(["sleep"]).spawn()?;
    println!("{:?}", sleeper.try_wait()?);
    sleeper.kill()?;
    println!("{} {:?}", sleeper.wait()? == ExitStatus::KILLED, sleeper.try_wait()?);
    println!("{:?}", sleeper.kill().unwrap_err().kind());
    let limit = Duration::from_millis(50);
    println!("{}", Command::new(me).arg("sleep").time_limit(limit).status()? == ExitStatus::TIME_LIMIT);
    let panicked = Command::new(me).args(["panic", "x"]).stderr(Stdio::null()).status()?;
    println!("{}", panicked == ExitStatus::TRAPPED);
    Ok(())
}

fn pipes(folder: &str) -> Outcome {
    let (mut reader, mut writer) = wasmos::pipe()?;
    let copy = wasmos::pipe::duplicate(&writer)?;
    writer.write_all(b"through ")?;
    drop(writer);
    File::from(copy).write_all(b"a pipe")?;
    let mut text = String::new();
    reader.read_to_string(&mut text)?;
    println!("{text}");
    let (reader, mut writer) = wasmos::pipe()?;
    drop(reader);
    println!("{:?}", writer.write(b"x").unwrap_err().kind());

    let path = format!("{folder}/log");
    let file = File::create(&path)?;
    Command::new("fib").arg("2").stdout(file).status()?;
    println!("{:?}", fs::read_to_string(&path)?);
    wasmos::pipe::redirect(&File::create(&path)?, &io::stdout())?;
    println!("into the file");
    eprintln!("{:?}", fs::read_to_string(&path)?);
    Ok(())
}

fn main() -> Outcome {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["collections"] => collections(),
        ["files", folder] => files(folder),
        ["clocks"] => clocks(),
        ["lines"] => lines(),
        ["wasmos"] => wasmos_crate(),
        ["terminal"] => terminal(),
        ["flood"] => flood(),
        ["children", me] => children(me),
        ["pipes", folder] => pipes(folder),
        ["sleep"] => {
            thread::sleep(Duration::from_secs(50));
            Ok(())
        }
        ["env", name] => {
            println!("{:?} {:?}", env::var(name), env::var("ABSENT"));
            Ok(())
        }
        ["exit", status] => process::exit(status.parse()?),
        ["fail"] => Err("this went wrong".into()),
        ["panic", message] => panic!("{}", message),
        ["index", at] => {
            println!("{}", words[at.parse::<usize>()?]);
            Ok(())
        }
        _ => Err(format!("unknown: {words:?}").into()),
    }
}
