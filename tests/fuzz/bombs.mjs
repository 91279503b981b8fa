// Modules that are hard on a compiler: each is one valid function of a kind that has made some compiler quadratic.
//
//   node bombs.mjs --out DIR [--bytes N]      writes DIR/NAME.wasm, each with about N bytes of code
//
// A linear compiler takes about the same time per byte for all of them, at any N.

import fs from "node:fs";
import path from "node:path";

const option = (name, fallback) => {
    const i = process.argv.indexOf("--" + name);
    return i < 0 ? fallback : process.argv[i + 1];
};

const leb = (n) => {
    const out = [];
    do {
        out.push((n & 0x7f) | (n > 0x7f ? 0x80 : 0));
        n = Math.floor(n / 128);
    } while (n);
    return out;
};
const sleb = (n) => {
    const out = [];
    for (;;) {
        const byte = n & 0x7f;
        n >>= 7;
        if ((n === 0 && !(byte & 0x40)) || (n === -1 && byte & 0x40)) return out.concat(byte);
        out.push(byte | 0x80);
    }
};
const vector = (items) => leb(items.length).concat(items.flat());
const section = (id, body) => [id].concat(leb(body.length), body);
const repeat = (n, f) => Array.from({ length: n }, (_, i) => f(i)).flat();

const GET = 0x20, SET = 0x21, TEE = 0x22, CONST = 0x41, ADD = 0x6a, XOR = 0x73, BLOCK = 0x02, LOOP = 0x03, IF = 0x04,
    ELSE = 0x05, END = 0x0b, BR = 0x0c, BR_IF = 0x0d, BR_TABLE = 0x0e, DROP = 0x1a, VOID = 0x40, I32 = 0x7f,
    LOAD = 0x28, STORE = 0x36, CALL = 0x10, MUL = 0x6c, TRY_TABLE = 0x1f, TRY = 0x06, CATCH = 0x07, RETHROW = 0x09, DELEGATE = 0x18,
    LOAD8_U = 0x2d, SELECT = 0x1b, AND = 0x71;
// try_table (catch 0 to the label around it)
const CATCHING = [TRY_TABLE, VOID, 1, 0, 0, 0], CALL_DROP = [GET, 0, CALL, 1, DROP];

// n ways to a block's end, each with a constant: local 1 is a phi of them all
const phi = (n) => [BLOCK, I32, repeat(n, (i) => [CONST, i % 40, GET, 0, LOAD8_U, 0, 0, BR_IF, 0, DROP]), CONST, 7, END, SET, 1];

