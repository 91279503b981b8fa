"""Where test programs are, and what several suites need."""

import os

from foreman.paths import BUILD

MACHINES = ("host", "qemu")
PARTS = ("kernel", "host", "host-asan", "image", "programs")


def program(name, folder="programs"):
    """The .wasm of tests/FOLDER/NAME.c."""
    return os.path.join(BUILD, "tests", folder, name + ".wasm")


def write(folder, name, data):
    """A file with some bytes or text, and folders on the way."""
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data.encode() if isinstance(data, str) else data)
    return path


def read(folder, name):
    """The file's bytes, None if there is none."""
    try:
        with open(os.path.join(folder, name), "rb") as f:
            return f.read()
    except FileNotFoundError:
        return None


def bin_folder(folder, names, source="programs"):
    """A folder with test programs, to be given as --dir FOLDER::/t."""
    for name in names:
        with open(program(name, source), "rb") as f:
            write(folder, name + ".wasm", f.read())
    return folder
