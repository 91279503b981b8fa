// Strings here are UTF-16, those of the system UTF-8. What is not well-formed becomes U+FFFD, in both directions.

import { OBJECT, TOTAL_OVERHEAD } from "rt/common";

const REPLACEMENT: u32 = 0xfffd;

// @ts-ignore: decorator
@lazy let point: u32 = 0;

/** Reads the code point at `at`, some code units before `end`, into `codePoint`; returns where the next one is. Strings
 *  are passed by their addresses, because `abort` may not pass objects on. */
export function nextPoint(at: usize, end: usize): usize {
  point = load<u16>(at);
  at += 2;
  if ((point & 0xf800) != 0xd800) return at;
  const low: u32 = at < end ? load<u16>(at) : 0;
  if (point >= 0xdc00 || (low & 0xfc00) != 0xdc00) {
    point = REPLACEMENT;
    return at;
  }
  point = 0x10000 + ((point & 0x3ff) << 10) + (low & 0x3ff);
  return at + 2;
}

/** The code point that was read last. */
// @ts-ignore: decorator
@inline
export function lastPoint(): u32 {
  return point;
}

/** How many bytes a string's code units take; it is given by its address. */
// @ts-ignore: decorator
@inline
export function sizeOf(text: usize): usize {
  return <usize>changetype<OBJECT>(text - TOTAL_OVERHEAD).rtSize;
}

/** How many bytes a code point takes. */
// @ts-ignore: decorator
@inline
function encodedLength(point: u32): u32 {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/** Stores a code point's bytes; returns where the next ones go. */
export function encodePoint(point: u32, to: usize): usize {
  if (point < 0x80) {
    store<u8>(to, point);
    return to + 1;
  }
  const length = encodedLength(point);
  for (let n = length - 1; n > 0; n--) {
    store<u8>(to + n, 0x80 | (point & 0x3f));
    point >>= 6;
  }
  store<u8>(to, (0xf00 >> length) | point);
  return to + length;
}

/** The string's bytes, with `more` zero bytes behind them. */
export function encode(text: string, more: i32 = 0): ArrayBuffer {
  const start = changetype<usize>(text);
  const end = start + sizeOf(start);
  let length = more;
  for (let at = start; at < end; ) {
    at = nextPoint(at, end);
    length += encodedLength(point);
  }
  const bytes = new ArrayBuffer(length);
  let to = changetype<usize>(bytes);
  for (let at = start; at < end; ) {
    at = nextPoint(at, end);
    to = encodePoint(point, to);
  }
  return bytes;
}

/** The smallest second byte that may follow this first one, and the largest in the next bits: Unicode, table 3-7. */
function secondByteRange(first: u32): u32 {
  if (first == 0xe0) return 0xa0 | (0xbf << 8);
  if (first == 0xed) return 0x80 | (0x9f << 8);
  if (first == 0xf0) return 0x90 | (0xbf << 8);
  if (first == 0xf4) return 0x80 | (0x8f << 8);
  return 0x80 | (0xbf << 8);
}

/** Reads the code point of some bytes; returns how many bytes it took. Of a sequence that breaks off, the longest
 *  part that could have begun a code point becomes one U+FFFD. */
function decodePoint(from: usize, end: usize): usize {
  const first: u32 = load<u8>(from);
  point = first;
  if (first < 0x80) return 1;
  point = REPLACEMENT;
  if (first < 0xc2 || first > 0xf4) return 1;
  const length: usize = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let range = secondByteRange(first);
  let bits = first & (0x7f >> u32(length));
  for (let n: usize = 1; n < length; n++) {
    if (from + n == end) return n;
    const byte: u32 = load<u8>(from + n);
    if (byte < (range & 0xff) || byte > range >> 8) return n;
    range = 0x80 | (0xbf << 8);
    bits = (bits << 6) | (byte & 0x3f);
  }
  point = bits;
  return length;
}

/** The string of some bytes. */
export function decode(from: usize, length: usize): string {
  const end = from + length;
  let units = 0;
  for (let at = from; at < end; ) {
    at += decodePoint(at, end);
    units += point > 0xffff ? 2 : 1;
  }
  const text = changetype<string>(__new(<usize>units << 1, idof<string>()));
  let to = changetype<usize>(text);
  for (let at = from; at < end; ) {
    at += decodePoint(at, end);
    if (point > 0xffff) {
      store<u16>(to, 0xd7c0 + (point >> 10));
      store<u16>(to, 0xdc00 | (point & 0x3ff), 2);
      to += 4;
    } else {
      store<u16>(to, point);
      to += 2;
    }
  }
  return text;
}
