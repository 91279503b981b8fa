import { Errno } from "bindings/errno";
import {
  fd_close,
  fd_fdstat_get,
  fd_filestat_get,
  fd_filestat_set_size,
  fd_read,
  fd_seek,
  fd_sync,
} from "bindings/wasi";
import { writeBytes, writeText } from "internal/output";
import { decode } from "internal/utf8";
import { Result, failure, success } from "./result";
import { FILESTAT_SIZE, FileType, Stats } from "./stats";

export enum Seek {
  SET,
  CURRENT,
  END,
}

const CHUNK = 4096;

// @ts-ignore: decorator
@lazy const scratch = memory.data(24);

/** An open file, a terminal, an end of a pipe: reads, by bytes or lines, and writes. */
export class File {
  private buffer: Uint8Array | null = null; // what has been read and not been taken: from `start` to `end`
  private start: i32 = 0;
  private end: i32 = 0;

  constructor(
    public readonly fd: i32,
    private name: string = `descriptor ${fd}`,
  ) {}

  /** Is it a terminal? */
  get isTTY(): bool {
    return !fd_fdstat_get(this.fd, scratch) && load<u8>(scratch) == FileType.CHARACTER_DEVICE;
  }

  /** Reads at most as many bytes as `into` has room for; 0 at the end. */
  read(into: Uint8Array): Result<i32> {
    if (this.start < this.end) {
      const count = min(into.length, this.end - this.start);
      memory.copy(into.dataStart, this.buffer!.dataStart + this.start, count);
      this.start += count;
      return success<i32>(count);
    }
    store<usize>(scratch, into.dataStart);
    store<i32>(scratch, into.length, 4);
    const error = fd_read(this.fd, scratch, 1, scratch + 8);
    return error ? failure<i32>(error, this.name) : success<i32>(load<i32>(scratch, 8));
  }

  /** Everything up to the end. */
  readBytes(): Result<Uint8Array> {
    let bytes = new Uint8Array(CHUNK);
    let length = 0;
    for (;;) {
      const got = this.read(bytes.subarray(length));
      if (!got.ok) return failure<Uint8Array>(got.error, this.name);
      if (!got.value) break;
      length += got.value;
      if (length == bytes.length) {
        const larger = new Uint8Array(2 * length);
        memory.copy(larger.dataStart, bytes.dataStart, length);
        bytes = larger;
      }
    }
    return success<Uint8Array>(bytes.subarray(0, length));
  }

  /** Everything up to the end, as UTF-8. */
  readText(): Result<string> {
    const bytes = this.readBytes();
    if (!bytes.ok) return failure<string>(bytes.error, this.name);
    return success<string>(decode(bytes.value.dataStart, bytes.value.length));
  }

  /** The next line, without its end; null after the last. An error ends the lines, too. */
  readLine(): string | null {
    let scanned = 0;
    while (true) {
      const buffer = this.buffer;
      if (buffer) {
        for (let at = this.start + scanned; at < this.end; at++) {
          if (unchecked(buffer[at]) == 0x0a) return this.take(at, 1);
        }
      }
      scanned = this.end - this.start;
      if (!this.fill()) return scanned ? this.take(this.end, 0) : null;
    }
  }

  /** The buffer's text up to there; `more` bytes behind it are dropped. */
  private take(to: i32, more: i32): string {
    const text = decode(this.buffer!.dataStart + this.start, to - this.start);
    this.start = to + more;
    return text;
  }

  /** Reads more into the buffer, which grows if it is full; false at the end. */
  private fill(): bool {
    const have = this.end - this.start;
    let buffer = this.buffer;
    if (!buffer) buffer = new Uint8Array(CHUNK);
    const old = buffer.dataStart + this.start;
    if (have == buffer.length) buffer = new Uint8Array(2 * have);
    memory.copy(buffer.dataStart, old, have);
    this.buffer = buffer;
    this.start = this.end = 0; // so that `read` looks at the file, not at the buffer
    const count = this.read(buffer.subarray(have)).or(0);
    this.end = have + count;
    return count > 0;
  }

  /** Writes a string, as UTF-8, or a Uint8Array, whole; returns an error number. */
  write<T>(data: T): i32 {
    if (isString<T>()) {
      return writeText(this.fd, changetype<string>(data));
    } else if (data instanceof Uint8Array) {
      return writeBytes(this.fd, data.dataStart, data.length);
    } else {
      ERROR("a string or a Uint8Array is expected");
    }
  }

  /** Moves to a place and returns where that is from the beginning. */
  seek(offset: i64, whence: Seek = Seek.SET): Result<i64> {
    if (whence == Seek.CURRENT) offset -= this.end - this.start;
    const error = fd_seek(this.fd, offset, whence, scratch);
    if (error) return failure<i64>(error, this.name);
    this.start = this.end = 0;
    return success<i64>(load<i64>(scratch));
  }

  /** Cuts the file to this size, or makes it longer with zeros. */
  truncate(size: u64): i32 {
    return fd_filestat_set_size(this.fd, size);
  }

  sync(): i32 {
    return fd_sync(this.fd);
  }

  stat(): Result<Stats> {
    const buffer = new ArrayBuffer(FILESTAT_SIZE);
    const error = fd_filestat_get(this.fd, changetype<usize>(buffer));
    return error ? failure<Stats>(error, this.name) : success<Stats>(new Stats(buffer));
  }

  close(): i32 {
    return fd_close(this.fd);
  }
}
