// Random WebAssembly programs with known answers: builds modules, runs them in this JavaScript engine, and writes
// each as NAME.wasm with a script NAME.json for the specification runner (wasm/tools/spec.c).
//
//   node generate.mjs --out DIR [--seed N] [--count N] [--size N] [--locals N] [--exceptions new|legacy]
//
// Programs end: loops and calls share a budget of fuel. NaNs are made canonical wherever their bits could be
// seen. What is generated: nested blocks, loops and ifs with parameters and results, br, br_if and br_table with
// values, dead code, many live locals, calls direct, indirect and of references, tail calls, sub types, all scalar
// arithmetic with awkward constants, all vector instructions, memories and tables of 32 and 64 bits, globals, bulk
// operations. With --exceptions: throwing, catching and handing on across calls, by either version's instructions.
// The last function of a script returns a hash of memory and globals.

import fs from "node:fs";
import path from "node:path";
import {
    I32, I64, F32, F64, V128, FUNCREF, TYPES, NAME, Random, u32, signed, vector, section, text, OPS, simd,
    vectors, LANE_LOADS, LANE_STORES, LOADS, STORES, INTERESTING, FLOATS,
    isDot, SEVEN_BITS,
} from "./module.mjs";

const EXNREF = 0x69;

const option = (name, fallback) => {
    const i = process.argv.indexOf("--" + name);
    return i < 0 ? fallback : process.argv[i + 1];
};

// What 64-bit addresses and offsets are made of: around the ends of the memory, of 32 bits, of what may be reserved, of 64.
const EDGES = [0x10000n, 0x7fffffffn, 0x80000000n, 0x100000000n, 0x10000000000n, 0x4000000000n, 1n << 47n, 1n << 48n,
    1n << 63n, 1n << 64n];

// Fixed globals: fuel, then a few of each type. Two memories, one of 64 bits: one page, growing to three. One table.
const FUEL = 0, FIRST_GLOBAL = 1, GLOBALS = [I32, I32, I64, I64, F32, F64, V128, V128], TABLE_SIZE = 16;

class Generator {
    constructor(seed, size, nlocals, exceptions) {
        this.exceptions = exceptions; // "new", "legacy" or undefined
        this.tags = []; // types of their values
        this.r = new Random(seed);
        this.size = size;
        this.nlocals = nlocals;
        this.types = [];
        this.funcs = [];
        this.memories = this.r.pick([[I32, I64], [I64, I32]]);
        this.tableType = this.r.pick([I32, I32, I64]);
    }

    integer(type, v) { return [type === I32 ? 0x41 : 0x42, ...signed(BigInt.asIntN(type === I32 ? 32 : 64, BigInt(v)))]; }
    masked(type, code, mask) { return [...code, ...this.integer(type, mask), type === I32 ? 0x71 : 0x83]; }
    someMemory() { return this.r.chance(80) ? 0 : 1; }

    typeIndex(params, results) {
        const key = JSON.stringify([params, results]);
        let i = this.types.findIndex((t) => t.key === key);
        if (i < 0) i = this.types.push({ key, params, results, open: this.r.chance(40) }) - 1;
        return i;
    }

    // A function's type: the one of its signature, or a sub type of that if it may have such.
    functionType(base) {
        const { params, results, open } = this.types[base];
        if (!open || this.r.chance(50)) return base;
        return this.types.push({ params, results, open: this.r.chance(50), super: base }) - 1;
    }

    someTypes(max) {
        return Array.from({ length: this.r.below(max + 1) }, () => this.r.pick(TYPES));
    }

    // ---- code: each method returns bytes ----

    constant(type) {
        const r = this.r;
        if (type === EXNREF) return r.chance(70) ? [0x20, ...u32(this.f.exn)] : [0xd0, EXNREF];
        if (type === V128) {
            const b = Buffer.alloc(16);
            const kind = r.below(4);
            for (let i = 0; i < 2; i++) {
                if (kind === 0) b.writeBigInt64LE(BigInt.asIntN(64, r.pick(INTERESTING)), 8 * i);
                else if (kind === 1) b.writeBigInt64LE(BigInt.asIntN(64, r.bits()), 8 * i);
                else if (kind === 2) b.writeDoubleLE(r.pick(FLOATS), 8 * i);
                else for (let k = 0; k < 2; k++) b.writeFloatLE(r.pick(FLOATS), 8 * i + 4 * k);
            }
            return [...simd(0x0c), ...b];
        }
        if (type === I32 || type === I64) {
            const bits = type === I32 ? 32 : 64;
            let v = r.chance(60) ? r.pick(INTERESTING) : r.bits() >> BigInt(r.below(64));
            v = BigInt.asIntN(bits, v);
            return [type === I32 ? 0x41 : 0x42, ...signed(v)];
        }
        const b = Buffer.alloc(type === F32 ? 4 : 8);
        const v = r.chance(60) ? r.pick(FLOATS) : (r.below(2000) - 1000) / 8;
        if (type === F32) b.writeFloatLE(v); else b.writeDoubleLE(v);
        return [type === F32 ? 0x43 : 0x44, ...b];
    }

