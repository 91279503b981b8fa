// Text on its way out, through a fixed buffer: a program that only prints links neither allocator nor collector.

import { fd_write } from "bindings/wasi";
import { encodePoint, lastPoint, nextPoint, sizeOf } from "./utf8";

const CAPACITY: usize = 1024;
const LONGEST: usize = 4; // bytes of a code point

// @ts-ignore: decorator
@lazy const buffer = memory.data(1024);
// @ts-ignore: decorator
@lazy const vector = memory.data(12); // address, length; then what was written

let used: usize = 0;

/** Writes all bytes; returns an error number. */
export function writeBytes(fd: i32, from: usize, length: usize): i32 {
  while (length) {
    store<usize>(vector, from);
    store<usize>(vector, length, 4);
    const error = fd_write(fd, vector, 1, vector + 8);
    if (error) return error;
    const written = load<usize>(vector, 8);
    from += written;
    length -= written;
  }
  return 0;
}

/** Writes what has been put. */
export function flush(fd: i32): i32 {
  const length = used;
  used = 0;
  return writeBytes(fd, buffer, length);
}

/** The string at this address, to be written with the next `flush`, or before if there is no room. */
export function put(fd: i32, text: usize): i32 {
  const end = text + sizeOf(text);
  for (let at = text; at < end; ) {
    if (used + LONGEST > CAPACITY) {
      const error = flush(fd);
      if (error) return error;
    }
    at = nextPoint(at, end);
    used = encodePoint(lastPoint(), buffer + used) - buffer;
  }
  return 0;
}

/** A number to be written. */
export function putNumber(fd: i32, number: u32): void {
  if (number >= 10) putNumber(fd, number / 10);
  if (used == CAPACITY) flush(fd);
  store<u8>(buffer + used++, 0x30 + (number % 10));
}

/** Writes a text; returns an error number. */
export function writeText(fd: i32, text: string): i32 {
  const error = put(fd, changetype<usize>(text));
  return error ? error : flush(fd);
}

/** A line, in one piece if it is short. */
export function writeLine(fd: i32, text: string): void {
  put(fd, changetype<usize>(text));
  put(fd, changetype<usize>("\n"));
  flush(fd);
}
