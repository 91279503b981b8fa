"""Sources of others that the benchmarks compile: by package name and version, unpacked under build/, never committed."""

import os
import shutil
import subprocess

from .paths import BUILD
from .ui import say

FOLDER = os.path.join(BUILD, "bench", "sources")
FETCH_S = 180

CARGO_TOML = """\
[package]
name = "sources"
version = "0.0.0"
edition = "2021"

[dependencies]
%s = "=%s"
"""


class Package:
    """A crate that carries C sources: its name and version, the folder of the sources in it, and what they are."""

    def __init__(self, crate, version, inside, title):
        self.crate, self.version, self.inside, self.title = crate, version, inside, title
        self.top = os.path.join(FOLDER, "%s-%s" % (crate, version))

    def folder(self):
        return os.path.join(self.top, "vendor", self.crate, self.inside)

    def fetch(self):
        """Makes the folder be there; None, or why that cannot be."""
        if os.path.isdir(self.folder()):
            return None
        if not shutil.which("cargo"):
            return "there is no cargo to fetch the crate %s with" % self.crate
        say("fetching %s (crate %s %s) …" % (self.title, self.crate, self.version))
        shutil.rmtree(self.top, ignore_errors=True)
        os.makedirs(os.path.join(self.top, "src"))
        with open(os.path.join(self.top, "src", "lib.rs"), "w", encoding="utf-8"):
            pass
        with open(os.path.join(self.top, "Cargo.toml"), "w", encoding="utf-8") as f:
            f.write(CARGO_TOML % (self.crate, self.version))
        try:
            p = subprocess.run(
                ["cargo", "vendor", "--quiet", "vendor"], cwd=self.top, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=FETCH_S, check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as e:
            return "fetching the crate %s: %s" % (self.crate, e)
        if not os.path.isdir(self.folder()):
            return "fetching the crate %s: %s" % (self.crate, p.stderr.decode("utf-8", "replace").strip()[-300:])
        return None


LUA = Package("lua-src", "551.1.0", "lua-5.4.9", "Lua 5.4.9")
SQLITE = Package("libsqlite3-sys", "0.40.0", "sqlite3", "SQLite")
ZLIB = Package("libz-sys", "1.1.31", "src/zlib", "zlib")
DLMALLOC = Package("libffi-sys", "4.2.2", "libffi/src", "dlmalloc")
