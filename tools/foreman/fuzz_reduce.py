"""Makes a module smaller that two engines disagree about: `build/tools/reduce` writes a pack of valid smaller variants,
both engines run it, and the smallest variant that they still disagree about goes round again."""

import os
import subprocess
import tempfile
import time

from .paths import BUILD

ROUNDS_MAX = 100
ROUNDS_IN_VAIN = 5
LIMIT_S = 90
RUN_LIMIT_S = 10          # a variant may run for ever in both engines


def reduce(module, ours, other, jit):
    with tempfile.TemporaryDirectory() as folder:
        return _reduce_in(folder, module, ours, other, jit)


def _reduce_in(folder, module, ours, other, jit):
    from .fuzz import differs, read_pack

    tool = os.path.join(BUILD, "tools", "reduce")
    source, pack = os.path.join(folder, "reduce.wasm"), os.path.join(folder, "reduce.pack")
    vain, end = 0, time.monotonic() + LIMIT_S
    for number in range(ROUNDS_MAX):
        if vain == ROUNDS_IN_VAIN or time.monotonic() > end:
            break
        with open(source, "wb") as f:
            f.write(module)
        if not os.path.exists(tool):
            break
        with open(pack, "wb") as f:
            subprocess.run([tool, "--round", str(number), source], stdout=f, check=True)
        variants = read_pack(pack)
        limits = {"limit_s": RUN_LIMIT_S, "hangs_max": 1}
        mine, theirs = ours.run(pack, ["--jit", jit], **limits), other.run(pack, **limits)
        bad = [
            k for k in mine
            if len(variants[k]) < len(module) and differs(mine[k], theirs.get(k, ["?missing"]))[0]
        ]
        vain = 0 if bad else vain + 1
        module = min([variants[k] for k in bad] + [module], key=len)
    return module