    // A float whose NaN is canonical: x == x ? x : nan, by way of a scratch local.
    canonical(type, code) {
        if (type !== F32 && type !== F64) return code;
        const local = u32(this.f.scratch[type]);
        const nan = type === F32 ? [0x43, 0, 0, 0xc0, 0x7f] : [0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f];
        return [...code, 0x22, ...local, ...nan, 0x20, ...local, 0x20, ...local, type === F32 ? 0x5b : 0x61, 0x1b];
    }

    localOf(type) {
        const all = this.f.locals.map((t, i) => [t, i]).filter(([t, i]) => t === type && i < this.f.usable);
        return all.length ? this.r.pick(all)[1] : -1;
    }

    // A vector without any but one NaN: bitselect(x, nan, x == x).
    canonicalLanes(bits, code) {
        const local = u32(this.f.scratch[V128]);
        const nan = Array.from({ length: 16 }, (_, i) => bits === 32 ? [0, 0, 0xc0, 0x7f][i % 4] : [0, 0, 0, 0, 0, 0, 0xf8,
            0x7f][i % 8]);
        return [...code, 0x22, ...local, ...simd(0x0c), ...nan, 0x20, ...local, 0x20, ...local,
            ...simd(bits === 32 ? 0x41 : 0x47), ...simd(0x52)];
    }

    lanes(n) {
        const r = this.r;
        if (n > 0) return [r.below(n)];
        const from = r.below(32), size = r.pick([1, 2, 4, 8]), kind = r.below(5);
        return Array.from({ length: 16 }, (_, i) => {
            const block = Math.floor(i / size), rest = i % size;
            if (kind === 0) return r.below(32);
            if (kind === 1) return (from + i) % (from % 3 ? 32 : 16);
            if (kind === 2) return Math.floor(block / 2) * size + rest + (block % 2 ? 16 : 0) + (from % 2 ? 8 : 0);
            if (kind === 3) return r.below(2) * 16 + i;
            return (from * size + block * (from | 1) * size) % 32 + rest;
        });
    }

    laneAccess(list, depth) {
        const [op, lanes] = this.r.pick(list), m = this.someMemory();
        return [...this.address(depth, m), ...this.expression(V128, depth - 1), ...simd(op), ...this.memarg(m),
            this.r.below(lanes)];
    }

    operation(type, depth) {
        const [op, operands, lanes = 0, nan = 0] = this.r.pick(OPS[type]);
        const code = [];
        operands.forEach((t, i) => {
            let x = this.expression(t, depth - 1);
            // the bits, or the sign, of a NaN would be seen
            const seen = op[0] === 0xbc || op[0] === 0xbd || ((op[0] === 0x98 || op[0] === 0xa6) && i === 1) ||
                op[0] === 0xfd;
            if (seen) x = this.canonical(t, x);
            if (i === 1 && t === operands[0] && this.r.chance(30)) x = this.constant(t);
            code.push(...x, ...(i === 1 && isDot(op) ? SEVEN_BITS : []));
        });
        code.push(...op, ...(lanes ? this.lanes(lanes) : []));
        return nan ? this.canonicalLanes(nan, code) : code;
    }

    address(depth, m) {
        const r = this.r, type = this.memories[m];
        const sums = this.f.sums ??= [];
        if (type === I32 && r.chance(20) && sums.length) return r.pick(sums)(); // near another access, perhaps
        const x = this.expression(type, depth - 1);
        if (r.chance(3)) return x;
        if (type === I64 && r.chance(2)) return this.integer(I64, r.pick(EDGES) - BigInt(r.below(24)));
        const index = this.masked(type, x, r.pick([0xffff, 0xfff0, 0xff, 0x3ff8]));
        return type === I64 || r.chance(60) ? index : this.sum(index);
    }

