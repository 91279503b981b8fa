"""Compiles one module in wasmtime and prints what it cost, like the tool `throughput`: CPU time of all threads in ns,
and the memory that was taken at most beyond the module's own bytes."""

import resource
import sys
import time

import wasmtime

KB = 1024

with open(sys.argv[1], "rb") as f:
    data = f.read()
engine = wasmtime.Engine()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time_ns()
wasmtime.Module(engine, data)
spent = time.process_time_ns() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print("module=%d validate_ns=0 compile_ns=%d peak=%d" % (len(data), spent, peak * KB))
