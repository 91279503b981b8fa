// process, time, random numbers, and lines of input.

function check(what: string, holds: bool): void {
  console.log(`${what}: ${holds ? "well" : "WRONG"}`);
}

function clocks(): void {
  const before = process.hrtime();
  const cpu = process.cpuTime();
  const start = performance.now();
  let sum: f64 = 0;
  for (let i = 0; i < 3_000_000; i++) sum += <f64>i;
  check("work", sum == 4499998500000);
  check("hrtime", process.hrtime() > before);
  check("cpuTime", process.cpuTime() > cpu && process.cpuTime() - cpu < 60_000_000_000);
  check("performance", performance.now() > start && performance.now() < start + 60000);
  const now = Date.now();
  check("Date.now", now > 1_700_000_000_000 && now < 4_000_000_000_000);
  check("time", process.time() >= now && process.time() < now + 60000);
  check("Date", new Date(now).getUTCFullYear() >= 2023);
}

function randomness(): void {
  let least = 1.0;
  let most = 0.0;
  for (let i = 0; i < 1000; i++) {
    const r = Math.random();
    least = min(least, r);
    most = max(most, r);
  }
  check("Math.random", least >= 0 && least < 0.05 && most < 1 && most > 0.95);
  const a = new Uint8Array(64);
  const b = new Uint8Array(64);
  crypto.getRandomValues(a);
  crypto.getRandomValues(b.subarray(32));
  let same = 0;
  let zeros = 0;
  for (let i = 0; i < 64; i++) {
    same += i32(a[i] == b[i]);
    zeros += i32(b[i] == 0);
  }
  check("crypto", same < 16 && zeros >= 32 && zeros < 48);
}

function lines(): void {
  let line = process.stdin.readLine();
  while (line !== null) {
    console.log(`<${line}>`);
    line = process.stdin.readLine();
  }
  check("the end stays the end", process.stdin.readLine() === null);
}

function directories(): void {
  console.log(process.cwd());
  console.log(process.chdir("data/../data/./sub/"));
  console.log(process.cwd());
  console.log(process.chdir("nowhere"));
  console.log(process.chdir("file"));
  console.log(process.chdir(".."));
  console.log(process.cwd());
}

const what = process.argv.length > 1 ? process.argv[1] : "";
if (what == "clocks") clocks();
else if (what == "random") randomness();
else if (what == "lines") lines();
else if (what == "bytes") console.log(process.stdin.readBytes().value.length);
else if (what == "text") process.stdout.write(process.stdin.readText().value);
else if (what == "directories") directories();
else if (what == "exit") process.exit(<i32>parseInt(process.argv[2]));
else if (what == "env") {
  for (let i = 2; i < process.argv.length; i++) {
    const name = process.argv[i];
    console.log(process.env.has(name) ? `${name} is ${process.env.get(name)}` : `${name} is not set`);
  }
} else {
  for (let i = 0; i < process.argv.length; i++) console.log(process.argv[i]);
}
