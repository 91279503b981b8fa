import { Errno, strerror } from "bindings/errno";

/** What a call that may fail gives: a value, or an error number. Programs cannot catch what is thrown, so whoever wants
 *  to go on after an error asks `ok` first; whoever does not just takes `value`. */
export class Result<T> {
  constructor(
    /** 0, or what went wrong, one of `Errno`. */
    public readonly error: i32,
    private content: T,
    private subject: string,
  ) {}

  get ok(): bool {
    return this.error == 0;
  }

  /** What failed and why, for people. */
  get message(): string {
    return `${this.subject}: ${strerror(this.error)}`;
  }

  /** The value; ends the program with the message if there is none. */
  get value(): T {
    if (this.error) throw new Error(this.message);
    return this.content;
  }

  /** The value, or this one after an error. */
  or(other: T): T {
    return this.error ? other : this.content;
  }
}

export function success<T>(value: T): Result<T> {
  return new Result<T>(Errno.SUCCESS, value, "");
}

/** `subject` is what the call was about: a path, a name. */
export function failure<T>(error: i32, subject: string): Result<T> {
  if (isReference<T>()) return new Result<T>(error, changetype<T>(0), subject);
  return new Result<T>(error, <T>0, subject);
}
