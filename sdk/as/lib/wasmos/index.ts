// What WasmOS has beyond WASI: starting programs, pipes, the terminal, the machine.

import { Errno, strerror } from "bindings/errno";
import {
  SystemInfo,
  dup as sys_dup,
  dup_to as sys_dup_to,
  kill as sys_kill,
  pipe as sys_pipe,
  spawn as sys_spawn,
  sys_info,
  tty_mode,
  tty_size,
  wait as sys_wait,
} from "bindings/wasmos";
import { File, Result } from "fs";
import { failure, success } from "fs/result";
import { blockOf } from "internal/lists";
import { environment } from "internal/paths";
import { encode } from "internal/utf8";

export { Errno, File, Result, SystemInfo, strerror };

const FOREGROUND = 1; // of spawn
const NO_HANG = 1; // of wait
const INHERIT = -1;

/** Statuses of a child that did not end by itself. */
export enum Status {
  TIME_LIMIT = 124,
  INTERRUPTED = 130,
  TRAPPED = 134,
  KILLED = 137,
}

export enum Signal {
  INTERRUPT = 2,
  KILL = 9,
}

// @ts-ignore: decorator
@lazy const scratch = memory.data(8);

/** A program that this one has started. */
export class Child {
  constructor(
    public readonly pid: i32,
    private name: string,
  ) {}

  /** Waits until it ends; its status, 0 to 255. */
  wait(): Result<i32> {
    const error = sys_wait(this.pid, 0, scratch, scratch + 4);
    return error ? failure<i32>(error, this.name) : success<i32>(load<i32>(scratch, 4));
  }

  /** Its status if it has ended, -1 if it has not. */
  poll(): Result<i32> {
    const error = sys_wait(this.pid, NO_HANG, scratch, scratch + 4);
    if (error == Errno.EAGAIN) return success<i32>(-1);
    return error ? failure<i32>(error, this.name) : success<i32>(load<i32>(scratch, 4));
  }

  kill(signal: Signal = Signal.KILL): i32 {
    return sys_kill(this.pid, signal);
  }
}

/** How a program is to be started. */
export class Command {
  /** Does Ctrl-C go to it? */
  foreground: bool = false;
  /** It is stopped with status 124 after this time; 0: never. */
  timeLimitNs: u64 = 0;
  env: Map<string, string> = environment;
  private fds: i32[] | null = null;

  /** The program, a name that is looked up in /bin or a path, and its arguments. */
  constructor(public args: string[]) {}

  /** Gives the child this program's descriptor `fd` as its descriptor `as`. Without any call of this it shares the
   *  descriptors 0 to 2; after the first it has only those that were given, and the preopened directories. */
  give(fd: i32, as: i32): this {
    let fds = this.fds;
    if (!fds) this.fds = fds = [];
    fds.push(fd);
    fds.push(as);
    return this;
  }

  /** Starts it. */
  spawn(): Result<Child> {
    if (!this.args.length) return failure<Child>(Errno.EINVAL, "spawn");
    const path = encode(this.args[0]);
    const args = blockOf(this.args);
    const env = blockOf(this.environment());
    const fds = this.fds;
    const error = sys_spawn(
      changetype<usize>(path), path.byteLength,
      changetype<usize>(args), args.byteLength,
      changetype<usize>(env), env.byteLength,
      fds ? fds.dataStart : 0, fds ? fds.length / 2 : INHERIT,
      this.foreground ? FOREGROUND : 0, this.timeLimitNs, scratch,
    );
    if (error) return failure<Child>(error, this.args[0]);
    return success<Child>(new Child(load<i32>(scratch), this.args[0]));
  }

  /** Starts it and waits for it; its status. */
  run(): Result<i32> {
    const child = this.spawn();
    return child.ok ? child.value.wait() : failure<i32>(child.error, this.args[0]);
  }

  private environment(): string[] {
    const names = this.env.keys();
    const list = new Array<string>();
    for (let n = 0; n < names.length; n++) list.push(`${names[n]}=${this.env.get(names[n])}`);
    return list;
  }
}

/** Starts a program in the foreground and waits for it; its status. */
export function run(args: string[]): Result<i32> {
  const command = new Command(args);
  command.foreground = true;
  return command.run();
}

/** The two ends of a pipe. */
export class Pipe {
  constructor(
    public readonly reader: File,
    public readonly writer: File,
  ) {}
}

export function pipe(): Result<Pipe> {
  const error = sys_pipe(0, scratch);
  if (error) return failure<Pipe>(error, "pipe");
  return success<Pipe>(new Pipe(new File(load<i32>(scratch), "pipe"), new File(load<i32>(scratch, 4), "pipe")));
}

/** Another descriptor for the same open file, the lowest free one from `least` on. */
export function dup(file: File, least: i32 = 0): Result<File> {
  const error = sys_dup(file.fd, least, scratch);
  return error ? failure<File>(error, `descriptor ${file.fd}`) : success<File>(new File(load<i32>(scratch)));
}

/** Makes the descriptor `to` one for the same open file; what it was is closed. */
export function dupTo(file: File, to: i32): i32 {
  return sys_dup_to(file.fd, to);
}

export class TerminalSize {
  constructor(
    public readonly columns: i32,
    public readonly rows: i32,
  ) {}
}

/** The terminal that this program is connected to. */
export namespace terminal {
  /** Fails with ENOTTY where there is none. */
  export function size(): Result<TerminalSize> {
    const error = tty_size(scratch, scratch + 4);
    if (error) return failure<TerminalSize>(error, "terminal");
    return success<TerminalSize>(new TerminalSize(load<i32>(scratch), load<i32>(scratch, 4)));
  }

  /** Raw: each key is read at once and not shown. Otherwise whole lines are, with echo and simple editing. */
  export function setRaw(raw: bool): i32 {
    return tty_mode(i32(raw), scratch);
  }
}

/** The machine's CPUs and memory, how long it has been running, and so on. */
export function systemInfo(): SystemInfo {
  const info = new SystemInfo();
  sys_info(changetype<usize>(info), offsetof<SystemInfo>());
  return info;
}
