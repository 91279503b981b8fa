"""iso.py OUT KERNEL IMAGE: a disc that boots by BIOS and by UEFI through GRUB."""

import os
import shutil
import subprocess
import sys

GRUB_CFG = """\
set timeout=0
set gfxpayload=%s
serial --unit=0 --speed=115200
terminal_output console
menuentry "WasmOS" {
    insmod all_video
    multiboot2 /boot/kernel.elf
    module2 /boot/image.tar
    boot
}
"""


def main(arguments):
    out, kernel, image = arguments
    root = out + ".root"
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(os.path.join(root, "boot", "grub"))
    shutil.copyfile(kernel, os.path.join(root, "boot", "kernel.elf"))
    shutil.copyfile(image, os.path.join(root, "boot", "image.tar"))
    with open(os.path.join(root, "boot", "grub", "grub.cfg"), "w", encoding="ascii") as f:
        f.write(GRUB_CFG % "auto")
    done = subprocess.run(
        ["grub-mkrescue", "-o", out + ".new", root], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        sys.stdout.buffer.write(done.stdout)
        return 1
    shutil.rmtree(root)
    os.replace(out + ".new", out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
