// Random modules that press for registers: 20 to 60 values of all types, alive from a function's start to its end,
// through nested loops, calls, br_table and every instruction with operands of every kind: a register, a spilled
// value, memory, a constant, the same value twice, one that dies here, one that lives on.
//
//   node pressure.mjs --seed S --count N > PACK       (a pack is what wasm/tools/batch.c reads)
//
// Programs end: loops count down, and calls share fuel. NaNs are made canonical wherever their bits could be seen. Odd
// seeds have relaxed vector instructions, whose results wasmtime chooses differently from V8.

import fs from "node:fs";
import {
    I32, I64, F32, F64, V128, TYPES, OPS, LANE_LOADS, LANE_STORES, LOADS, STORES, INTERESTING, FLOATS, simd, signed, u32,
    vector, section, text, isDot, SEVEN_BITS,
} from "./module.mjs";

const FUEL = 0, GLOBALS = [I32, I64, F32, F64, V128], PAGES = 1, PAGES_MAX = 3, CALLS = 40;
const DIVISIONS = new Set([0x6d, 0x6e, 0x6f, 0x70, 0x7f, 0x80, 0x81, 0x82]);
const TRUNCATIONS = new Map([[0xa8, 0], [0xaa, 2], [0xae, 4], [0xb1, 6]]); // to the saturating ones behind 0xfc
const SIGN_SEEN = new Set([0x98, 0xa6]); // copysign: of the second operand
const BITS_SEEN = new Set([0xbc, 0xbd, 0xfd]);
const isRelaxed = ([op]) => op[0] === 0xfd && op.length > 2 && op[2] > 1;
const STRICT = Object.fromEntries(TYPES.map((t) => [t, OPS[t].filter((row) => !isRelaxed(row))]));
const ZERO = { [I32]: [0x41, 0], [I64]: [0x42, 0], [F32]: [0x43, 0, 0, 0, 0], [F64]: [0x44, 0, 0, 0, 0, 0, 0, 0, 0],
    [V128]: [...simd(0x0c), ...Array(16).fill(0)] };
const NAN = { [F32]: [0x43, 0, 0, 0xc0, 0x7f], [F64]: [0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f] };
const LANES_NAN = { 32: [...simd(0x0c), ...Array.from({ length: 16 }, (_, i) => [0, 0, 0xc0, 0x7f][i % 4])],
    64: [...simd(0x0c), ...Array.from({ length: 16 }, (_, i) => [0, 0, 0, 0, 0, 0, 0xf8, 0x7f][i % 8])] };

// Mulberry32.
class Random {
    constructor(seed) {
        this.s = Math.imul(seed ^ (seed / 4294967296), 0x9e3779b1) ^ 0x85ebca6b;
        for (let i = 0; i < 4; i++) this.bits();
    }
    bits() {
        this.s = (this.s + 0x6d2b79f5) | 0;
        let t = Math.imul(this.s ^ (this.s >>> 15), 1 | this.s);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return (t ^ (t >>> 14)) >>> 0;
    }
    below(n) { return this.bits() % n; }
    chance(percent) { return this.bits() % 100 < percent; }
    pick(list) { return list[this.bits() % list.length]; }
}

const int = (bits, v) => signed(BigInt.asIntN(bits, v));
const scratchView = Buffer.alloc(16);

// One function: `out` is its code, in order; locals by type.
class Body {
    constructor(r, module, index) {
        this.r = r;
        this.m = module;
        this.f = module.funcs[index];
        this.index = index;
        this.out = [];
        this.locals = [...this.f.params];
        this.depth = 0;
        this.ofType = {};
        const many = 20 + r.below(41);
        const mix = r.pick([TYPES, TYPES, [I32], [I32, I64], [I32, F64], [F32, F64, I32], [V128, I32], [I64, V128, F64]]);
        while (this.locals.length < many) this.locals.push(r.pick(mix));
        for (const t of TYPES) this.locals.push(t); // of every type at least one
        for (const t of TYPES) this.ofType[t] = [];
        this.locals.forEach((t, i) => this.ofType[t].push(i));
        this.scratch = {};
        for (const t of [F32, F64, V128]) this.scratch[t] = this.locals.push(t) - 1;
        this.counters = [0, 1, 2].map(() => this.locals.push(I32) - 1);
        this.hash = this.locals.push(I64) - 1;
        this.left = 12 + r.below(50); // statements
    }

    emit(...bytes) { for (const b of bytes) this.out.push(b); }
    add(bytes) { for (const b of bytes) this.out.push(b); }
    get(local) { this.out.push(0x20); this.add(u32(local)); }
    set(local) { this.out.push(0x21); this.add(u32(local)); }
    local(type) { return this.r.pick(this.ofType[type]); }

