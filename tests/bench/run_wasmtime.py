"""Runs one WASI program in wasmtime: PYTHON run_wasmtime.py PROGRAM.wasm [ARG…], with a Python that has the package.
Compiled code is kept in wasmtime's own cache: a program comes round after round, and only its run is measured."""

import sys

import wasmtime

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
instance = linker.instantiate(store, wasmtime.Module.from_file(store.engine, sys.argv[1]))
try:
    instance.exports(store)["_start"](store)
except wasmtime.ExitTrap as e:
    sys.exit(e.code)