    // Sums as compilers write them, which may wrap: of a shifted index, of a local, or of a negative start and its
    // opposite.
    sum(index) {
        const r = this.r;
        const c = r.pick([8, 1024, 0x7000, 0xfff8, 0x7ffffff0, -1, -8, -4096, -0x200000, -0x200001]);
        const add = (n) => [0x41, ...signed(n | 0), 0x6a];
        const local = this.localOf(I32);
        if (local >= 0 && r.chance(30)) {
            this.f.sums.push(() => [0x20, ...u32(local), ...add(c + 8 * r.below(5))]);
            return [...index, ...add(r.chance(50) ? 0 : -c), 0x22, ...u32(local), ...add(c)];
        }
        if (r.chance(60)) return [...index, 0x41, ...signed(r.below(5)), 0x74, ...(r.chance(80) ? add(c) : [])];
        return [...index, ...add(c + r.below(16))];
    }

    offset(type) {
        if (this.r.chance(50)) return 0n;
        if (!this.r.chance(2)) return BigInt(this.r.below(64) * this.r.below(64));
        return type === I32 ? 0xfffffff0n : this.r.pick(EDGES) - 1n - BigInt(this.r.below(24));
    }

    memarg(m) {
        let n = this.offset(this.memories[m]);
        const out = m ? [0x40, m] : [0];
        for (; n > 0x7fn; n >>= 7n) out.push(Number(n & 0x7fn) | 0x80);
        return [...out, Number(n)];
    }

    call(type, depth) {
        const callees = this.funcs.map((f, i) => [f, i]).filter(([f, i]) => i > this.f.index &&
            f.results.length === 1 && f.results[0] === type);
        if (!callees.length || !this.f.inside) return this.leaf(type);
        const [callee, index] = this.r.pick(callees);
        const args = callee.params.flatMap((t) => this.expression(t, depth - 2));
        return [...args, ...this.enter(callee, index, 0)];
    }

    // The call of a function whose arguments are on the stack; tail: 2 for a tail call, else 0.
    enter(callee, index, tail) {
        const r = this.r;
        if (r.chance(50)) return [0x10 + tail, ...u32(index)];
        if (r.chance(50)) return [...this.reference(callee, index), 0x14 + tail / 2, ...u32(callee.base)];
        // through the table: often right, sometimes a trap
        const at = r.chance(90) ? this.integer(this.tableType, index % TABLE_SIZE) : this.leaf(this.tableType);
        return [...at, 0x11 + tail, ...u32(r.chance(50) ? callee.base : callee.type), 0];
    }

    // A reference to the function, of its signature's type or a sub type; rarely null.
    reference(callee, index) {
        const r = this.r, type = signed(callee.base);
        const some = [0xd2, ...u32(index)], none = [0xd0, ...(r.chance(50) ? type : [0x73])];
        const condition = [...this.leaf(I32), ...(r.chance(80) ? [0x41, 1, 0x72] : [])];
        const maybe = [...condition, 0x04, 0x63, ...type, ...some, 0x05, ...none, 0x0b];
        switch (r.below(5)) {
        case 0: return some;
        case 1: return maybe;
        case 2: return [...maybe, 0xd4];
        case 3: return [0x02, 0x64, ...type, ...maybe, 0xd6, 0, ...some, 0x0b];
        default: return [0x02, 0x40, ...maybe, 0xd5, 0, 0x1a, 0x0b, ...some];
        }
    }

    leaf(type) {
        const local = this.localOf(type);
        if (local < 0 || this.r.chance(25)) return this.constant(type);
        return [0x20, ...u32(local)];
    }

    expression(type, depth) {
        const r = this.r;
        if (type === EXNREF) return this.constant(type);
        if (depth <= 0 || this.budget-- <= 0) return this.leaf(type);
        const k = r.below(100);
        if (k < 25) return this.leaf(type);
        if (k < 62) return this.operation(type, depth);
        if (k < 70) {
            if (type === V128 && r.chance(30)) return this.laneAccess(LANE_LOADS, depth);
            const m = this.someMemory();
            return [...this.address(depth, m), ...[r.pick(LOADS[type])].flat(), ...this.memarg(m)];
        }
        if (k < 75) {
            const select = r.chance(50) ? [0x1b] : [0x1c, 1, type];
            return [...this.expression(type, depth - 1), ...this.expression(type, depth - 1),
                ...this.expression(I32, depth - 1), ...select];
        }
        if (k < 79) {
            const local = this.localOf(type);
            const x = this.expression(type, depth - 1);
            return local < 0 ? x : [...x, 0x22, ...u32(local)];
        }
        if (k < 82) {
            const globals = GLOBALS.map((t, i) => [t, i]).filter(([t]) => t === type);
            return [0x23, ...u32(FIRST_GLOBAL + r.pick(globals)[1])];
        }
        if (k < 84 && this.memories.includes(type))
            return r.chance(80) || type !== this.tableType ? [0x3f, this.memories.indexOf(type)] : [0xfc, 0x10, 0];
        if (k < 88) return this.call(type, depth);
        return this.construct([], [type], depth);
    }

