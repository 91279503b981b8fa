"""Runs one WASI program in wasmtime: PYTHON run_wasmtime.py PROGRAM.wasm [ARG…], with a Python that has the package.
Compiled code is kept in wasmtime's own cache: a program comes round after round, and only its run is measured."""

import sys
import time

import wasmtime

CLOCKS = {0: time.time_ns, 1: time.monotonic_ns, 2: time.process_time_ns, 3: time.thread_time_ns}
CLOCK_TYPE = wasmtime.FuncType(
    [wasmtime.ValType.i32(), wasmtime.ValType.i64(), wasmtime.ValType.i32()], [wasmtime.ValType.i32()]
)


def clock_time_get(caller, clock, precision, out):
    """wasmtime's own has no clock of CPU time, which is what the programs measure."""
    caller["memory"].write(caller, CLOCKS[clock]().to_bytes(8, "little"), out)
    return 0



config = wasmtime.Config()
config.cache = True
store = wasmtime.Store(wasmtime.Engine(config))
wasi = wasmtime.WasiConfig()
wasi.inherit_stdout()
wasi.inherit_stderr()
wasi.argv = sys.argv[1:]
store.set_wasi(wasi)
linker = wasmtime.Linker(store.engine)
linker.define_wasi()
linker.allow_shadowing = True
linker.define_func("wasi_snapshot_preview1", "clock_time_get", CLOCK_TYPE, clock_time_get, access_caller=True)
instance = linker.instantiate(store, wasmtime.Module.from_file(store.engine, sys.argv[1]))
try:
    instance.exports(store)["_start"](store)
except wasmtime.ExitTrap as e:
    sys.exit(e.code)
