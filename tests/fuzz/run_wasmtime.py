"""What wasmtime makes of a pack of modules, in the words of wasm/tools/batch.c.

    python3 run_wasmtime.py [--first K] [--every N] [--offset K] PACK OUTCOMES

Its Python interface cannot tell the types of exports that use vectors, so what is called is what OUTCOMES, another
engine's output for the same pack, tells of. --every N --offset K: only each N-th module from K on. Modules with imports are left out."""

import struct
import sys
import zlib

import wasmtime as w

INTS = [0, 1, -1, 0x7FFFFFFF, -0x80000000, 42, 0x10000, 255]
FLOATS = [0.0, 1.0, -1.5, float("nan"), float("inf"), 1e10, 3.5, -0.0]
TRAPS = {
    "UNREACHABLE": "!unreachable", "MEMORY_OUT_OF_BOUNDS": "!memory", "TABLE_OUT_OF_BOUNDS": "!table",
    "INDIRECT_CALL_TO_NULL": "!signature", "BAD_SIGNATURE": "!signature", "INTEGER_DIVISION_BY_ZERO": "!zero",
    "INTEGER_OVERFLOW": "!range", "BAD_CONVERSION_TO_INTEGER": "!range", "NULL_REFERENCE": "!null",
    "STACK_OVERFLOW": "?stack", "INTERRUPT": "?time", "OUT_OF_FUEL": "?time",
}


def show(kind, v):
    if kind == "i32":
        return "i32:%x" % (v & 0xFFFFFFFF)
    if kind == "i64":
        return "i64:%x" % (v & 0xFFFFFFFFFFFFFFFF)
    if kind in ("f32", "f64"):
        if v != v:
            return kind + ":nan"
        return "%s:%x" % (kind, struct.unpack("<I" if kind == "f32" else "<Q", struct.pack("<f" if kind == "f32" else "<d", v))[0])
    return kind if kind == "v128" else "null" if v is None else "ref"


def argument(kind, k):
    if kind in ("i32", "i64"):
        return INTS[k % 8]
    return FLOATS[k % 8] if kind in ("f32", "f64") else None


def failure(e):
    if isinstance(e, w.Trap):
        try:
            return TRAPS.get(e.trap_code.name, "!other " + e.trap_code.name)
        except ValueError:
            return "!other " + e.message.replace("\n", " ")
    text = str(e).replace("\n", " ")
    return "!exception" if "exception" in text or "thrown" in text else "?error " + text


def name_of(t):
    return str(t).replace("(ref null func)", "funcref").replace("(ref null extern)", "externref")


def call(store, function, e, turn, out):
    t = function.type(store)
    params, results = [name_of(p) for p in t.params], [name_of(r) for r in t.results]
    try:
        r = function(store, *[argument(p, e * 5 + turn + 3 * k) for k, p in enumerate(params)])
    except (w.Trap, w.WasmtimeError) as error:
        out.append(failure(error))
        return
    values = r if len(results) > 1 else [r][: len(results)]
    out += [show(kind, v) for kind, v in zip(results, values)]


def follow(store, instance, names, told, out):
    """Does what the other engine's words tell of."""
    exports, called = instance.exports(store), set()
    for k, word in enumerate(told):
        kind, number = word[0], word[1:]
        if kind not in "fgm" or not number.isdigit():
            continue
        e = int(number)
        x = exports[names[e]]
        out.append(word)
        if kind == "f":
            call(store, x, e, int(e in called), out)
            called.add(e)
            if out[-1][0] == "?":
                return
        elif kind == "m":
            data = bytes(x.read(store))
            out += ["%d" % (len(data) >> 16), "%x" % zlib.crc32(data)]
        elif told[k + 1] in ("null", "ref", "hidden"):  # not shown, or shown wrongly
            out.append(told[k + 1])
        else:
            out.append(show(name_of(x.type(store).content), x.value(store)))


def one(engine, data, told):
    out = []
    store = w.Store(engine)
    try:
        module = w.Module(engine, data)
    except w.WasmtimeError as e:
        return ["?invalid " + str(e).replace("\n", " ")[:200]]
    try:
        instance = w.Instance(store, module, [])
    except w.Trap as e:
        return ["x", failure(e)]
    except w.WasmtimeError as e:
        return ["?link " + str(e).replace("\n", " ")]
    follow(store, instance, [x.name for x in module.exports], told, out)
    return out


def main(words):
    first = int(words[words.index("--first") + 1]) if "--first" in words else 0
    every = int(words[words.index("--every") + 1]) if "--every" in words else 1
    offset = int(words[words.index("--offset") + 1]) if "--offset" in words else 0
    with open(words[-2], "rb") as f:
        pack = f.read()
    with open(words[-1], encoding="utf-8") as f:
        told = dict(line.rstrip("\n").split("\t", 1) for line in f if "\t" in line)
    config = w.Config()
    config.cranelift_opt_level = "none"
    config.max_wasm_stack = 1 << 20
    for name in ("wasm_memory64", "wasm_tail_call", "wasm_multi_memory", "wasm_function_references", "wasm_exceptions"):
        try:
            setattr(config, name, True)
        except (AttributeError, w.WasmtimeError):
            pass
    engine = w.Engine(config)
    at, k = 0, 0
    while at + 4 <= len(pack):
        n = int.from_bytes(pack[at : at + 4], "little")
        if k >= first and k % every == offset and str(k) in told:
            sys.stdout.write("%d\t" % k)
            sys.stdout.flush()
            out = one(engine, pack[at + 4 : at + 4 + n], told[str(k)].split()) if n else []
            sys.stdout.write("".join(" " + x for x in out) + "\n")
        at += 4 + n
        k += 1


main(sys.argv[1:])
