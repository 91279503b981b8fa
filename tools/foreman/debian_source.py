"""Sources of the distribution's packages, fetched and checked by apt, whether or not the machine's own lists name
sources: a list of our own, made from the binary one, under build/."""

import glob
import os
import re
import shutil
import subprocess
import tarfile

from .ui import Problem, say

ETC = "/etc/apt"


def _source_entries():
    """The machine's own apt sources as text of a .sources file that offers sources, and of a .list file."""
    blocks, lines = [], []
    for path in sorted(glob.glob(ETC + "/sources.list.d/*.sources")):
        with open(path, encoding="utf-8") as f:
            for block in re.split(r"\n\s*\n", f.read().strip()):
                blocks.append(re.sub(r"(?m)^Types:.*$", "Types: deb-src", block))
    for path in [ETC + "/sources.list"] + sorted(glob.glob(ETC + "/sources.list.d/*.list")):
        if os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                lines += [re.sub(r"^deb\s", "deb-src ", line.strip()) for line in f if re.match(r"deb\s", line)]
    ours = [b for b in blocks if "debian" in b.lower() or "ubuntu" in b.lower()]
    return "\n\n".join(ours) + "\n", "\n".join(x for x in lines if "debian" in x or "ubuntu" in x) + "\n"


def _apt(folder):
    """apt-get with lists and caches of its own under the folder."""
    parts = os.path.join(folder, "sources.list.d")
    for name in (parts, os.path.join(folder, "lists", "partial"), os.path.join(folder, "archives", "partial")):
        os.makedirs(name, exist_ok=True)
    sources, lines = _source_entries()
    for name, text in (("ours.sources", sources), ("ours.list", lines)):
        with open(os.path.join(parts, name), "w", encoding="utf-8") as f:
            f.write(text)
    return [
        "apt-get", "-q", "-o", "Dir::Etc::sourcelist=/dev/null", "-o", "Dir::Etc::sourceparts=" + parts,
        "-o", "Dir::State::lists=" + os.path.join(folder, "lists"), "-o", "Dir::Cache=" + folder,
        "-o", "APT::Sandbox::User=root",
    ]


def _run(command, folder):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise Problem("%s failed:\n%s" % (" ".join(command[:1] + command[-3:]), done.stdout.decode(errors="replace")))


def fetch(package, wanted, target):
    """Puts those files of a source package whose names within it start with one of `wanted` under `target`."""
    if os.path.isdir(target):
        return
    if not shutil.which("apt-get"):
        raise Problem("there is no apt-get here; --source DIR names a checkout")
    scratch = target + ".apt"
    shutil.rmtree(scratch, ignore_errors=True)
    os.makedirs(scratch)
    say("fetching the source package %s …" % package)
    apt = _apt(scratch)
    _run(apt + ["update"], scratch)
    _run(apt + ["source", "--download-only", "--tar-only", package], scratch)
    archives = glob.glob(os.path.join(scratch, "*.orig.tar.*"))
    if len(archives) != 1:
        raise Problem("the source package %s has %d archives" % (package, len(archives)))
    say("unpacking what is needed of it …")
    unpack(archives[0], wanted, os.path.join(scratch, "out"))
    os.rename(os.path.join(scratch, "out"), target)
    shutil.rmtree(scratch)


def unpack(archive, wanted, target):
    """Plain files of an archive, without its first folder; stops behind the last wanted folder."""
    seen = set()
    with tarfile.open(archive, "r|*") as tar:
        for member in tar:
            name = member.name.partition("/")[2]
            prefix = next((w for w in wanted if name.startswith(w + "/")), None)
            if prefix is None:
                if len(seen) == len(wanted):
                    return
                continue
            seen.add(prefix)
            if not member.isfile() or ".." in name.split("/"):
                continue
            path = os.path.join(target, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                shutil.copyfileobj(tar.extractfile(member), f)
    raise_missing(archive, wanted, seen)


def raise_missing(archive, wanted, seen):
    absent = [w for w in wanted if w not in seen]
    if absent:
        raise Problem("%s has no %s" % (os.path.basename(archive), ", ".join(absent)))
