// What generators of modules share: random numbers, the binary format's encoding, instructions by result type, and
// values that have broken something before.

export const I32 = 0x7f, I64 = 0x7e, F32 = 0x7d, F64 = 0x7c, V128 = 0x7b, FUNCREF = 0x70;
export const TYPES = [I32, I64, F32, F64, V128];
export const NAME = { [I32]: "i32", [I64]: "i64", [F32]: "f32", [F64]: "f64", [V128]: "v128" };

// ---- random numbers (xorshift, so that a seed means the same everywhere) ----

export class Random {
    constructor(seed) { this.s = (BigInt(seed) * 0x9e3779b97f4a7c15n + 1n) & 0xffffffffffffffffn; }
    bits() {
        this.s ^= (this.s << 13n) & 0xffffffffffffffffn;
        this.s ^= this.s >> 7n;
        this.s ^= (this.s << 17n) & 0xffffffffffffffffn;
        return this.s;
    }
    below(n) { return Number((this.bits() >> 11n) % BigInt(n)); }
    chance(percent) { return this.below(100) < percent; }
    pick(list) { return list[this.below(list.length)]; }
}

// ---- encoding ----

export const u32 = (n) => {
    const out = [];
    do {
        out.push((n & 0x7f) | (n > 0x7f ? 0x80 : 0));
        n = Math.floor(n / 128);
    } while (n);
    return out;
};
export const signed = (n) => {
    const out = [];
    n = BigInt(n);
    for (;;) {
        const byte = Number(n & 0x7fn);
        n >>= 7n;
        if ((n === 0n && !(byte & 0x40)) || (n === -1n && byte & 0x40)) return out.concat(byte);
        out.push(byte | 0x80);
    }
};
export const vector = (items) => u32(items.length).concat(items.flat());
export const section = (id, body) => [id].concat(u32(body.length), body);
export const text = (s) => vector([...Buffer.from(s)].map((b) => [b]));

// ---- operations by result type: [opcode, operand types] ----

export const range = (from, to, operands) => {
    const out = [];
    for (let op = from; op <= to; op++) out.push([[op], operands]);
    return out;
};
export const OPS = {
    [I32]: [
        ...range(0x45, 0x45, [I32]), ...range(0x46, 0x4f, [I32, I32]), ...range(0x50, 0x50, [I64]),
        ...range(0x51, 0x5a, [I64, I64]), ...range(0x5b, 0x60, [F32, F32]), ...range(0x61, 0x66, [F64, F64]),
        ...range(0x67, 0x69, [I32]), ...range(0x6a, 0x78, [I32, I32]), ...range(0x6a, 0x78, [I32, I32]),
        ...range(0xa7, 0xa7, [I64]), ...range(0xbc, 0xbc, [F32]), ...range(0xc0, 0xc1, [I32]),
        [[0xa8], [F32]], [[0xaa], [F64]],
        ...[0, 1].map((n) => [[0xfc, n], [F32]]), ...[2, 3].map((n) => [[0xfc, n], [F64]]),
    ],
    [I64]: [
        ...range(0x79, 0x7b, [I64]), ...range(0x7c, 0x8a, [I64, I64]), ...range(0x7c, 0x8a, [I64, I64]),
        ...range(0xac, 0xad, [I32]), ...range(0xac, 0xad, [I32]), ...range(0xbd, 0xbd, [F64]),
        ...range(0xc2, 0xc4, [I64]), [[0xae], [F32]], [[0xb1], [F64]],
        ...[4, 5].map((n) => [[0xfc, n], [F32]]), ...[6, 7].map((n) => [[0xfc, n], [F64]]),
    ],
    [F32]: [
        ...range(0x8b, 0x91, [F32]), ...range(0x92, 0x98, [F32, F32]), ...range(0xb2, 0xb3, [I32]),
        ...range(0xb4, 0xb5, [I64]), [[0xb6], [F64]], [[0xbe], [I32]],
    ],
    [F64]: [
        ...range(0x99, 0x9f, [F64]), ...range(0xa0, 0xa6, [F64, F64]), ...range(0xb7, 0xb8, [I32]),
        ...range(0xb9, 0xba, [I64]), [[0xbb], [F32]], [[0xbf], [I64]],
    ],
};
// Vectors: [opcode, operands, lanes (with an immediate of the instruction), shape of a result with NaNs].
export const simd = (code) => [0xfd, ...u32(code)];
export const vectors = (codes, operands, lanes = 0, nan = 0) => codes.map((code) => [simd(code), operands, lanes, nan]);
export const codes = (from, to, ...except) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
    .filter((code) => !except.includes(code));
OPS[I32].push(...vectors([0x15, 0x16], [V128], 16), ...vectors([0x18, 0x19], [V128], 8), ...vectors([0x1b], [V128], 4),
    ...vectors([0x53, 0x63, 0x64, 0x83, 0x84, 0xa3, 0xa4, 0xc3, 0xc4], [V128]));
