"""What programs in some languages need beyond what the kernel is built with. A machine that lacks it builds everything
else, and says what was left out and why."""

import os

from . import asc, describe_as, describe_rust, packages
from .ui import Problem, error, say


class Toolchain:
    """The language's name for people; the distribution's packages; missing(): why there is no compiler, or None;
    install(): fetches what is no package of the distribution's; main: the source that every application has, or None."""

    def __init__(self, language, needs, missing, install=lambda: None, main=None):
        self.language, self.packages, self.missing, self.install, self.main = language, needs, missing, install, main


def over_wasi(language, needs):
    """The distribution's libraries, of an application that says `libc = "wasi"`."""

    def missing():
        absent = packages.missing(needs)
        return packages.advice(absent) if absent else None

    return Toolchain(language + " over wasi-libc", needs, missing)


TOOLCHAINS = {    # by App.toolchain
    "wasi-c": over_wasi("C", packages.WASI_C),
    "wasi-cpp": over_wasi("C++", packages.WASI_CPP),
    "rust": Toolchain("Rust", packages.RUST, describe_rust.missing, main=describe_rust.MAIN),
    "as": Toolchain("AssemblyScript", packages.NODE, asc.missing, asc.install, describe_as.MAIN),
}


def used(apps):
    """The toolchains that these applications need."""
    names = {a.toolchain for a in apps if not a.error}
    return [t for name, t in TOOLCHAINS.items() if name in names]


def install_packages(apps):
    """Installs the distribution's packages for these applications' languages; goes on without if that fails."""
    for toolchain in used(apps):
        try:
            packages.install(toolchain.packages)
        except Problem as e:
            error(str(e))
            say("Going on without: applications in %s are left out." % toolchain.language)


def prepare(names):
    """Fetches the compilers for these toolchains, as far as their packages are there. What fails is said, and in the
    way only of what needs it."""
    for name in names:
        toolchain = TOOLCHAINS[name]
        if not packages.missing(toolchain.packages) and toolchain.missing():
            try:
                toolchain.install()
            except Problem as e:
                error(str(e))


def check(apps):
    """Marks the applications that cannot be built: for good where their first source is missing, and here and now where
    their language's compiler is."""
    reasons = {name: t.missing() for name, t in TOOLCHAINS.items() if any(a.toolchain == name for a in apps)}
    for a in apps:
        toolchain = TOOLCHAINS.get(a.toolchain)
        if not toolchain or a.error:
            continue
        if toolchain.main and toolchain.main not in [os.path.relpath(s, a.folder) for s in a.sources]:
            a.error = "%s: %s is missing; an application in %s begins there" % (a.toml, toolchain.main, toolchain.language)
        elif reasons[a.toolchain]:
            a.lacking = reasons[a.toolchain]
