// Runs one WASI program in the JavaScript engine that runs this: node run.mjs PROGRAM.wasm [ARG…], or bun run.mjs ….
// What the benchmarks need of WASI is here, so that both engines do the same outside of compiled code.
import { readFileSync, writeSync } from "node:fs";

const ERRNO = { success: 0, badf: 8, nosys: 52, spipe: 70 };

const CPU_CLOCKS = 2; // this one is the process's, the next the thread's

// In ns; this thread's alone where that can be told: others may compile.
function cpuTime() {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return BigInt(user + system) * 1000n;
}

class Exit extends Error {
  constructor(code) {
    super(`exit ${code}`);
    this.code = code;
  }
}

const words = process.argv.slice(2).map((w) => new TextEncoder().encode(`${w}\0`));
let memory;
const view = () => new DataView(memory.buffer);

function strings(list) {
  return {
    sizes(count, len) {
      view().setUint32(count, list.length, true);
      view().setUint32(len, list.reduce((sum, s) => sum + s.length, 0), true);
      return ERRNO.success;
    },
    get(pointers, at) {
      for (const s of list) {
        view().setUint32(pointers, at, true);
        new Uint8Array(memory.buffer, at, s.length).set(s);
        pointers += 4;
        at += s.length;
      }
      return ERRNO.success;
    },
  };
}

const args = strings(words);
const environment = strings([]);
const calls = {
  args_sizes_get: args.sizes,
  args_get: args.get,
  environ_sizes_get: environment.sizes,
  environ_get: environment.get,
  clock_time_get(clock, precision, out) {
    view().setBigUint64(out, clock < CPU_CLOCKS ? process.hrtime.bigint() : cpuTime(), true);
    return ERRNO.success;
  },
  clock_res_get: () => ERRNO.success, // what a call costs is measured with it
  random_get(at, len) {
    new Uint8Array(memory.buffer, at, len).fill(7);
    return ERRNO.success;
  },
  fd_write(fd, vectors, count, out) {
    if (fd !== 1 && fd !== 2) return ERRNO.badf;
    let written = 0;
    for (let i = 0; i < count; i++) {
      const at = view().getUint32(vectors + 8 * i, true);
      const len = view().getUint32(vectors + 8 * i + 4, true);
      writeSync(fd, new Uint8Array(memory.buffer, at, len));
      written += len;
    }
    view().setUint32(out, written, true);
    return ERRNO.success;
  },
  fd_fdstat_get(fd, out) {
    if (fd > 2) return ERRNO.badf;
    new Uint8Array(memory.buffer, out, 24).fill(0);
    view().setUint8(out, 2); // a character device: the C library buffers lines
    return ERRNO.success;
  },
  fd_seek: () => ERRNO.spipe,
  fd_close: () => ERRNO.success,
  fd_prestat_get: () => ERRNO.badf,
  proc_exit(code) {
    throw new Exit(code);
  },
};

const imports = new Proxy(calls, { get: (known, name) => known[name] ?? (() => ERRNO.nosys) });
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: imports });
memory = instance.exports.memory;
try {
  instance.exports._start();
} catch (e) {
  if (!(e instanceof Exit)) throw e;
  process.exitCode = e.code;
}
