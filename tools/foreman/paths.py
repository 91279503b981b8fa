"""Where things are. Everything that is generated stands under BUILD."""

import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
BUILD = os.path.join(ROOT, "build")

KERNEL = os.path.join(BUILD, "x86_64", "kernel.elf")
KERNEL_TEST = os.path.join(BUILD, "x86_64-test", "kernel.elf")
HOST = os.path.join(BUILD, "host", "wasmos")
HOST_ASAN = os.path.join(BUILD, "host-asan", "wasmos")
HOST_ASAN_TEST = os.path.join(BUILD, "host-asan-test", "wasmos")
IMAGE = os.path.join(BUILD, "image.tar")
ISO = os.path.join(BUILD, "wasmos.iso")
APPS = os.path.join(ROOT, "apps")


def rel(path):
    """The path as a reader in the project's root would write it."""
    return os.path.relpath(path, ROOT)


def find(folder, *endings, tests=False):
    """Files under ROOT/folder with one of the endings (all without any), relative to ROOT, in a fixed order.
    `*_test.c` are left out unless asked for. A folder that does not exist is empty."""
    found = []
    for where, folders, names in os.walk(os.path.join(ROOT, folder)):
        folders.sort()
        for name in sorted(names):
            stem, ending = os.path.splitext(name)
            if (ending in endings or not endings) and (tests or not stem.endswith("_test")):
                found.append(os.path.join(os.path.relpath(where, ROOT), name))
    return found
