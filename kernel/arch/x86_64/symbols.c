/* Names of kernel functions and stack walks. The table is made from the linked kernel by
 * tools/symbols.py and linked in behind the text: a count, the functions' offsets from
 * kernel_text_start in rising order, where each name begins, the names. Without the table every
 * name is unknown. */
#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/layout.h"

extern const uint32_t kernel_symbols_start[], kernel_symbols_end[];
extern const uint8_t kernel_text_start[], kernel_text_end[];

#define FRAMES_MAX 64

static bool in_text(uint64_t pc)
{
    return pc >= (uint64_t)kernel_text_start && pc < (uint64_t)kernel_text_end;
}

const char *arch_symbol(uint64_t pc, uint64_t *out_offset)
{
    const uint32_t *table = kernel_symbols_start, *names;
    uint32_t n, offset, low = 0, high;
    if ((uint64_t)kernel_symbols_end == (uint64_t)kernel_symbols_start || !in_text(pc))
        return NULL;
    n = table[0];
    names = table + 1 + n;
    offset = (uint32_t)(pc - (uint64_t)kernel_text_start);
    for (high = n; low < high;) { /* first function behind pc */
        uint32_t middle = low + (high - low) / 2;
        if (table[1 + middle] <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    *out_offset = offset - table[low];
    return (const char *)(names + n) + names[low - 1];
}

/* 16 bytes at va may be read without a fault. */
static bool readable(uint64_t va)
{
    uint64_t bytes;
    return !(va & 7) && va <= UINT64_MAX - 16 && pt_lookup_current(va, &bytes) &&
           pt_lookup_current(va + 15, &bytes);
}

void arch_backtrace(const struct arch_regs *regs, void (*frame)(uint64_t pc))
{
    uint64_t fp = regs ? regs->gpr[5] : (uint64_t)__builtin_frame_address(0);
    if (regs) {
        frame(regs->pc);
        if (!in_text(regs->pc) && readable(regs->gpr[4]) && in_text(*(uint64_t *)regs->gpr[4]))
            frame(*(uint64_t *)regs->gpr[4] - 1); /* a wild call: its caller */
    }
    for (unsigned i = 0; i < FRAMES_MAX && readable(fp); i++) {
        const uint64_t *f = (const uint64_t *)fp;
        if (!in_text(f[1]))
            break;
        frame(f[1] - 1); /* inside the call, which may be the function's last instruction */
        if (f[0] <= fp)
            break; /* the outermost frame, or nonsense: stacks grow down */
        fp = f[0];
    }
}