    // ---- exceptions ----

    // Takes values of these types off the stack.
    take(types) {
        return [...types].reverse().flatMap((t) => {
            const local = this.localOf(t);
            return local < 0 || this.r.chance(20) ? [0x1a] : [0x21, ...u32(local)];
        });
    }

    throw_(depth) {
        const tag = this.r.below(this.tags.length);
        return [...this.tags[tag].flatMap((t) => this.expression(t, depth - 2)), 0x08, ...u32(tag)];
    }

    // Under a condition: throw, throw again, or leave by a tail call.
    maybeThrow(depth) {
        const r = this.r;
        const handlers = this.f.labels.map((l, i) => [l, i]).filter(([l]) => l.handler).map(([, i]) => i);
        const callees = this.funcs.map((f, i) => [f, i]).filter(([f, i]) => i > this.f.index &&
            JSON.stringify(f.results) === JSON.stringify(this.f.results));
        const condition = this.expression(I32, depth - 1);
        this.f.labels.push({ types: [], loop: false });
        let code = this.throw_(depth);
        if (callees.length && r.chance(20)) {
            const [callee, index] = r.pick(callees);
            code = [...callee.params.flatMap((t) => this.expression(t, depth - 2)), 0x12, ...u32(index)];
        } else if (handlers.length && r.chance(60)) {
            code = [0x09, ...u32(this.f.labels.length - 1 - r.pick(handlers))];
        } else if (this.exceptions === "new" && r.chance(40)) {
            code = [0x20, ...u32(this.f.exn), 0x0a];
            if (r.chance(95)) code = [0x20, ...u32(this.f.exn), 0xd1, 0x45, 0x04, 0x40, ...code, 0x0b];
        }
        this.f.labels.pop();
        return [...condition, 0x04, 0x40, ...code, 0x0b];
    }

    // A clause of try_table to a label, counted as outside of it, that takes what it has; or nothing.
    clause() {
        const n = this.f.labels.length;
        const kind = this.r.below(4);
        const tag = this.r.below(this.tags.length);
        const has = [...(kind < 2 ? this.tags[tag] : []), ...(kind & 1 ? [EXNREF] : [])];
        const fits = this.f.labels.map((l, i) => [l, n - 1 - i])
            .filter(([l]) => JSON.stringify(l.types) === JSON.stringify(has));
        return fits.length ? [[kind, ...(kind < 2 ? u32(tag) : []), ...u32(this.r.pick(fits)[1])]] : [];
    }

    // block out { block handler { try_table body; br out } handler's body }
    tryTable(params, results, depth) {
        const r = this.r;
        const type = (types) => signed(this.typeIndex([], types));
        const kind = r.below(4);
        const tag = r.below(this.tags.length);
        const caught = [...(kind < 2 ? this.tags[tag] : []), ...(kind & 1 ? [EXNREF] : [])];
        const before = this.take(params);
        this.f.labels.push({ types: results, loop: false }, { types: caught, loop: false });
        const clauses = [];
        while (r.chance(30)) clauses.push(...this.clause());
        clauses.push([kind, ...(kind < 2 ? u32(tag) : []), 0]);
        while (r.chance(20)) clauses.push(...this.clause());
        this.f.labels.push({ types: results, loop: false });
        const body = this.body([], results, depth - 1, false);
        this.f.labels.pop();
        this.f.labels.pop();
        const keep = kind & 1 ? r.pick([[0x21, ...u32(this.f.exn)], [0x1a], [0x22, ...u32(this.f.exn), 0xd1, 0x1a]]) : [];
        const handler = [...keep, ...this.take(kind < 2 ? this.tags[tag] : []), ...this.body([], results, depth - 1, false)];
        this.f.labels.pop();
        return [...before, 0x02, ...type(results), 0x02, ...type(caught), 0x1f, ...type(results), ...vector(clauses),
            ...body, 0x0b, 0x0c, 1, 0x0b, ...handler, 0x0b];
    }

