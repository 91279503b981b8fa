import { STDERR, STDOUT, Clock, clock } from "internal/system";
import { writeLine } from "internal/output";

/** A value as a text: strings as they are, everything else by its `toString`. */
function textOf<T>(value: T): string {
  if (isString<T>()) {
    return changetype<usize>(value) ? changetype<string>(value) : "null";
  } else if (isReference<T>()) {
    if (!changetype<usize>(value)) return "null";
    // @ts-ignore: not every class has one
    if (isDefined(value.toString)) return value.toString();
    return "[object " + nameof<T>() + "]";
  } else {
    // @ts-ignore: all numbers have one
    return value.toString();
  }
}

// @ts-ignore: decorator
@lazy const timers = new Map<string, u64>();

function reportTimer(label: string): void {
  if (!timers.has(label)) {
    writeLine(STDERR, `console: there is no timer '${label}'`);
    return;
  }
  const passed = <f64>(clock(Clock.MONOTONIC) - timers.get(label)) / 1_000_000;
  writeLine(STDOUT, `${label}: ${passed} ms`);
}

/** Lines of text: `log`, `info` and `debug` on standard output, `warn` and `error` on standard error. */
export namespace console {
  export function log<T = string>(value: T = changetype<T>("")): void {
    writeLine(STDOUT, textOf(value));
  }

  export function info<T = string>(value: T = changetype<T>("")): void {
    writeLine(STDOUT, textOf(value));
  }

  export function debug<T = string>(value: T = changetype<T>("")): void {
    writeLine(STDOUT, textOf(value));
  }

  export function warn<T = string>(value: T = changetype<T>("")): void {
    writeLine(STDERR, textOf(value));
  }

  export function error<T = string>(value: T = changetype<T>("")): void {
    writeLine(STDERR, textOf(value));
  }

  /** Complains if the condition does not hold, and goes on. */
  export function assert<T>(condition: T, message: string = ""): void {
    if (!condition) writeLine(STDERR, message.length ? "Assertion failed: " + message : "Assertion failed");
  }

  /** Starts a timer. */
  export function time(label: string = "default"): void {
    timers.set(label, clock(Clock.MONOTONIC));
  }

  /** Prints how long a timer has been running. */
  export function timeLog(label: string = "default"): void {
    reportTimer(label);
  }

  /** Prints it and forgets the timer. */
  export function timeEnd(label: string = "default"): void {
    reportTimer(label);
    timers.delete(label);
  }
}