OPS[I64].push(...vectors([0x1d, 0x1d], [V128], 2));
OPS[F32].push(...vectors([0x1f], [V128], 4));
OPS[F64].push(...vectors([0x21], [V128], 2));
OPS[V128] = [
    ...vectors([0x0d, 0x0d, 0x0d], [V128, V128], -32), ...vectors([0x0e], [V128, V128]),
    ...vectors([0x0f, 0x10, 0x11], [I32]), ...vectors([0x12], [I64]), ...vectors([0x13], [F32]), ...vectors([0x14], [F64]),
    ...vectors([0x17], [V128, I32], 16), ...vectors([0x1a], [V128, I32], 8), ...vectors([0x1c], [V128, I32], 4),
    ...vectors([0x1e], [V128, I64], 2), ...vectors([0x20], [V128, F32], 4), ...vectors([0x22], [V128, F64], 2),
    ...vectors(codes(0x23, 0x4c), [V128, V128]), ...vectors([0x4d], [V128]), ...vectors(codes(0x4e, 0x51), [V128, V128]),
    ...vectors([0x52, 0x52], [V128, V128, V128]),
    ...vectors([0x60, 0x61, 0x62, 0x80, 0x81, 0xa0, 0xa1, 0xc0, 0xc1, 0xe0, 0xe1, 0xec, 0xed], [V128]),
    ...vectors([0x65, 0x66, 0x85, 0x86], [V128, V128]),
    ...vectors([...codes(0x7c, 0x7f), ...codes(0x87, 0x8a), ...codes(0xa7, 0xaa), ...codes(0xc7, 0xca)], [V128]),
    ...vectors([...codes(0x6b, 0x6d), ...codes(0x8b, 0x8d), ...codes(0xab, 0xad), ...codes(0xcb, 0xcd)], [V128, I32]),
    ...vectors([...codes(0x6e, 0x73), ...codes(0x76, 0x79), 0x7b, 0x82, ...codes(0x8e, 0x93), ...codes(0x95, 0x99),
        ...codes(0x9b, 0x9f), 0xae, 0xb1, ...codes(0xb5, 0xba), ...codes(0xbc, 0xbf), 0xce, 0xd1,
        ...codes(0xd5, 0xdf)], [V128, V128]),
    ...vectors([0x67, 0x68, 0x69, 0x6a, 0xe3], [V128], 0, 32), ...vectors([0x74, 0x75, 0x7a, 0x94, 0xef], [V128], 0, 64),
    ...vectors(codes(0xe4, 0xe9), [V128, V128], 0, 32), ...vectors(codes(0xf0, 0xf5), [V128, V128], 0, 64),
    ...vectors([0xea, 0xeb, 0xf6, 0xf7], [V128, V128]), ...vectors(codes(0xf8, 0xff), [V128]),
    ...vectors([0x5e], [V128], 0, 32), ...vectors([0x5f], [V128], 0, 64),
    // relaxed: as far as this engine and ours choose alike on x86-64
    ...vectors([0x100, ...codes(0x10d, 0x110), 0x111, 0x112], [V128, V128]), ...vectors(codes(0x101, 0x104), [V128]),
    ...vectors([0x105, 0x106], [V128, V128, V128], 0, 32), ...vectors([0x107, 0x108], [V128, V128, V128], 0, 64),
    ...vectors([...codes(0x109, 0x10c), 0x113], [V128, V128, V128]),
];
// What the second operand of a relaxed dot product is masked with: bytes of seven bits. With eight, machines differ, and
// so do engines on one machine (pmaddubsw saturates, vpdpbusd does not).
export const isDot = (op) => op[0] === 0xfd && op.length === 3 && op[2] === 2 && (op[1] === 0x92 || op[1] === 0x93);
export const SEVEN_BITS = [...simd(0x0c), ...Array(16).fill(0x7f), ...simd(0x4e)];
// [opcode, lanes]
export const LANE_LOADS = [[0x54, 16], [0x55, 8], [0x56, 4], [0x57, 2]];
export const LANE_STORES = [[0x58, 16], [0x59, 8], [0x5a, 4], [0x5b, 2]];
export const LOADS = {
    [I32]: [0x28, 0x2c, 0x2d, 0x2e, 0x2f], [I64]: [0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35], [F32]: [0x2a],
    [F64]: [0x2b], [V128]: [...codes(0, 10), 0, 0, 0, 0x5c, 0x5d].map(simd),
};
export const STORES = { [I32]: [0x36, 0x3a, 0x3b], [I64]: [0x37, 0x3c, 0x3d, 0x3e], [F32]: [0x38], [F64]: [0x39],
    [V128]: [simd(0x0b)] };
export const INTERESTING = [
    0n, 1n, -1n, 2n, 3n, 5n, 7n, 8n, 10n, 16n, 31n, 32n, 33n, 63n, 64n, 100n, 127n, 128n, 255n, 256n, 641n, 1000n,
    32767n, 32768n, 65535n, 65536n, 0x7fffffffn, 0x80000000n, 0xffffffffn, 0x100000000n, 0x7fffffffffffffffn,
    -0x8000000000000000n, -2n, -7n, -10n, -128n, -32768n, -0x80000000n, 6148914691236517205n,
];
export const FLOATS = [0, -0, 1, -1, 0.5, 1.5, 2.5, -2.5, 1e10, -1e10, 2147483648, 4294967296, 9.3e18, 1.9e19, 1e-40, 1e300,
    Infinity, -Infinity, NaN, 3.14159];