    constant(type) {
        const r = this.r, b = scratchView;
        if (type === I32) return this.add([0x41, ...int(32, r.chance(60) ? r.pick(INTERESTING) : BigInt(r.bits()))]);
        if (type === I64)
            return this.add([0x42, ...int(64, r.chance(60) ? r.pick(INTERESTING) : BigInt(r.bits()) * 0x10001n)]);
        if (type === F32) b.writeFloatLE(r.pick(FLOATS)), this.add([0x43, ...b.subarray(0, 4)]);
        if (type === F64) b.writeDoubleLE(r.pick(FLOATS)), this.add([0x44, ...b.subarray(0, 8)]);
        if (type === V128) {
            for (let i = 0; i < 2; i++)
                if (r.chance(50)) b.writeBigInt64LE(BigInt.asIntN(64, r.pick(INTERESTING)), 8 * i);
                else b.writeDoubleLE(r.pick(FLOATS), 8 * i);
            this.add([...simd(0x0c), ...b]);
        }
    }

    // What is on the stack, with its NaN made canonical.
    canonical(type) {
        if (type !== F32 && type !== F64) return;
        const s = u32(this.scratch[type]);
        this.add([0x22, ...s, ...NAN[type], 0x20, ...s, 0x20, ...s, type === F32 ? 0x5b : 0x61, 0x1b]);
    }

    canonicalLanes(bits) {
        const s = u32(this.scratch[V128]);
        this.add([0x22, ...s, ...LANES_NAN[bits], 0x20, ...s, 0x20, ...s, ...simd(bits === 32 ? 0x41 : 0x47), ...simd(0x52)]);
    }

    address(depth) {
        this.value(I32, depth - 1);
        const rare = this.r.below(1000); // near the end, or anywhere
        if (rare < 998) this.add([0x41, ...signed(rare < 4 ? 0xffff : this.r.pick([0x7fff, 0x3ff8, 0xff, 7])), 0x71]);
    }

    memarg() {
        const r = this.r;
        this.add([0, ...u32(r.chance(50) ? 0 : r.below(1000) === 0 ? 0xfffffff0 : r.below(64) * r.below(64))]);
    }

    lanes(n) {
        const r = this.r;
        if (n > 0) return this.emit(r.below(n));
        const kind = r.below(4), from = r.below(16), size = r.pick([1, 2, 4, 8]);
        for (let i = 0; i < 16; i++) {
            const block = Math.floor(i / size), rest = i % size;
            this.emit(kind === 0 ? r.below(32) : kind === 1 ? from + i
                : kind === 2 ? Math.floor(block / 2) * size + rest + (block % 2 ? 16 : 0) + (from & 8)
                    : r.below(2) * 16 + i);
        }
    }

    operation(type, depth) {
        const r = this.r;
        let [op, operands, lanes = 0, nan = 0] = r.pick(this.m.ops[type]);
        if (TRUNCATIONS.has(op[0]) && r.below(1000) > 1) op = [0xfc, TRUNCATIONS.get(op[0]) + r.below(2)];
        const twice = operands.length > 1 && operands[0] === operands[1] && r.chance(10) ? this.local(operands[0]) : -1;
        operands.forEach((t, i) => {
            if (twice >= 0 && i < 2) this.get(twice);
            else if (i === 1 && r.chance(20)) this.constant(t);
            else this.value(t, depth - 1);
            if (i === 1 && DIVISIONS.has(op[0]) && r.below(1000) > 1) this.add(t === I32 ? [0x41, 1, 0x72] : [0x42, 1, 0x84]);
            if (i === 1 && isDot(op)) this.add(SEVEN_BITS);
            if (BITS_SEEN.has(op[0]) || (SIGN_SEEN.has(op[0]) && i === 1)) this.canonical(t);
        });
        this.add(op);
        if (lanes) this.lanes(lanes);
        if (nan) this.canonicalLanes(nan);
    }

    load(type, depth) {
        if (type === V128 && this.r.chance(30)) return this.laneAccess(LANE_LOADS, depth);
        this.address(depth);
        this.add([this.r.pick(LOADS[type])].flat());
        this.memarg();
    }

    laneAccess(list, depth) {
        const [op, lanes] = this.r.pick(list);
        this.address(depth);
        this.value(V128, depth - 1);
        this.add(simd(op));
        this.memarg();
        this.emit(this.r.below(lanes));
    }

