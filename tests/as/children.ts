// Starting programs: this one again, by the arguments after its path.

import { Child, Command, Errno, Signal, Status, dup, dupTo, pipe, run, strerror, systemInfo, terminal } from "wasmos";

const self = "/t/children.wasm";

function check(what: string, holds: bool): void {
  console.log(`${what}: ${holds ? "well" : "WRONG"}`);
}

/** What the child prints. */
function outputOf(command: Command): string {
  const p = pipe().value;
  const child = command.give(0, 0).give(p.writer.fd, 1).give(2, 2).spawn().value;
  p.writer.close();
  const text = p.reader.readText().value;
  p.reader.close();
  return `${text}status ${child.wait().value}`;
}

function main(): void {
  console.log(run([self, "say", "one", "two words", ""]).value);
  console.log(run([self, "exit", "7"]).value);
  console.log(run(["/no/such/program"]).message);
  check("nothing", new Command([]).spawn().error == Errno.EINVAL);

  console.log(outputOf(new Command([self, "say", "through a pipe"])));
  const changed = new Command([self, "env", "A", "B"]);
  changed.env = new Map<string, string>();
  changed.env.set("A", "set for the child");
  console.log(outputOf(changed));
  process.env.set("B", "changed here");
  console.log(outputOf(new Command([self, "env", "A", "B"])));

  const p = pipe().value;
  const reader = new Command([self, "count"]).give(p.reader.fd, 0).give(1, 1).spawn().value;
  p.reader.close();
  for (let i = 0; i < 2000; i++) p.writer.write(`line ${i}\n`);
  p.writer.close();
  console.log(reader.wait().value);

  const sleeper = new Command([self, "loop"]).spawn().value;
  check("still running", sleeper.poll().value == -1);
  console.log(strerror(sleeper.kill()));
  check("killed", sleeper.wait().value == Status.KILLED);
  check("waited for already", sleeper.wait().error == Errno.ECHILD);
  check("not a child", new Child(99999, "x").kill() == Errno.ESRCH);
  const interrupted = new Command([self, "loop"]).spawn().value;
  interrupted.kill(Signal.INTERRUPT);
  check("interrupted", interrupted.wait().value == Status.INTERRUPTED);
  const limited = new Command([self, "loop"]);
  limited.timeLimitNs = 50_000_000;
  check("limited", limited.run().value == Status.TIME_LIMIT);
  check("trapped", outputOf(new Command([self, "trap"])) == "status 134");

  const out = dup(process.stdout, 10).value;
  check("dup", out.fd >= 10);
  out.write("through a copy\n");
  check("dupTo", !dupTo(process.stdout, 9) && !process.stdout.write("") && !out.close());
  check("dup of nothing", dup(out).error == Errno.EBADF);

  const info = systemInfo();
  check("cpus", info.cpus >= 1 && info.cpus < 1000);
  check("memory", info.memoryFree > 0 && info.memoryFree < info.memoryTotal);
  check("time", info.uptimeNs > 0 && info.cpuNs > 0 && info.processes == 1);
  check("no terminal", terminal.size().error == Errno.ENOTTY && terminal.setRaw(true) == Errno.ENOTTY);
}

const args = process.argv;
const what = args.length > 1 ? args[1] : "";
if (what == "") main();
else if (what == "say") console.log("child: " + args.slice(2).map<string>((word) => `<${word}>`).join(" "));
else if (what == "exit") process.exit(<i32>parseInt(args[2]));
else if (what == "count") {
  let count = 0;
  while (process.stdin.readLine() !== null) count++;
  console.log(`child: ${count} lines`);
} else if (what == "env") {
  for (let i = 2; i < args.length; i++) {
    console.log(`child: ${args[i]} is ${process.env.has(args[i]) ? process.env.get(args[i]) : "not set"}`);
  }
} else if (what == "loop") while (true) {}
else if (what == "trap") unreachable();
