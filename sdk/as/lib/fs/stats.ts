/** Kinds of files, by WASI's numbers. */
export enum FileType {
  UNKNOWN,
  BLOCK_DEVICE,
  CHARACTER_DEVICE,
  DIRECTORY,
  REGULAR,
  SOCKET_DGRAM,
  SOCKET_STREAM,
  SYMBOLIC_LINK,
}

/** Bytes of WASI's `filestat`. */
export const FILESTAT_SIZE = 64;

/** What the system knows about a file: WASI's `filestat`. Times are nanoseconds since 1970. */
export class Stats {
  readonly device: u64;
  readonly inode: u64;
  readonly type: FileType;
  readonly links: u64;
  readonly size: u64;
  readonly accessTime: u64;
  readonly modificationTime: u64;
  readonly changeTime: u64;

  constructor(filestat: ArrayBuffer) {
    const at = changetype<usize>(filestat);
    this.device = load<u64>(at);
    this.inode = load<u64>(at, 8);
    this.type = load<u8>(at, 16);
    this.links = load<u64>(at, 24);
    this.size = load<u64>(at, 32);
    this.accessTime = load<u64>(at, 40);
    this.modificationTime = load<u64>(at, 48);
    this.changeTime = load<u64>(at, 56);
  }

  get isFile(): bool {
    return this.type == FileType.REGULAR;
  }

  get isDirectory(): bool {
    return this.type == FileType.DIRECTORY;
  }

  get isSymbolicLink(): bool {
    return this.type == FileType.SYMBOLIC_LINK;
  }
}
