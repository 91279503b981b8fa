import { Clock, clock } from "internal/system";

export namespace performance {
  /** Milliseconds of a clock that never goes back, with fractions. */
  export function now(): f64 {
    return <f64>clock(Clock.MONOTONIC) / 1_000_000;
  }
}
