// Files and directories. Calls that give something give a `Result`, the others an error number: 0 is success, `Errno`
// has the names, `strerror` the texts.

import { Errno, strerror } from "bindings/errno";
import {
  fd_close,
  fd_readdir,
  path_create_directory,
  path_filestat_get,
  path_link,
  path_open,
  path_readlink,
  path_remove_directory,
  path_rename,
  path_symlink,
  path_unlink_file,
} from "bindings/wasi";
import { Place, locate } from "internal/paths";
import { decode, encode } from "internal/utf8";
import { File, Seek } from "./file";
import { Result, failure, success } from "./result";
import { FILESTAT_SIZE, FileType, Stats } from "./stats";

export { Errno, File, FileType, Result, Seek, Stats, strerror };

const FOLLOW = 1; // lookup flags
const CREATE = 1; // open flags
const DIRECTORY = 2;
const EXCLUSIVE = 4;
const TRUNCATE = 8;
const APPEND = 1; // descriptor flags
const RIGHT_WRITE: u64 = 1 << 6;
const RIGHTS_WRITING: u64 = RIGHT_WRITE | (1 << 0) | (1 << 4) | (1 << 8) | (1 << 22); // also sync, allocate, set the size
const ALL_RIGHTS: u64 = 0x1fffffff;
const DIRENT_SIZE: usize = 24;

// @ts-ignore: decorator
@lazy const scratch = memory.data(8);

/** One name of a directory. */
export class DirectoryEntry {
  constructor(
    public readonly name: string,
    public readonly type: FileType,
  ) {}

  get isDirectory(): bool {
    return this.type == FileType.DIRECTORY;
  }
}

/** Opens a path with WASI's flags and rights; a descriptor in `scratch`, or an error number. */
function openPath(path: string, openFlags: i32, rights: u64, flags: i32): i32 {
  const place = locate(path);
  if (!path.length || !place) return path.length ? Errno.ENOTCAPABLE : Errno.ENOENT;
  const name = encode(place.path);
  return path_open(
    place.fd, FOLLOW, changetype<usize>(name), name.byteLength, openFlags, rights, rights, flags, scratch,
  );
}

/** Opens a file. Modes are C's and Node's: "r" reads; "w" writes to an empty or new file; "a" writes to the end; "r+",
 *  "w+" and "a+" do both; with "x", like "wx", the file must be new. */
export function open(path: string, mode: string = "r"): Result<File> {
  const kind = mode.charAt(0);
  const both = mode.includes("+");
  if (kind != "r" && kind != "w" && kind != "a") return failure<File>(Errno.EINVAL, `${path}: mode "${mode}"`);
  let openFlags = kind == "r" ? 0 : CREATE;
  if (kind == "w") openFlags |= TRUNCATE;
  if (mode.includes("x")) openFlags |= EXCLUSIVE;
  let rights = ALL_RIGHTS;
  if (kind == "r" && !both) rights &= ~RIGHTS_WRITING;
  if (kind != "r" && !both) rights &= ~(1 << 1);
  const error = openPath(path, openFlags, rights, kind == "a" ? APPEND : 0);
  return error ? failure<File>(error, path) : success<File>(new File(load<i32>(scratch), path));
}

/** The bytes of a file. */
export function readBytes(path: string): Result<Uint8Array> {
  const file = open(path);
  if (!file.ok) return failure<Uint8Array>(file.error, path);
  const bytes = file.value.readBytes();
  file.value.close();
  return bytes;
}

/** The text of a file, which is UTF-8. */
export function readText(path: string): Result<string> {
  const file = open(path);
  if (!file.ok) return failure<string>(file.error, path);
  const text = file.value.readText();
  file.value.close();
  return text;
}

function writeWith<T>(path: string, mode: string, data: T): i32 {
  const file = open(path, mode);
  if (!file.ok) return file.error;
  const error = file.value.write(data);
  const closed = file.value.close();
  return error ? error : closed;
}

/** Makes this string or Uint8Array the content of a file. */
export function write<T>(path: string, data: T): i32 {
  return writeWith(path, "w", data);
}

/** Adds a string or Uint8Array to the end of a file. */
export function append<T>(path: string, data: T): i32 {
  return writeWith(path, "a", data);
}

function statWith(path: string, lookup: i32): Result<Stats> {
  const place = locate(path);
  if (!path.length || !place) return failure<Stats>(path.length ? Errno.ENOTCAPABLE : Errno.ENOENT, path);
  const name = encode(place.path);
  const buffer = new ArrayBuffer(FILESTAT_SIZE);
  const error = path_filestat_get(
    place.fd, lookup, changetype<usize>(name), name.byteLength, changetype<usize>(buffer),
  );
  return error ? failure<Stats>(error, path) : success<Stats>(new Stats(buffer));
}

