"""The specification with each of the compiler's test switches (wasm/jit/options.def): few registers, no live sets,
each fold off. Results must not change."""

import os
import re

from foreman.paths import ROOT
from foreman.testing import Suite

from . import spec

SUITE = Suite("the specification with folds off and registers few", parts=("tools",))
ROW = re.compile(r'^JIT_(?:SWITCH\(\w+, "(?P<switch>[^"]+)"|NUMBER\(\w+, "(?P<number>[^"]+)", (?P<value>\d+))', re.MULTILINE)
SANITIZED = ("gprs=3,xmms=3", "gprs=1,xmms=1,no-fuse", "degraded,locals-in-frame")  # with the engine's own checks


def options():
    with open(os.path.join(ROOT, "wasm", "jit", "options.def"), encoding="utf-8") as f:
        return [m["switch"] or "%s=%s" % (m["number"], m["value"]) for m in ROW.finditer(f.read())]


def run(t, tool, option):
    spec.run(t, tool, ("--jit", option))


for each in options():
    SUITE.add(each, run, "tools", each, limit_s=300)
for each in SANITIZED:
    SUITE.add(each + "/asan", run, "tools-asan", each, limit_s=900)
