"""The verifier of machine code (docs/verifier.md): its decoder reads what LLVM's disassembler reads, and mutants of
compiled code that it accepts do no harm."""

import os
import re
import subprocess

from foreman import packages
from foreman.paths import BUILD
from foreman.testing import Failed, Suite

from . import spec

SUITE = Suite("the verifier of machine code against a disassembler and mutants", parts=("tools",))
FORMS = 60000
FEATURES = "+avx2,+bmi,+bmi2,+fma,+lzcnt,+popcnt"
REGISTERS = "rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15".split()
WIDTHS = {"byte": 1, "word": 2, "dword": 4, "qword": 8, "xmmword": 16}
OPERAND = re.compile(r"(?:(\w+) ptr )?\[([^\]]*)\]")
NO_INDEX = re.compile(r" \+ (\d\*)?riz|^(\d\*)?riz( \+ )?")
SEPARATOR = "int3"
MUTANTS, MODULES, SEEDS = 60, 250, (1, 2)
PASSED = re.compile(r"(\d+) tried, (\d+) accepted")


def operand_text(numbers):
    """The memory operand that our decoder has found, as the disassembler writes it."""
    _, base, index, scale, disp = numbers
    parts = []
    if base == 17:
        parts.append("rip")
    elif base < 16:
        parts.append(REGISTERS[base])
    if index < 16:
        parts.append((("%d*" % (1 << scale)) if scale or base == 16 else "") + REGISTERS[index])
    text = " + ".join(parts)
    if not parts:
        return str(disp)
    return text + (" %s %d" % ("+-"[disp < 0], abs(disp)) if disp else "")


def check_form(line, words):
    found = [w.partition("#")[0].strip() for w in words if w != "lock"]
    if len(found) != 1:
        raise Failed("%s is not one instruction: %s" % (line, words))
    code, _, ours = line.partition("#")
    operand = OPERAND.search(found[0])
    if bool(ours) != bool(operand):
        raise Failed("%s: %s" % (line, found[0]))
    if not ours:
        return
    numbers = [int(n) for n in ours.split()]
    text = NO_INDEX.sub("", operand[2]).replace(" ", "")
    if text != operand_text(numbers).replace(" ", ""):
        raise Failed("%s: %s is not %s" % (code, text, operand_text(numbers)))
    width = WIDTHS.get(operand[1] or "")
    if width and width != numbers[0] and not found[0].startswith("nop"):
        raise Failed("%s: %s has %d bytes, not %d" % (code, found[0], width, numbers[0]))


@SUITE.test(limit_s=120)
def the_decoder_agrees_with_a_disassembler(t):
    verify = os.path.join(BUILD, "tools", "verify")
    lines = t.run([verify, "--forms", str(FORMS)]).expect().out.decode().splitlines()
    command = [packages.tool("llvm-mc"), "--disassemble", "-triple=x86_64", "-mattr=" + FEATURES, "--output-asm-variant=1"]
    text = "".join(line.partition("#")[0] + "\n0xcc\n" for line in lines)
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    words, at = [], 0
    for word in (w.strip() for w in done.stdout.splitlines()):
        if word == SEPARATOR:
            check_form(lines[at], words)
            words, at = [], at + 1
        elif word and not word.startswith("."):
            words.append(word)
    if at != FORMS:
        raise Failed("%d of %d lines came back\n%s" % (at, FORMS, done.stderr[:2000]))


def modules():
    """A part of the specification's modules: those with much code."""
    found = []
    top, _ = spec.scripts()
    for folder, _, names in os.walk(top):
        found += [os.path.join(folder, n) for n in names if n.endswith(".wasm")]
    found.sort(key=lambda path: (-os.path.getsize(path), path))
    return found[:MODULES]


def mutants(t, seed):
    tool = os.path.join(BUILD, "tools", "mutants")
    done = t.run([tool, "--count", str(MUTANTS), "--seed", str(seed)] + modules())
    done.expect()
    tried, accepted = (sum(int(m[k]) for m in PASSED.finditer(done.out.decode())) for k in (1, 2))
    if accepted < 100 or accepted > tried / 2:
        raise Failed("%d of %d mutants were accepted" % (accepted, tried))


for each in SEEDS:
    SUITE.add("accepted-mutants-do-no-harm-%d" % each, mutants, each, limit_s=300)