export function stat(path: string): Result<Stats> {
  return statWith(path, FOLLOW);
}

/** The same, of a symbolic link itself. */
export function lstat(path: string): Result<Stats> {
  return statWith(path, 0);
}

export function exists(path: string): bool {
  return stat(path).ok;
}

/** A directory's entries, without "." and "..". */
export function readDirectory(path: string): Result<DirectoryEntry[]> {
  let error = openPath(path, DIRECTORY, ALL_RIGHTS & ~RIGHTS_WRITING, 0);
  if (error) return failure<DirectoryEntry[]>(error, path);
  const fd = load<i32>(scratch);
  const entries = new Array<DirectoryEntry>();
  let buffer = new ArrayBuffer(4096);
  let cookie: u64 = 0;
  while (!(error = fd_readdir(fd, changetype<usize>(buffer), buffer.byteLength, cookie, scratch))) {
    const used = load<usize>(scratch);
    const before = cookie;
    cookie = takeEntries(changetype<usize>(buffer), used, cookie, entries);
    if (used < <usize>buffer.byteLength) break; // that was the end
    if (cookie == before) buffer = new ArrayBuffer(2 * buffer.byteLength); // not even one fits
  }
  fd_close(fd);
  return error ? failure<DirectoryEntry[]>(error, path) : success(entries);
}

/** Takes the whole `dirent`s of a buffer; returns where the directory goes on. */
function takeEntries(start: usize, length: usize, cookie: u64, entries: DirectoryEntry[]): u64 {
  for (let at = start; at + DIRENT_SIZE <= start + length; ) {
    const nameLength = load<u32>(at, 16);
    if (at + DIRENT_SIZE + nameLength > start + length) break; // cut off: it comes again
    const name = decode(at + DIRENT_SIZE, nameLength);
    if (name != "." && name != "..") entries.push(new DirectoryEntry(name, load<u8>(at, 20)));
    cookie = load<u64>(at);
    at += DIRENT_SIZE + nameLength;
  }
  return cookie;
}

/** Calls the system with a path, found and encoded; an error number. */
function withPath(path: string, call: (fd: i32, name: i32, length: i32) => i32): i32 {
  const place = locate(path);
  if (!path.length || !place) return path.length ? Errno.ENOTCAPABLE : Errno.ENOENT;
  const name = encode(place.path);
  return call(place.fd, changetype<usize>(name), name.byteLength);
}

export function makeDirectory(path: string): i32 {
  return withPath(path, path_create_directory);
}

/** Removes an empty directory. */
export function removeDirectory(path: string): i32 {
  return withPath(path, path_remove_directory);
}

/** Removes a name of a file. */
export function remove(path: string): i32 {
  return withPath(path, path_unlink_file);
}

/** Gives a file or directory another name; what had that name is replaced. */
export function rename(from: string, to: string): i32 {
  const old = locate(from);
  const place = locate(to);
  if (!from.length || !to.length) return Errno.ENOENT;
  if (!old || !place) return Errno.ENOTCAPABLE;
  const a = encode(old.path);
  const b = encode(place.path);
  return path_rename(
    old.fd, changetype<usize>(a), a.byteLength, place.fd, changetype<usize>(b), b.byteLength,
  );
}

/** Gives a file one more name. */
export function link(from: string, to: string): i32 {
  const old = locate(from);
  const place = locate(to);
  if (!from.length || !to.length) return Errno.ENOENT;
  if (!old || !place) return Errno.ENOTCAPABLE;
  const a = encode(old.path);
  const b = encode(place.path);
  return path_link(
    old.fd, 0, changetype<usize>(a), a.byteLength, place.fd, changetype<usize>(b), b.byteLength,
  );
}

/** Makes `path` a symbolic link to `target`. */
export function symlink(target: string, path: string): i32 {
  const place = locate(path);
  if (!path.length || !place) return path.length ? Errno.ENOTCAPABLE : Errno.ENOENT;
  const text = encode(target);
  const name = encode(place.path);
  return path_symlink(
    changetype<usize>(text), text.byteLength, place.fd, changetype<usize>(name), name.byteLength,
  );
}

/** What a symbolic link says. */
export function readLink(path: string): Result<string> {
  const place = locate(path);
  if (!path.length || !place) return failure<string>(path.length ? Errno.ENOTCAPABLE : Errno.ENOENT, path);
  const name = encode(place.path);
  const target = new ArrayBuffer(4096);
  const error = path_readlink(
    place.fd, changetype<usize>(name), name.byteLength, changetype<usize>(target), target.byteLength, scratch,
  );
  if (error) return failure<string>(error, path);
  return success<string>(decode(changetype<usize>(target), load<usize>(scratch)));
}
