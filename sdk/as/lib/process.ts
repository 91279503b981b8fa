import { Errno } from "bindings/errno";
import { args_get, args_sizes_get, proc_exit } from "bindings/wasi";
import { File, stat } from "fs";
import { fetchList } from "internal/lists";
import { currentDirectory, environment, setCurrentDirectory } from "internal/paths";
import { Clock, STDERR, STDIN, STDOUT, clock } from "internal/system";

/** This program: how it was started, and what it is connected to. */
export namespace process {
  // @ts-ignore: decorator
  @lazy export const platform: string = "wasmos";
  // @ts-ignore: decorator
  @lazy export const arch: string = "wasm32";

  /** The program's name, then its arguments. */
  // @ts-ignore: decorator
  @lazy export const argv: string[] = fetchList(args_sizes_get, args_get);

  /** The environment. Changes are seen by children that this program starts. */
  // @ts-ignore: decorator
  @lazy export const env: Map<string, string> = environment;

  // @ts-ignore: decorator
  @lazy export const stdin: File = new File(STDIN, "standard input");
  // @ts-ignore: decorator
  @lazy export const stdout: File = new File(STDOUT, "standard output");
  // @ts-ignore: decorator
  @lazy export const stderr: File = new File(STDERR, "standard error");

  /** Ends the program. */
  export function exit(status: i32 = 0): void {
    proc_exit(status);
    unreachable();
  }

  /** Milliseconds since 1970. */
  export function time(): i64 {
    return clock(Clock.REALTIME) / 1_000_000;
  }

  /** Nanoseconds of a clock that never goes back. */
  export function hrtime(): u64 {
    return clock(Clock.MONOTONIC);
  }

  /** Nanoseconds of CPU time that this program has used. */
  export function cpuTime(): u64 {
    return clock(Clock.PROCESS_CPU);
  }

  /** The current directory. It is this program's own: children start in theirs by `$PWD`. */
  export function cwd(): string {
    return currentDirectory();
  }

  /** Changes it; returns an error number. */
  export function chdir(path: string): i32 {
    const found = stat(path);
    if (!found.ok) return found.error;
    if (!found.value.isDirectory) return Errno.ENOTDIR;
    setCurrentDirectory(path);
    return 0;
  }
}
