// The functions that the compiler and its library want of their surroundings; sdk.toml gives them their names there.

import { random_get } from "bindings/wasi";
import { flush, put, putNumber } from "internal/output";
import { STDERR } from "internal/system";

// @ts-ignore: decorator
@lazy const word = memory.data(8);

/** `abort`, which `throw` and failed assertions call, too: says what and where, and ends the program with a trap. */
export function wasmos_abort(
  message: string | null = null,
  file: string | null = null,
  line: u32 = 0,
  column: u32 = 0,
): void {
  put(STDERR, changetype<usize>("abort"));
  if (message) {
    put(STDERR, changetype<usize>(": "));
    put(STDERR, changetype<usize>(message));
  }
  if (file) {
    put(STDERR, changetype<usize>(" at "));
    put(STDERR, changetype<usize>(file));
    put(STDERR, changetype<usize>(":"));
    putNumber(STDERR, line);
    put(STDERR, changetype<usize>(":"));
    putNumber(STDERR, column);
  }
  put(STDERR, changetype<usize>("\n"));
  flush(STDERR);
  unreachable();
}

/** `trace`: a message and up to five numbers, to standard error. */
export function wasmos_trace(
  message: string,
  count: i32 = 0,
  a: f64 = 0,
  b: f64 = 0,
  c: f64 = 0,
  d: f64 = 0,
  e: f64 = 0,
): void {
  put(STDERR, changetype<usize>("trace: "));
  put(STDERR, changetype<usize>(message));
  for (let n = 0; n < min(count, 5); n++) {
    const number = n == 0 ? a : n == 1 ? b : n == 2 ? c : n == 3 ? d : e;
    put(STDERR, changetype<usize>(n ? ", " : " "));
    put(STDERR, changetype<usize>(number.toString()));
  }
  put(STDERR, changetype<usize>("\n"));
  flush(STDERR);
}

/** What `Math.random` begins with. */
export function wasmos_seed(): f64 {
  do random_get(word, 8);
  while (!load<u64>(word));
  return load<f64>(word);
}
