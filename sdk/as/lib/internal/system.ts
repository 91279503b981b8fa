// What the parts of the library share of the system.

import { clock_time_get } from "bindings/wasi";

export const STDIN = 0;
export const STDOUT = 1;
export const STDERR = 2;

/** Clocks of WASI. */
export enum Clock {
  REALTIME,
  MONOTONIC,
  PROCESS_CPU,
}

// @ts-ignore: decorator
@lazy const word = memory.data(8);

/** What a clock shows, in nanoseconds. */
export function clock(id: Clock): u64 {
  clock_time_get(id, 0, word);
  return load<u64>(word);
}