    tryLegacy(params, results, depth) {
        const r = this.r;
        const blocktype = signed(this.typeIndex(params, results));
        const label = { types: results, loop: false };
        this.f.labels.push(label);
        const code = [0x06, ...blocktype, ...this.body(params, results, depth - 1, false)];
        label.handler = true;
        if (r.chance(20)) {
            this.f.labels.pop();
            return [...code, 0x18, ...u32(r.below(this.f.labels.length))];
        }
        while (r.chance(60)) {
            const tag = r.below(this.tags.length);
            code.push(0x07, ...u32(tag), ...this.take(this.tags[tag]), ...this.body([], results, depth - 1, false));
        }
        if (r.chance(40)) code.push(0x19, ...this.body([], results, depth - 1, false));
        this.f.labels.pop();
        return [...code, 0x0b];
    }

    // A block, loop or if that turns `params` (already on the stack) into `results`.
    construct(params, results, depth) {
        const r = this.r;
        if (this.exceptions && depth > 0 && r.chance(40))
            return this.exceptions === "new" ? this.tryTable(params, results, depth) : this.tryLegacy(params, results, depth);
        const kind = r.pick([0x02, 0x02, 0x03, 0x04]);
        const simple = params.length === 0 && results.length < 2;
        const blocktype = simple ? [results.length ? results[0] : 0x40] : signed(this.typeIndex(params, results));
        const condition = kind === 0x04 ? this.expression(I32, depth - 1) : [];
        const label = { types: kind === 0x03 ? params : results, loop: kind === 0x03 };
        this.f.labels.push(label);
        let body = this.body(params, results, depth - 1, kind === 0x03);
        if (kind === 0x04 && (results.length || params.length || r.chance(50))) {
            const same = JSON.stringify(params) === JSON.stringify(results);
            if (!same || r.chance(70)) body = [...body, 0x05, ...this.body(params, results, depth - 1, false)];
        }
        this.f.labels.pop();
        return [...condition, kind, ...blocktype, ...body, 0x0b];
    }

    // Statements, then the results; the parameters are taken off the stack first.
    body(params, results, depth, isLoop) {
        const r = this.r;
        const code = [];
        [...params].reverse().forEach((t) => {
            const local = this.localOf(t);
            code.push(...(local < 0 || r.chance(20) ? [0x1a] : [0x21, ...u32(local)]));
        });
        if (isLoop) code.push(...this.burnFuel());
        code.push(...this.statements(depth));
        code.push(...results.flatMap((t) => this.expression(t, depth - 1)));
        if (results.length && r.chance(20)) code.push(...this.branch(results, depth));
        if (isLoop && r.chance(60)) code.push(...this.backEdge(params, results, depth));
        return code;
    }

    // fuel -= 1; return default values when it is gone
    burnFuel() {
        const out = this.f.results.flatMap((t) => this.zero(t));
        return [0x23, FUEL, 0x41, 1, 0x6b, 0x24, FUEL, 0x23, FUEL, 0x41, 0, 0x48, 0x04, 0x40, ...out, 0x0f, 0x0b];
    }

    zero(type) {
        return type === I32 ? [0x41, 0] : type === I64 ? [0x42, 0] : type === F32 ? [0x43, 0, 0, 0, 0]
            : type === F64 ? [0x44, 0, 0, 0, 0, 0, 0, 0, 0] : [...simd(0x0c), ...Array(16).fill(0)];
    }

    // With the results on the stack: maybe go round again.
    backEdge(params, results, depth) {
        if (params.length === 0 && results.length === 0)
            return [...this.expression(I32, depth - 1), 0x0d, 0];
        if (params.length === 0 && results.length === 1)
            return [...this.expression(I32, depth - 1), 0x04, 0x40, 0x0c, 1, 0x0b];
        return [];
    }

    // br_if or br_table to a label that takes exactly `types` (which stay or are taken).
    branch(types, depth) {
        const key = JSON.stringify(types);
        const n = this.f.labels.length;
        const fits = this.f.labels.map((l, i) => [l, n - 1 - i]).filter(([l]) => JSON.stringify(l.types) === key);
        if (!fits.length) return [];
        const depths = fits.map(([, d]) => d);
        if (this.r.chance(70)) return [...this.expression(I32, depth - 1), 0x0d, ...u32(this.r.pick(depths))];
        const targets = Array.from({ length: 1 + this.r.below(6) }, () => this.r.pick(depths));
        const index = [...this.expression(I32, depth - 1)];
        const table = [0x0e, ...vector(targets.slice(1).map((d) => u32(d))), ...u32(targets[0])];
        return [...index, ...table, ...this.dead(types)];
    }

    // After an unconditional branch: something that type-checks, if only by the polymorphic stack.
    dead(types) {
        const r = this.r;
        if (r.chance(50)) return types.flatMap((t) => this.constant(t));
        return r.chance(50) ? [] : [0x00];
    }

