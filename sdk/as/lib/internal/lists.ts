// Lists of strings as the system passes them: one block, each string ended by a NUL byte.

import { decode, encode } from "./utf8";

/** The strings of a list that two calls describe: how many they are and how long, then addresses and bytes. */
export function fetchList(
  sizes: (count: i32, bytes: i32) => i32,
  fetch: (addresses: i32, bytes: i32) => i32,
): string[] {
  const numbers = new StaticArray<u32>(2);
  const at = changetype<usize>(numbers);
  if (sizes(at, at + 4)) return [];
  const count = numbers[0];
  const block = new ArrayBuffer(4 * count + numbers[1]);
  const start = changetype<usize>(block);
  const end = start + block.byteLength;
  if (fetch(start, start + 4 * count)) return [];
  const list = new Array<string>();
  for (let n: usize = 0; n < count; n++) {
    const text = load<u32>(start + 4 * n);
    list.push(decode(text, lengthBefore(text, end)));
  }
  return list;
}

/** How many bytes lie before the next NUL. */
function lengthBefore(start: usize, end: usize): usize {
  let at = start;
  while (at < end && load<u8>(at)) at++;
  return at - start;
}

/** The block of a list. */
export function blockOf(list: string[]): ArrayBuffer {
  return encode(list.length ? list.join("\0") + "\0" : "");
}
