"""AssemblyScript's compiler: an npm package that is installed into build/as as sdk/as/package-lock.json says, and again
when that changes."""

import os
import shutil
import subprocess

from . import packages
from .paths import BUILD, ROOT
from .ui import Problem, say

SOURCES = os.path.join(ROOT, "sdk", "as")
FOLDER = os.path.join(BUILD, "as")
LOCK = "package-lock.json"
INSTALLED = os.path.join(FOLDER, "installed")    # a copy of the lock file: what node_modules holds
FETCH_S = 300
NPM = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
DRIVER = "sdk/as/driver.mjs"


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except FileNotFoundError:
        return None


def is_installed():
    return read(INSTALLED) == read(os.path.join(SOURCES, LOCK))


def missing():
    """Why programs in AssemblyScript cannot be built, and what to do; or None."""
    absent = packages.missing(packages.NODE)
    if absent:
        return packages.advice(absent)
    if not is_installed():
        return "AssemblyScript's compiler is not in build/as yet; `./foreman build as` fetches it with npm"
    return None


def install():
    """Brings the compiler into build/as unless it is there; a Problem if that fails."""
    if is_installed():
        return
    packages.require(packages.NODE)
    say("fetching AssemblyScript's compiler with npm into build/as …")
    os.makedirs(FOLDER, exist_ok=True)
    for name in ("package.json", LOCK):
        shutil.copy(os.path.join(SOURCES, name), FOLDER)
    try:
        done = subprocess.run(
            NPM, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=FETCH_S,
            check=False,
        )
        text, status = done.stdout.decode("utf-8", "replace").strip(), done.returncode
    except subprocess.TimeoutExpired:
        text, status = "no answer within %d s" % FETCH_S, 1
    if status:
        raise Problem(
            "AssemblyScript's compiler could not be fetched. npm says:\n%s\nTry again with a connection to npm's registry, "
            "or copy build/as from a tree that has it." % text
        )
    shutil.copy(os.path.join(SOURCES, LOCK), INSTALLED)


def command(settings, source, output, dependencies, flags=()):
    """The command line, to be run in ROOT, that compiles a program and writes what it was made of for ninja."""
    return ["node", DRIVER, ".", output, dependencies, source, *settings["as_flags"], *flags]