    // A value of the type onto the stack.
    value(type, depth) {
        const r = this.r, k = r.below(100);
        if (depth <= 0 || k < 35) return k % 8 === 0 ? this.constant(type) : this.get(this.local(type));
        if (k < 78) return this.operation(type, depth);
        if (k < 86) return this.load(type, depth);
        if (k < 90) {
            this.value(type, depth - 1), this.value(type, depth - 1), this.value(I32, depth - 1);
            return this.add(r.chance(50) ? [0x1b] : [0x1c, 1, type]);
        }
        if (k < 93) {
            this.value(type, depth - 1);
            return this.add([0x22, ...u32(this.local(type))]);
        }
        if (k < 95) return this.emit(0x23, 1 + GLOBALS.indexOf(type));
        if (k < 97) { // a block with a value and a way out
            this.emit(0x02, type);
            this.value(type, depth - 1), this.value(I32, depth - 1);
            this.emit(0x0d, 0, 0x1a);
            this.value(type, depth - 1);
            return this.emit(0x0b);
        }
        this.value(I32, depth - 1);
        this.emit(0x04, type);
        this.value(type, depth - 1);
        this.emit(0x05);
        this.value(type, depth - 1);
        return this.emit(0x0b);
    }

    call(tail) {
        const r = this.r;
        const same = (f) => JSON.stringify(f.results) === JSON.stringify(this.f.results);
        const callees = this.m.funcs.filter((f) => f.index > this.index && (!tail || same(f)));
        if (!callees.length) return;
        const f = r.pick(callees), through = r.chance(40);
        if (tail) this.value(I32, 2), this.emit(0x04, 0x40);
        for (const t of f.params) this.value(t, 2);
        if (through) {
            if (r.below(1000) > 1) this.add([0x41, ...signed(f.index)]);
            else this.value(I32, 1);
            this.add([tail ? 0x13 : 0x11, ...u32(f.type), 0]);
        } else {
            this.add([tail ? 0x12 : 0x10, ...u32(f.index)]);
        }
        if (tail) this.emit(0x0b);
        else for (const t of [...f.results].reverse()) this.set(this.local(t));
    }

    statements(n) { while (n-- > 0 && this.left > 0) this.statement(); }

    loop() {
        const counter = this.counters[this.depth++];
        this.add([0x41, 1 + this.r.below(4)]), this.set(counter);
        this.emit(0x03, 0x40);
        this.statements(1 + this.r.below(6));
        this.get(counter), this.add([0x41, 1, 0x6b, 0x22, ...u32(counter), 0x0d, 0, 0x0b]);
        this.depth--;
    }

    table() {
        const n = 1 + this.r.below(5);
        for (let i = 0; i <= n; i++) this.emit(0x02, 0x40);
        this.value(I32, 2);
        this.emit(0x0e), this.add(vector(Array.from({ length: n }, () => [this.r.below(n + 1)]))), this.emit(n, 0x0b);
        for (let i = 0; i < n; i++) {
            this.statements(1 + this.r.below(2));
            if (this.r.chance(50)) this.emit(0x0c, this.r.below(n - i));
            this.emit(0x0b);
        }
    }

    statement() {
        const r = this.r, k = r.below(100);
        this.left--;
        if (k < 55) {
            const t = r.pick(TYPES);
            this.value(t, 1 + r.below(4));
            return this.set(this.local(t));
        }
        if (k < 65) {
            const t = r.pick(TYPES);
            if (t === V128 && r.chance(40)) return this.laneAccess(LANE_STORES, 3);
            this.address(3), this.value(t, 3), this.canonical(t);
            this.add([r.pick(STORES[t])].flat());
            return this.memarg();
        }
        if (k < 71) {
            this.value(I32, 3), this.emit(0x04, 0x40), this.statements(1 + r.below(3));
            if (r.chance(50)) this.emit(0x05), this.statements(1 + r.below(3));
            return this.emit(0x0b);
        }
        if (k < 77) return this.depth < this.counters.length ? this.loop() : undefined;
        if (k < 82) return this.table();
        if (k < 90) return this.call(false);
        if (k < 91) return this.call(true);
        if (k < 94) return this.bulk();
        const g = r.below(GLOBALS.length);
        this.value(GLOBALS[g], 3), this.canonical(GLOBALS[g]);
        return this.emit(0x24, 1 + g);
    }

    bulk() {
        const r = this.r;
        switch (r.below(4)) {
        case 0:
            this.address(2), this.address(2), this.add([0x41, r.below(36), 0xfc, 0x0a, 0, 0]);
            break;
        case 1:
            this.address(2), this.add([0x41, r.below(64), 0x41, r.below(36), 0xfc, 0x0b, 0]);
            break;
        case 2:
            this.address(2), this.value(I32, 2), this.value(I32, 2), this.add([0x41, 63, 0x71, 0xfc, 0x0b, 0]);
            break;
        default:
            this.value(I32, 1), this.add([0x41, 1, 0x71, 0x40, 0]), this.set(this.local(I32));
        }
    }

