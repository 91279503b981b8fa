"""Runs one WASI program in wasmtime: PYTHON run_wasmtime.py PROGRAM.wasm, with a Python that has the package."""

import sys

import wasmtime

store = wasmtime.Store()
config = wasmtime.WasiConfig()
config.inherit_stdout()
config.inherit_stderr()
store.set_wasi(config)
linker = wasmtime.Linker(store.engine)
linker.define_wasi()
instance = linker.instantiate(store, wasmtime.Module.from_file(store.engine, sys.argv[1]))
instance.exports(store)["_start"](store)