// name: (bytes) => { locals, code }; parameter 0 is an i32, the result an i32
const bombs = {
    masks_of_a_phi: (n) => ({ locals: 2, code: [phi(n / 20),
        repeat(n / 40, (i) => [GET, 1, CONST, 1, GET, 0, LOAD8_U, 0, ...leb(i), SELECT, CONST, 0xff, 1, AND,
            GET, 2, XOR, SET, 2]), GET, 2] }),
    switches_of_a_phi: (n) => ({ locals: 1, code: [phi(n / 20),
        repeat(n / 140, () => [repeat(5, () => [BLOCK, VOID]), GET, 1, BR_TABLE, 5, 4, 3, 2, 1, 0, 1,
            repeat(5, () => [END, GET, 0, GET, 0, STORE, 2, 0])]), GET, 1] }),
    empty_loops: (n) => ({ locals: 0, code: [repeat(n / 3, () => [LOOP, VOID, END]), GET, 0] }),
    live_loops: (n) => ({ locals: 1, code: [repeat(n / 8, () => [LOOP, VOID, GET, 0, BR_IF, 0, END]), GET, 0] }),
    nested_blocks: (n) => {
        const d = Math.min(90000, n / 5);
        return { locals: 0, code: [repeat(d, () => [BLOCK, VOID]), GET, 0, BR_IF, 0, repeat(d, () => END), GET, 0] };
    },
    nested_loops: (n) => {
        const d = Math.min(90000, n / 10);
        return { locals: 1, code: [repeat(d, () => [LOOP, VOID]), GET, 0, SET, 1,
            repeat(d, () => [GET, 1, BR_IF, 0, END]), GET, 1] };
    },
    nested_ifs: (n) => {
        const d = Math.min(90000, n / 9);
        return { locals: 1, code: [repeat(d, (i) => [GET, 0, IF, VOID, GET, 0, SET, 1]), repeat(d, () => END), GET, 1] };
    },
    nested_expression_blocks: (n) => {
        const d = Math.min(90000, n / 6);
        return { locals: 0, code: [repeat(d, () => [BLOCK, I32]), GET, 0, repeat(d, () => [GET, 0, BR_IF, 0, END])] };
    },
    branches_to_one_label: (n) => ({ locals: 3, code: [BLOCK, VOID,
        repeat(n / 10, (i) => [GET, 0, TEE, 1 + i % 3, GET, 0, ADD, BR_IF, 0]), END, GET, 1] }),
    locals_times_branches: (n) => ({ locals: 3000, code: [BLOCK, VOID,
        repeat(n / 12, (i) => [GET, 0, CONST, 1, ADD, SET, ...leb(1 + i % 3000), GET, 0, BR_IF, 0]), END, GET, 1] }),
    locals_times_loops: (n) => {
        const d = n / 20 | 0, m = n / 8 | 0;
        return { locals: Math.min(m, 40000), code: [repeat(d, () => [LOOP, VOID]),
            repeat(m, (i) => [GET, 0, SET, ...leb(1 + i % Math.min(m, 40000))]), repeat(d, () => [GET, 0, BR_IF, 0, END]),
            GET, 1] };
    },
    locals_times_labels: (n) => {
        const d = n / 14 | 0;
        return { locals: 1000, code: [repeat(d, () => [BLOCK, VOID]),
            repeat(d, (i) => [GET, 0, SET, ...leb(1 + i % 1000), GET, 0, BR_IF, 0, GET, ...leb(1 + i % 1000), BR_IF, i < d - 1 ? 1 : 0, END]),
            GET, 1] };
    },
    switch_to_one: (n) => ({ locals: 0, code: [BLOCK, VOID, BLOCK, VOID, GET, 0,
        BR_TABLE, vector(repeat(Math.min(n, 65000), (i) => [[i % 2]])), 0, END, END, GET, 0] }),
    switch_to_all: (n) => {
        const d = Math.min(90000, n / 5 | 0);
        return { locals: 0, code: [repeat(d, () => [BLOCK, VOID]), GET, 0,
            BR_TABLE, leb(d - 1), repeat(d, (i) => leb(i)), repeat(d, () => END), GET, 0] };
    },
    many_switches: (n) => ({ locals: 0, code: [repeat(20, () => [BLOCK, VOID]),
        repeat(n / 32, () => [BLOCK, VOID, GET, 0, BR_TABLE, 20, ...repeat(20, (i) => i + 1), 0, END]),
        repeat(20, () => END), GET, 0] }),
    long_chain: (n) => ({ locals: 0, code: [GET, 0, repeat(n / 5, (i) => [CONST, ...sleb(i % 60 + 1), i % 2 ? ADD : XOR])] }),
    deep_expression: (n) => ({ locals: 0, code: [repeat(n / 3, () => [GET, 0]), repeat(n / 3 - 1, () => ADD)] }),
    deep_tree: (n) => ({ locals: 1, code: [
        repeat(n / 12, (i) => [GET, 0, CONST, ...sleb(i), MUL]), repeat(n / 12 - 1, () => ADD)] }),
    many_constants: (n) => ({ locals: 0, code: [GET, 0, repeat(n / 5, (i) => [CONST, ...sleb(i * 7919 & 0x7fffffff), XOR])] }),
    constants_live: (n) => ({ locals: 1000, code: [repeat(Math.min(1000, n / 8), (i) => [CONST, ...sleb(i * 99), SET, ...leb(i + 1)]),
        repeat(n / 8, (i) => [GET, ...leb(1 + i % 1000), GET, 0, ADD, SET, 0]), GET, 0] }),
    values_live: (n) => ({ locals: 0, code: [repeat(n / 8, (i) => [GET, 0, CONST, ...sleb(i), XOR]),
        GET, 0, LOAD, 2, 0, repeat(n / 8, () => ADD)] }),
    values_over_calls: (n) => ({ locals: 0, code: [repeat(n / 12, (i) => [GET, 0, CONST, ...sleb(i), XOR]),
        GET, 0, repeat(n / 12, () => [CALL, 1]), repeat(n / 12, () => ADD)] }),
    values_over_blocks: (n) => ({ locals: 500, code: [
        repeat(500, (i) => [GET, 0, CONST, ...sleb(i), XOR, SET, ...leb(i + 1)]),
        repeat(n / 12, (i) => [GET, 0, IF, VOID, GET, ...leb(i % 500 + 1), SET, 0, END]),
        repeat(500, (i) => [GET, ...leb(i + 1), GET, 0, ADD, SET, 0]), GET, 0] }),
    many_stores: (n) => ({ locals: 0, code: [repeat(n / 10, (i) => [GET, 0, GET, 0, LOAD, 2, ...leb(i), STORE, 2, ...leb(i)]), GET, 0] }),
    many_results: (n) => ({ locals: 0, code: [BLOCK, 2, repeat(200, (i) => [CONST, i % 64]),
        repeat(n / 4, () => [GET, 0, BR_IF, 0]), END, repeat(199, () => ADD)] }),
    many_divisions: (n) => ({ locals: 0, code: [GET, 0, repeat(n / 4, (i) => [CONST, 3 + i % 60, 0x6d + i % 4])] }),
    nested_tries: (n) => {
        const d = Math.min(40000, n / 10 | 0);
        return { locals: 0, code: [repeat(d, () => [BLOCK, VOID, CATCHING]), CALL_DROP, repeat(d, () => [END, END]), GET, 0] };
    },
    nested_tries_with_calls: (n) => {
        const d = Math.min(40000, n / 24 | 0);
        return { locals: 500, code: [repeat(d, (i) => [BLOCK, VOID, CATCHING, GET, 0, SET, ...leb(1 + i % 500), CALL_DROP]),
            repeat(d, (i) => [END, END, GET, ...leb(1 + i % 500), SET, 0]), GET, 0] };
    },
    locals_times_calls_in_a_try: (n) => ({ locals: 2000, code: [BLOCK, VOID, CATCHING,
        repeat(n / 11, (i) => [GET, 0, CALL, 1, SET, ...leb(1 + i % 2000), GET, ...leb(1 + i * 7 % 2000), SET, 0]), END, END,
        repeat(2000, (i) => [GET, ...leb(1 + i), GET, 0, ADD, SET, 0]), GET, 0] }),
    many_tries: (n) => ({ locals: 1, code: [repeat(n / 22, () => [BLOCK, VOID, CATCHING, GET, 0, SET, 1, CALL_DROP, END, END,
        GET, 1, SET, 0]), GET, 0] }),
    many_clauses: (n) => ({ locals: 0, code: [repeat(n / 3000, () => [BLOCK, VOID, TRY_TABLE, VOID, leb(1000),
        repeat(1000, () => [0, 0, 0]), CALL_DROP, END, END]), GET, 0] }),
    nested_handlers: (n) => {
        const d = Math.min(90000, n / 12 | 0);
        return { locals: 0, code: [repeat(d, () => [TRY, VOID, CALL_DROP, CATCH, 0]), RETHROW, 0, repeat(d, () => END), GET, 0] };
    },
    many_handlers: (n) => ({ locals: 1, code: [TRY, VOID, CALL_DROP,
        repeat(n / 12, () => [CATCH, 0, GET, 0, SET, 1, CALL_DROP]), END, GET, 1] }),
    nested_delegates: (n) => {
        const d = Math.min(90000, n / 9 | 0);
        return { locals: 0, code: [TRY, VOID, repeat(d, () => [TRY, VOID, CALL_DROP]), repeat(d, (i) => [DELEGATE, ...leb(d - 1 - i)]),
            CATCH, 0, END, GET, 0] };
    },
    dead_code: (n) => ({ locals: 0, code: [GET, 0, 0x0f, repeat(n / 10, () => [BLOCK, VOID, GET, 0, IF, VOID, BR, 0, END, END]), 0x00] }),
};

const body = ({ locals, code }) => {
    const bytes = (locals ? [1].concat(leb(locals), [I32]) : [0]).concat(code.flat(Infinity), [END]);
    return leb(bytes.length).concat(bytes);
};

const module_ = (bomb) => Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0].concat(
    section(1, vector([[0x60, 1, I32, 1, I32], [0x60, 0, 0], [0x60, 0, ...vector(repeat(200, () => [[I32]]))]])),
    section(3, vector([[0], [0]])), section(5, vector([[0, 1]])), section(13, vector([[0, 1]])),
    section(7, vector([[1, 0x66, 0, 0]])),
    section(10, vector([body(bomb), body({ locals: 0, code: [GET, 0] })]))));

const out = option("out", ".");
const n = Number(option("bytes", "100000"));
fs.mkdirSync(out, { recursive: true });
for (const [name, make] of Object.entries(bombs)) {
    const bytes = module_(make(n));
    fs.writeFileSync(path.join(out, name + ".wasm"), bytes);
    if (!WebAssembly.validate(bytes)) console.error(name + ": not valid");
}