    // Every local into one number: all have lived until here.
    sumUp() {
        this.locals.forEach((t, i) => {
            if (i === this.hash || i === this.scratch[V128]) return; // that one has NaNs of any kind
            this.get(this.hash), this.add([0x42, 31, 0x7e]);
            this.get(i), this.canonical(t);
            this.add({ [I32]: [0xac], [I64]: [], [F32]: [0xbc, 0xad], [F64]: [0xbd], [V128]: [...simd(0x1d), 0] }[t]);
            this.emit(0x85), this.set(this.hash);
            if (t !== V128) return;
            this.get(this.hash), this.get(i), this.add([...simd(0x1d), 1, 0x7c]), this.set(this.hash);
        });
        this.add([0x41, 0]), this.get(this.hash), this.add([0x37, 3, ...u32(8 * this.index)]);
    }

    begin() {
        const zeros = this.f.results.flatMap((t) => ZERO[t]);
        if (this.index === 0) this.add([0x41, CALLS, 0x24, FUEL]);
        this.add([0x23, FUEL, 0x41, 1, 0x6b, 0x24, FUEL, 0x23, FUEL, 0x41, 0, 0x48, 0x04, 0x40, ...zeros, 0x0f, 0x0b]);
        for (let i = this.f.params.length; i < this.hash; i++) {
            const t = this.locals[i];
            if (this.r.chance(50)) this.constant(t);
            else this.load(t, 0), t === F32 || t === F64 ? this.canonical(t) : 0;
            this.set(i);
        }
    }

    code() {
        this.begin();
        while (this.left > 0) this.statement();
        this.sumUp();
        for (const t of this.f.results) t === I64 ? this.get(this.hash) : this.get(this.local(t));
        this.emit(0x0b);
        const extra = this.locals.slice(this.f.params.length).map((t) => [1, t]);
        const bytes = [...vector(extra), ...this.out];
        return [...u32(bytes.length), ...bytes];
    }
}

class Module {
    constructor(seed) {
        const r = (this.r = new Random(seed));
        this.types = [];
        this.ops = seed % 2 ? OPS : STRICT;
        this.funcs = Array.from({ length: 1 + r.below(4) }, (_, index) => {
            const types = index === 0 ? [I32, I64, F32, F64] : TYPES;
            const some = (n) => Array.from({ length: r.below(n) }, () => r.pick(types));
            const params = some(r.chance(20) ? 14 : 6), results = r.chance(70) ? [r.pick(types)] : some(7);
            return { index, params, results, type: this.typeIndex(params, results) };
        });
    }

    typeIndex(params, results) {
        const key = String([params, "-", results]);
        const i = this.types.findIndex((t) => t.key === key);
        return i >= 0 ? i : this.types.push({ key, params, results }) - 1;
    }

    bytes() {
        const n = this.funcs.length, list = (types) => vector(types.map((t) => [t]));
        const bodies = this.funcs.map((_, i) => new Body(this.r, this, i).code());
        const random = Array.from({ length: 256 }, () => this.r.below(256));
        const callable = this.funcs.filter((f) => ![...f.params, ...f.results].includes(V128));
        return [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0].concat(
            section(1, vector(this.types.map((t) => [0x60, ...list(t.params), ...list(t.results)]))),
            section(3, vector(this.funcs.map((f) => u32(f.type)))),
            section(4, vector([[0x70, 1, ...u32(n + 1), ...u32(n + 1)]])),
            section(5, vector([[1, PAGES, PAGES_MAX]])),
            section(6, vector([[I32, 1, 0x41, 0, 0x0b], ...GLOBALS.map((t) => [t, 1, ...ZERO[t], 0x0b])])),
            section(7, vector([...callable.map((f) => [...text("f" + f.index), 0, f.index]), [...text("m"), 2, 0],
                ...GLOBALS.map((_, i) => [...text("g" + i), 3, 1 + i])])),
            section(9, vector([[0, 0x41, 0, 0x0b, ...vector(this.funcs.map((f) => [f.index]))]])),
            section(10, vector(bodies)),
            section(11, vector([[0, 0x41, 0, 0x0b, ...vector(random.map((b) => [b]))]])));
    }
}

const option = (name, fallback) => {
    const i = process.argv.indexOf("--" + name);
    return i < 0 ? fallback : Number(process.argv[i + 1]);
};
const seed = option("seed", 1), count = option("count", 10);
for (let k = 0; k < count; k++) {
    const bytes = new Module(seed + k).bytes();
    const head = Buffer.alloc(4);
    head.writeUInt32LE(bytes.length);
    fs.writeSync(1, head);
    fs.writeSync(1, Uint8Array.from(bytes));
}
