import { random_get } from "bindings/wasi";

export namespace crypto {
  /** Fills the array with random bytes of the system's, which nobody can predict. */
  export function getRandomValues(array: Uint8Array): void {
    const error = random_get(array.dataStart, array.byteLength);
    if (error) throw new Error("crypto.getRandomValues: the system has no random bytes");
  }
}
