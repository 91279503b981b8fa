"""Boot archives: ustar files with nothing in them that depends on when or where they were made.

As a program: image.py OUT FILE… puts `….wasm` files into bin/ and files of rootfs/ where they stand there."""

import io
import os
import sys
import tarfile

BLOCK = 512


class Archive:
    """Writes a ustar archive; parents of an entry are added by themselves."""

    def __init__(self, out):
        self.tar = tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT, encoding="utf-8")
        self.folders = set()

    def _entry(self, name, kind, mode, mtime):
        self.folder(os.path.dirname(name))
        info = tarfile.TarInfo(name)
        info.type, info.mode, info.mtime = kind, mode, int(mtime)
        return info

    def _add(self, info, data=None):
        try:
            self.tar.addfile(info, data)
        except (ValueError, OverflowError) as e:
            raise ValueError("%s: cannot be put into an archive: %s" % (info.name, e)) from None

    def folder(self, name, mode=0o755, mtime=0):
        if name and name not in self.folders:
            self.folders.add(name)
            self._add(self._entry(name, tarfile.DIRTYPE, mode, mtime))

    def data(self, name, data, mode=0o644, mtime=0):
        info = self._entry(name, tarfile.REGTYPE, mode, mtime)
        info.size = len(data)
        self._add(info, io.BytesIO(data))

    def link(self, name, target, mtime=0):
        info = self._entry(name, tarfile.SYMTYPE, 0o777, mtime)
        info.linkname = target
        self._add(info)

    def file(self, name, path, mode=0o644, mtime=0):
        with open(path, "rb") as f:
            info = self._entry(name, tarfile.REGTYPE, mode, mtime)
            info.size = os.fstat(f.fileno()).st_size
            self._add(info, f)

    def close(self):
        self.tar.close()


def main(arguments):
    out, files = arguments[0], arguments[1:]
    with open(out + ".new", "wb") as f:
        archive = Archive(f)
        archive.folder("bin")
        for path in files:
            inside = os.path.relpath(path, "rootfs")
            if inside.startswith(".."):
                archive.file("bin/" + os.path.basename(path), path, 0o755)
            else:
                archive.file(inside, path, os.stat(path).st_mode & 0o755)
        archive.close()
    os.replace(out + ".new", out)


if __name__ == "__main__":
    main(sys.argv[1:])
