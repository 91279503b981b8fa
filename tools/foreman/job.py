"""A one-shot run: the job archive that tells the kernel what to run, and what comes back from its `--dir`
folders. docs/exec.md is the contract."""

import os
import shutil
import stat
import tarfile

from .image import Archive
from .ui import Problem

CHUNK = 1 << 20


class Job:
    """args and env are lists of strings; program: a .wasm file of the host or None; dirs: (host, guest)."""

    def __init__(self, args, env=(), timeout_s=None, program=None, dirs=()):
        self.args, self.env, self.timeout_s = list(args), list(env), timeout_s
        self.program, self.dirs = program, list(dirs)

    def write(self, out):
        """The job archive, into an open file."""
        archive = Archive(out)
        archive.data("job/args", _block(self.args))
        archive.data("job/env", _block(self.env))
        archive.data("job/timeout_ms", b"%d" % max(1, round(self.timeout_s * 1000)) if self.timeout_s else b"0")
        if self.program:
            archive.file("job/program.wasm", self.program, 0o755)
        if self.dirs:
            archive.data("job/dirs", _block([guest for _, guest in self.dirs]))
        for number, (host, _) in enumerate(self.dirs):
            _add_tree(archive, host, "job/dir/%d" % number)
        archive.close()


def _block(words):
    return b"".join(os.fsencode(w) + b"\0" for w in words)


def _add_tree(archive, host, inside):
    """A folder with everything under it. What is neither file, folder nor symbolic link is left out."""
    try:
        found = os.stat(host)
        archive.folder(inside, stat.S_IMODE(found.st_mode), found.st_mtime)
        for where, folders, names in os.walk(host):
            folders.sort()
            for name in sorted(folders + names):
                path = os.path.join(where, name)
                _add(archive, path, inside + "/" + os.path.relpath(path, host))
    except (OSError, ValueError) as e:
        raise Problem("--dir %s: %s" % (host, e)) from None


def _add(archive, path, name):
    found = os.lstat(path)
    mode, mtime = stat.S_IMODE(found.st_mode), found.st_mtime
    if stat.S_ISLNK(found.st_mode):
        archive.link(name, os.readlink(path), mtime)
    elif stat.S_ISDIR(found.st_mode):
        archive.folder(name, mode, mtime)
    elif stat.S_ISREG(found.st_mode):
        archive.file(name, path, mode, mtime)


class WriteBack:
    """Puts what the guest changed into the host's folders. The guest is not trusted: a path is walked name by
    name from the folder, never through a symbolic link, never through `..`."""

    def __init__(self, dirs):
        self.hosts = [host for host, _ in dirs]

    def _split(self, path):
        """(folder of the host, names under it)."""
        names = [n for n in path.split("/") if n not in ("", ".")]
        if not names or not names[0].isdigit() or int(names[0]) >= len(self.hosts) or ".." in names:
            raise ValueError("`%s` is not under a --dir" % path)
        return self.hosts[int(names[0])], names[1:]

    @staticmethod
    def _open_parent(host, names):
        """A descriptor of the folder that holds the last name; missing folders on the way are made."""
        fd = os.open(host, os.O_RDONLY | os.O_DIRECTORY)
        for name in names[:-1]:
            try:
                try:
                    os.mkdir(name, 0o755, dir_fd=fd)
                except FileExistsError:
                    pass
                below = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=fd)
            finally:
                os.close(fd)
            fd = below
        return fd

    def remove(self, path):
        host, names = self._split(path)
        if not names:
            raise ValueError("`%s` is a --dir itself" % path)
        fd = self._open_parent(host, names)
        try:
            self._unlink(fd, names[-1])
        finally:
            os.close(fd)

    @staticmethod
    def _unlink(fd, name):
        try:
            if stat.S_ISDIR(os.lstat(name, dir_fd=fd).st_mode):
                shutil.rmtree("/proc/self/fd/%d/%s" % (fd, name))
            else:
                os.unlink(name, dir_fd=fd)
        except FileNotFoundError:
            pass

    def unpack(self, spool):
        """Applies the archive of new and changed files."""
        with tarfile.open(fileobj=spool, mode="r:", encoding="utf-8", errors="surrogateescape") as tar:
            for member in tar:
                host, names = self._split(member.name)
                if not names:
                    continue
                fd = self._open_parent(host, names)
                try:
                    self._place(tar, member, fd, names[-1])
                finally:
                    os.close(fd)

    def _place(self, tar, member, fd, name):
        try:
            there = os.lstat(name, dir_fd=fd).st_mode
        except FileNotFoundError:
            there = 0
        if member.isdir():
            if not stat.S_ISDIR(there):
                self._unlink(fd, name)
                os.mkdir(name, (member.mode & 0o777) | 0o700, dir_fd=fd)
            return
        if there and not (stat.S_ISREG(there) and member.isreg()):
            self._unlink(fd, name)
        if member.issym():
            os.symlink(member.linkname, name, dir_fd=fd)
        elif member.isreg():
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
            with os.fdopen(os.open(name, flags, member.mode & 0o777 or 0o644, dir_fd=fd), "wb") as out:
                shutil.copyfileobj(tar.extractfile(member), out, CHUNK)
                os.utime(out.fileno(), (member.mtime, member.mtime))