    statement(depth) {
        const r = this.r;
        if (this.exceptions && depth > 0 && r.chance(12)) return this.maybeThrow(depth);
        const k = r.below(100);
        if (k < 40) {
            const type = r.pick(TYPES);
            const local = this.localOf(type);
            const x = this.expression(type, depth);
            return [...x, ...(local < 0 ? [0x1a] : [0x21, ...u32(local)])];
        }
        if (k < 52) {
            const type = r.pick(TYPES);
            if (type === V128 && r.chance(40)) return this.laneAccess(LANE_STORES, depth);
            const value = this.canonical(type, this.expression(type, depth - 1));
            const m = this.someMemory();
            return [...this.address(depth, m), ...value, ...[r.pick(STORES[type])].flat(), ...this.memarg(m)];
        }
        if (k < 58) {
            const i = r.below(GLOBALS.length);
            return [...this.canonical(GLOBALS[i], this.expression(GLOBALS[i], depth - 1)), 0x24, FIRST_GLOBAL + i];
        }
        if (k < 66) return this.branch([], depth);
        if (k < 69) return this.jump(depth);
        if (k < 72) return this.bulk(depth);
        if (k < 90) return this.construct([], [], depth);
        const params = this.someTypes(3), results = this.someTypes(3);
        return [...params.flatMap((t) => this.expression(t, depth - 1)), ...this.construct(params, results, depth),
            ...[...results].reverse().flatMap((t) => {
                const local = this.localOf(t);
                return local < 0 ? [0x1a] : [0x21, ...u32(local)];
            })];
    }

    // An unconditional way out, mostly under a condition so that the rest of the program is not dead.
    jump(depth) {
        const r = this.r;
        const n = this.f.labels.length;
        const d = r.below(n);
        const label = this.f.labels[n - 1 - d];
        if (r.chance(25)) return this.tailCall(depth);
        if (r.chance(10)) return [...label.types.flatMap((t) => this.expression(t, depth - 2)), 0x0c, ...u32(d)];
        const condition = this.expression(I32, depth - 1);
        this.f.labels.push({ types: [], loop: false });
        const values = label.types.flatMap((t) => this.expression(t, depth - 2));
        this.f.labels.pop();
        return [...condition, 0x04, 0x40, ...values, 0x0c, ...u32(d + 1), 0x0b];
    }

    tailCall(depth) {
        const same = (f) => JSON.stringify(f.results) === JSON.stringify(this.f.results);
        const callees = this.funcs.map((f, i) => [f, i]).filter(([f, i]) => i > this.f.index && same(f));
        if (!callees.length) return [];
        const [callee, index] = this.r.pick(callees);
        const condition = this.expression(I32, depth - 1);
        this.f.labels.push({ types: [], loop: false });
        const args = callee.params.flatMap((t) => this.expression(t, depth - 2));
        this.f.labels.pop();
        return [...condition, 0x04, 0x40, ...args, ...this.enter(callee, index, 2), 0x0b];
    }

    bulk(depth) {
        const r = this.r;
        const to = this.someMemory(), from = this.someMemory(), p = this.memories[to], q = this.memories[from];
        const small = (type, bits) => this.masked(type, this.expression(type, depth - 1), bits);
        const length = to === from ? p : I32, few = r.below(36);
        switch (r.below(8)) {
        case 5: return [...this.address(depth, to), ...this.address(depth, from), ...this.integer(length, few), 0xfc, 0x0a,
            to, from];
        case 6: return [...this.address(depth, to), 0x41, ...signed(r.below(300)), ...this.integer(p, few), 0xfc, 0x0b, to];
        case 0: return [...small(p, 0x7fff), ...small(q, 0x7fff), ...small(length, 0x3ff), 0xfc, 0x0a, to, from];
        case 1: return [...small(p, 0x7fff), ...this.expression(I32, 1), ...small(p, 0x3ff), 0xfc, 0x0b, to];
        case 2: return [...small(p, 0x7fff), ...small(I32, 7), ...small(I32, 3), 0xfc, 0x08, 0, to];
        case 3: return [...small(p, 1), 0x40, to, 0x1a];
        case 4: return [...this.address(depth, to), ...this.address(depth, from), ...this.expression(length, 1), 0xfc, 0x0a,
            to, from];
        default: return [...small(this.tableType, 15), 0x25, 0, 0xd1, 0x1a];
        }
    }

    statements(depth) {
        const code = [];
        for (let n = this.r.below(4) + 1; n > 0 && this.budget > 0; n--) code.push(...this.statement(depth));
        return code;
    }

    // ---- the module ----

