/* Backtraces with names from this program's own symbol table, and the ways out. */
#include "kernel/arch/host/host.h"

#include <elf.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATUS_PANIC = 103, FRAMES_MAX = 64 };

extern const Elf64_Ehdr __ehdr_start; /* where the program was loaded */

/* The program's file, mapped; NULL if it cannot be read. */
static const char *image(void)
{
    static const char *mapped;
    struct stat st;
    void *p;
    int fd;

    if (mapped)
        return mapped;
    fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    p = fstat(fd, &st) ? MAP_FAILED : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (p != MAP_FAILED)
        mapped = p;
    return mapped;
}

static const Elf64_Shdr *symbol_section(const char *file)
{
    const Elf64_Ehdr *e = (const Elf64_Ehdr *)file;
    const Elf64_Shdr *sections = (const Elf64_Shdr *)(file + e->e_shoff);

    for (int i = 0; i < e->e_shnum; i++)
        if (sections[i].sh_type == SHT_SYMTAB)
            return &sections[i];
    return NULL;
}

const char *arch_symbol(uint64_t pc, uint64_t *out_offset)
{
    const char *file = image();
    const Elf64_Shdr *table = file ? symbol_section(file) : NULL;
    uint64_t at = pc - (uint64_t)&__ehdr_start;
    const Elf64_Sym *symbols;

    if (!table)
        return NULL;
    symbols = (const Elf64_Sym *)(file + table->sh_offset);
    for (uint64_t i = 0; i < table->sh_size / sizeof *symbols; i++) {
        const Elf64_Sym *s = &symbols[i];
        const Elf64_Shdr *strings;
        if (ELF64_ST_TYPE(s->st_info) != STT_FUNC || at - s->st_value >= s->st_size)
            continue;
        strings = (const Elf64_Shdr *)(file + ((const Elf64_Ehdr *)file)->e_shoff) + table->sh_link;
        *out_offset = at - s->st_value;
        return file + strings->sh_offset + s->st_name;
    }
    return NULL;
}

/* [*lo, *hi): the stack that `fp` lies on, a kernel stack or that of the Linux thread. */
static bool stack_bounds(uint64_t fp, uint64_t *lo, uint64_t *hi)
{
    uint64_t top = (uint64_t)HOST_TLS_LOAD_PTR(host_kstack_top);
    pthread_attr_t attr;
    size_t bytes;
    void *bottom;

    *lo = top - KSTACK_SIZE / 2;
    *hi = *lo + KSTACK_SIZE;
    if (top && fp >= *lo && fp < *hi)
        return true;
    if (pthread_getattr_np(pthread_self(), &attr))
        return false;
    pthread_attr_getstack(&attr, &bottom, &bytes);
    pthread_attr_destroy(&attr);
    *lo = (uint64_t)bottom;
    *hi = *lo + bytes;
    return fp >= *lo && fp < *hi;
}

__attribute__((no_sanitize("address"))) void arch_backtrace(const struct arch_regs *regs,
                                                            void (*frame)(uint64_t pc))
{
    uint64_t fp = regs ? regs->gpr[5] : (uint64_t)__builtin_frame_address(0), lo, hi;

    if (regs)
        frame(regs->pc);
    for (int i = 0; i < FRAMES_MAX; i++) {
        const uint64_t *f = (const uint64_t *)fp;
        if (fp % 8 || !stack_bounds(fp, &lo, &hi) || hi - fp < 16 || !f[1])
            return;
        frame(f[1]);
        if (f[0] <= fp)
            return;
        fp = f[0];
    }
}

void host_exit(int status)
{
    host_console_restore();
    _exit(status);
}

void arch_power_off(int status)
{
    host_exit(status & 0xff);
}

void arch_panic_begin(void) {}

void arch_panic_stop(void)
{
    host_exit(STATUS_PANIC);
}

/* The program starts itself again. Signal masks and ignored signals are what Linux hands on. */
void arch_reboot(void)
{
    arch_irq_disable();
    host_console_restore();
    execv("/proc/self/exe", host_argv);
    host_exit(STATUS_PANIC);
}

void host_fatal(const char *what)
{
    host_console_restore();
    fprintf(stderr, "wasmos: %s\n", what);
    _exit(STATUS_PANIC);
}
