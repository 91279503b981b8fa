// What the compiler's own library wants of a browser. `Date.now` is all that there is here.

import { Clock, clock } from "internal/system";

export namespace Date {
  export function now(): f64 {
    return <f64>(clock(Clock.REALTIME) / 1_000_000);
  }
}

export namespace Math {}