    function_(f) {
        this.f = f;
        this.budget = this.size;
        f.labels = [{ types: f.results, loop: false }];
        f.inside = true;
        const body = [...this.burnFuel()];
        while (this.budget > 0) body.push(...this.statements(6));
        body.push(...f.results.flatMap((t) => this.expression(t, 3)));
        const extra = f.locals.slice(f.params.length).map((t) => [1, t]);
        const code = [...vector(extra), ...body, 0x0b];
        return [...u32(code.length), ...code];
    }

    newFunction(index) {
        const params = this.someTypes(5);
        const results = index === 0 || this.r.chance(80) ? [this.r.pick(TYPES)] : this.someTypes(3);
        const locals = [...params];
        const n = this.r.chance(30) ? this.nlocals : this.r.below(12);
        for (let i = 0; i < n; i++) locals.push(this.r.pick(TYPES));
        const usable = locals.length;
        const scratch = {};
        for (const t of [F32, F64, V128]) scratch[t] = locals.push(t) - 1;
        const exn = this.exceptions === "new" ? locals.push(EXNREF) - 1 : -1;
        const base = this.typeIndex(params, results);
        return { index, params, results, locals, usable, scratch, exn, base, type: this.functionType(base) };
    }

    // Sums up memory and globals, so that side effects show. Stores are canonical.
    hashFunction() {
        const code = [1, 2, I32, 0x03, 0x40];
        code.push(0x20, 1, 0x41, ...signed(-1640531535), 0x6c);
        this.memories.forEach((type, m) =>
            code.push(0x20, 0, ...(type === I64 ? [0xad] : []), 0x28, 0x42, m, 0, 0x6a));
        code.push(0x21, 1);
        code.push(0x20, 0, 0x41, 4, 0x6a, 0x22, 0, 0x41, ...signed(0x10000), 0x48, 0x0d, 0, 0x0b, 0x20, 1);
        GLOBALS.forEach((t, i) => {
            const get = [0x23, FIRST_GLOBAL + i];
            if (t === I32) code.push(...get, 0x73);
            if (t === I64) code.push(...get, 0xa7, 0x6a, ...get, 0x42, 32, 0x88, 0xa7, 0x73);
            for (let half = 0; t === V128 && half < 2; half++)
                code.push(...get, ...simd(0x1d), half, 0xa7, 0x73, ...get, ...simd(0x1d), half, 0x42, 32, 0x88, 0xa7, 0x6a);
            if (t === F32) code.push(...get, 0xbc, 0x73);
            if (t === F64) code.push(...get, 0xbd, 0xa7, 0x73, ...get, 0xbd, 0x42, 32, 0x88, 0xa7, 0x6a);
        });
        code.push(0x0b);
        return [...u32(code.length), ...code];
    }

    subType(t) {
        if (t.super === undefined) return t.open ? [0x50, 0] : [];
        return [t.open ? 0x50 : 0x4f, 1, ...u32(t.super)];
    }

    module() {
        if (this.exceptions) this.tags = [[], ...Array.from({ length: 3 }, () => this.someTypes(3))];
        const n = 2 + this.r.below(5);
        for (let i = 0; i < n; i++) this.funcs.push(this.newFunction(i));
        const bodies = this.funcs.map((f) => this.function_(f));
        const hashType = this.typeIndex([], [I32]);
        const refuel = [0, 0x41, ...signed(20000), 0x24, FUEL, 0x0b];
        bodies.push(this.hashFunction(), [...u32(refuel.length), ...refuel]);
        const voidType = this.typeIndex([], []);
        const tags = this.tags.map((t) => [0, ...u32(this.typeIndex(t, []))]);
        const globals = [[I32, 1, 0x41, 0, 0x0b], ...GLOBALS.map((t) => [t, 1, ...this.zero(t), 0x0b])];
        const exports = bodies.map((_, i) => [...text("f" + i), 0, ...u32(i)]);
        const elems = Array.from({ length: TABLE_SIZE - 2 }, (_, i) => u32(i % n));
        return Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0].concat(
            section(1, vector(this.types.map((t) => [...this.subType(t), 0x60, ...vector(t.params.map((x) => [x])),
                ...vector(t.results.map((x) => [x]))]))),
            section(3, vector([...this.funcs.map((f) => u32(f.type)), u32(hashType), u32(voidType)])),
            section(4, vector([[FUNCREF, this.tableType === I64 ? 4 : 0, ...u32(TABLE_SIZE)]])),
            section(5, vector(this.memories.map((type) => [type === I64 ? 5 : 1, 1, 3]))),
            tags.length ? section(13, vector(tags)) : [],
            section(6, vector(globals)),
            section(7, vector(exports)),
            section(9, vector([[0, ...this.integer(this.tableType, 0), 0x0b, ...vector(elems)]])),
            section(12, u32(1)),
            section(10, vector(bodies)),
            section(11, vector([[1, ...vector([..."WebAssembly"].map((c) => [c.charCodeAt(0)]))]]))));
    }

    // ---- arguments and answers ----

    argument(type) {
        const r = this.r;
        if (type === I32) return Number(BigInt.asIntN(32, r.chance(50) ? r.pick(INTERESTING) : r.bits()));
        if (type === I64) return BigInt.asIntN(64, r.chance(50) ? r.pick(INTERESTING) : r.bits());
        const v = r.chance(70) ? r.pick(FLOATS) : (r.below(20000) - 10000) / 16;
        return type === F32 ? Math.fround(v) : v;
    }
}

