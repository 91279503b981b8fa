// What V8 makes of a pack of modules, in the words of wasm/tools/batch.c.
//
//   node --expose-gc --experimental-wasm-type-reflection run_v8.mjs [--first K] [--count N] PACK

import fs from "node:fs";
import zlib from "node:zlib";

const ROUNDS = 2, VALUES_MAX = 64, COLLECT_EVERY = 32;
const INTS = [0n, 1n, -1n, 0x7fffffffn, -0x80000000n, 42n, 0x10000n, 255n];
const FLOATS = [0, 1, -1.5, NaN, Infinity, 1e10, 3.5, -0];
const PLAIN = ["i32", "i64", "f32", "f64", "funcref", "externref"];
const TRAPS = [
    [/unreachable/, "!unreachable"], [/memory access|data segment/, "!memory"],
    [/table index|table access|element segment|table initializer/, "!table"],
    [/null function|signature mismatch/, "!signature"], [/divide by zero|remainder by zero/, "!zero"],
    [/divide result|float unrepresentable/, "!range"], [/null pointer|rethrowing null/, "!null"],
    [/call stack/, "?stack"], [/memory/i, "?memory"],
];

const buffer = new DataView(new ArrayBuffer(8));

function show(type, v) {
    if (type === "i32") return "i32:" + (v >>> 0).toString(16);
    if (type === "i64") return "i64:" + BigInt.asUintN(64, v).toString(16);
    if (type === "f32" || type === "f64") {
        if (Number.isNaN(v)) return type + ":nan";
        if (type === "f64") {
            buffer.setFloat64(0, v);
            return "f64:" + buffer.getBigUint64(0).toString(16);
        }
        buffer.setFloat32(0, v);
        return "f32:" + buffer.getUint32(0).toString(16);
    }
    return type === "v128" ? type : v === null ? "null" : "ref";
}

function argument(type, k) {
    if (type === "i32") return Number(BigInt.asIntN(32, INTS[k % 8]));
    if (type === "i64") return INTS[k % 8];
    return type === "f32" || type === "f64" ? FLOATS[k % 8] : null;
}

function failure(e) {
    if (typeof WebAssembly.Exception === "function" && e instanceof WebAssembly.Exception) return "!exception";
    if (!(e instanceof WebAssembly.RuntimeError) && !(e instanceof RangeError)) return "?error " + e.message;
    for (const [pattern, word] of TRAPS) if (pattern.test(e.message)) return word;
    return "!other " + e.message;
}

const shown = (t) => PLAIN.includes(t);
const callable = (t) => t.parameters.length <= VALUES_MAX && t.results.length <= VALUES_MAX &&
    [...t.parameters, ...t.results].every((v) => PLAIN.includes(v));

function runExports(exports, instance, out) {
    for (let round = 0; round < ROUNDS; round++) {
        for (let e = 0; e < exports.length; e++) {
            const { name, kind, type } = exports[e];
            if (kind !== "function" || !callable(type)) continue;
            out.push("f" + e);
            try {
                const args = type.parameters.map((t, k) => argument(t, e * 5 + round + 3 * k));
                let r = instance.exports[name](...args);
                if (type.results.length < 2) r = type.results.length ? [r] : [];
                r.forEach((v, i) => out.push(show(type.results[i], v)));
            } catch (x) {
                out.push(failure(x));
                if (out[out.length - 1][0] === "?") return;
            }
        }
    }
    exports.forEach(({ name, kind, type }, e) => {
        const x = instance.exports[name];
        if (kind === "global") out.push("g" + e, shown(type.value) ? show(type.value, x.value) : "hidden");
        if (kind === "memory") {
            const bytes = new Uint8Array(x.buffer);
            out.push("m" + e, String(bytes.length / 65536), zlib.crc32(bytes).toString(16));
        }
    });
}

// Log functions of generated modules.
function imports(module) {
    const all = {};
    for (const { module: from, name, kind, type } of WebAssembly.Module.imports(module)) {
        all[from] ??= {};
        if (kind === "function")
            all[from][name] = () => (type.results.length ? (type.results[0] === "i64" ? 0n : 0) : undefined);
    }
    return all;
}

function one(bytes) {
    const out = [];
    let module, instance;
    try {
        module = new WebAssembly.Module(bytes);
    } catch (e) {
        return ["?invalid " + e.message];
    }
    const exports = WebAssembly.Module.exports(module);
    try {
        instance = new WebAssembly.Instance(module, imports(module));
    } catch (e) {
        if (e instanceof WebAssembly.LinkError) return ["?link " + e.message];
        return ["x", failure(e)];
    }
    runExports(exports, instance, out);
    return out;
}

const option = (name, fallback) => {
    const i = process.argv.indexOf("--" + name);
    return i < 0 ? fallback : Number(process.argv[i + 1]);
};
const pack = fs.readFileSync(process.argv[process.argv.length - 1]);
const first = option("first", 0), end = first + option("count", Infinity);
for (let at = 0, k = 0; at + 4 <= pack.length && k < end; k++) {
    const n = pack.readUInt32LE(at);
    if (k >= first) {
        fs.writeSync(1, k + "\t");
        fs.writeSync(1, (n ? one(pack.subarray(at + 4, at + 4 + n)).map((w) => " " + w).join("") : "") + "\n");
        if (k % COLLECT_EVERY === 0) globalThis.gc();
    }
    at += 4 + n;
}