const bitsOf = (type, v) => {
    const b = Buffer.alloc(8);
    switch (type) {
    case I32: return String(v >>> 0);
    case I64: return String(BigInt.asUintN(64, v));
    case F32: b.writeFloatLE(v); return String(b.readUInt32LE());
    default: b.writeDoubleLE(v); return String(b.readBigUInt64LE());
    }
};
const value = (type, v) => ({ type: NAME[type], value: bitsOf(type, v) });
const expected = (type, v) => ({
    type: NAME[type],
    value: (type === F32 || type === F64) && Number.isNaN(v) ? "nan:arithmetic" : bitsOf(type, v),
});

// V8's words to the specification's; what several traps share stays a common prefix.
const TRAPS = [
    [/divide by zero|remainder by zero/, "integer divide by zero"],
    [/divide result unrepresentable/, "integer overflow"],
    [/float unrepresentable/, "in"],
    [/memory access out of bounds|data segment/, "out of bounds memory access"],
    [/table index is out of bounds|table index|table access/, ""],
    [/null function|function signature mismatch/, ""],
    [/dereferencing a null pointer/, "null"],
    [/unreachable/, "unreachable"],
    [/rethrowing null value/, "null reference"],
    [/Maximum call stack/, "call stack exhausted"],
];

const trapText = (message) => {
    const known = TRAPS.find(([pattern]) => pattern.test(message));
    if (!known) throw new Error("unknown trap: " + message);
    return known[1];
};

function script(g, name, bytes) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
    const commands = [{ type: "module", line: 1, filename: name + ".wasm" }];
    let line = 1;
    const action = (field, args) => ({ type: "invoke", field, args });
    const check = (field, params, results, args) => {
        const call = action(field, args.map((v, i) => value(params[i], v)));
        line++;
        try {
            let r = instance.exports[field](...args);
            r = results.length === 0 ? [] : results.length === 1 ? [r] : r;
            commands.push({ type: "assert_return", line, action: call, expected: results.map((t, i) => expected(t, r[i])) });
        } catch (e) {
            if (e instanceof WebAssembly.Exception) {
                commands.push({ type: "assert_exception", line, action: call, expected: [] });
                return;
            }
            if (!(e instanceof WebAssembly.RuntimeError) && !(e instanceof RangeError)) throw e;
            commands.push({ type: "assert_trap", line, action: call, text: trapText(e.message), expected: [] });
        }
    };
    const n = g.funcs.length;
    for (let round = 0; round < 6; round++) {
        for (const f of g.funcs) {
            // vectors do not pass the door of this engine
            if (f.params.includes(V128) || f.results.includes(V128)) continue;
            check("f" + (n + 1), [], [], []);
            check("f" + f.index, f.params, f.results, f.params.map((t) => g.argument(t)));
        }
        check("f" + n, [], [I32], []);
    }
    return { source_filename: name, commands };
}

const out = option("out", ".");
const first = Number(option("seed", "1"));
const count = Number(option("count", "10"));
fs.mkdirSync(out, { recursive: true });
let made = 0;
for (let i = 0; i < count; i++) {
    const seed = first + i;
    const name = "random-" + seed;
    const g = new Generator(seed, Number(option("size", "60")), Number(option("locals", "40")),
        option("exceptions"));
    const bytes = g.module();
    try {
        new WebAssembly.Module(bytes);
    } catch (e) {
        fs.writeFileSync(path.join(out, name + ".invalid"), bytes);
        console.error(name + ": " + e.message);
        continue;
    }
    fs.writeFileSync(path.join(out, name + ".wasm"), bytes);
    fs.writeFileSync(path.join(out, name + ".json"), JSON.stringify(script(g, name, bytes)));
    made++;
}
console.log(made + " programs");
