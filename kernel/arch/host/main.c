/* The kernel as a Linux program: wasmos [--module FILE]... [--link FD] [--mem SIZE] [--smp N]
 * [--append WORDS]. */
#include "kernel/arch/host/host.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORY_DEFAULT (512 * MIB)
#define MEMORY_MIN     (8 * MIB)
#define MEMORY_MAX     (1024 * GIB)

enum { COMMAND_LINE_MAX = 1024, STATUS_USAGE = 2 };

struct arch_boot arch_boot = {.command_line = "", .ncpus = 1, .machine = "host"};
char **host_argv;

static const char usage[] = "usage: wasmos [--module FILE]... [--link FD] [--mem SIZE[K|M|G]] "
                            "[--smp N] [--append COMMAND-LINE]\n";

NORETURN static void wrong(const char *what, const char *word)
{
    fprintf(stderr, "wasmos: %s: %s\n%s", what, word, usage);
    exit(STATUS_USAGE);
}

static uint64_t parse_number(const char *text, const char **out_end)
{
    char *end;
    unsigned long long n;

    errno = 0;
    n = strtoull(text, &end, 10);
    *out_end = end;
    if (errno || end == text || *text == '-')
        *out_end = "?"; /* not the end of a good number */
    return n;
}

static uint64_t parse_size(const char *text)
{
    const char *end;
    uint64_t n = parse_number(text, &end), unit = MIB;

    if (*end == 'K' || *end == 'k')
        unit = KIB, end++;
    else if (*end == 'M' || *end == 'm')
        end++;
    else if (*end == 'G' || *end == 'g')
        unit = GIB, end++;
    if (*end || n > MEMORY_MAX / unit || n * unit < MEMORY_MIN)
        wrong("not a size from 8M to 1024G", text);
    return align_down(n * unit, PAGE_SIZE);
}

static unsigned parse_range(const char *text, unsigned min, unsigned max)
{
    const char *end;
    uint64_t n = parse_number(text, &end);

    if (*end || n < min || n > max)
        wrong("not a number in range", text);
    return (unsigned)n;
}

static void module_add(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *p;

    if (arch_boot.nmodules == ARRAY_LEN(arch_boot.modules))
        wrong("too many modules", path);
    if (fd < 0 || fstat(fd, &st)) {
        fprintf(stderr, "wasmos: %s: %s\n", path, strerror(errno));
        exit(STATUS_USAGE);
    }
    if (st.st_size == 0)
        return;
    p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        wrong("cannot be mapped", path);
    close(fd);
    arch_boot.modules[arch_boot.nmodules++] = (struct arch_module){p, (uint64_t)st.st_size};
}

static void append(const char *words)
{
    static char line[COMMAND_LINE_MAX];
    size_t len = strlen(line);

    if (len + strlen(words) + 2 > sizeof line)
        wrong("command line too long", words);
    snprintf(line + len, sizeof line - len, "%s%s", len ? " " : "", words);
    arch_boot.command_line = line;
}

int main(int argc, char **argv)
{
    uint64_t memory = MEMORY_DEFAULT;
    int link = -1;

    host_argv = argv;
    host_time_init();
    for (int i = 1; i < argc; i += 2) {
        const char *option = argv[i], *value = argv[i + 1];
        if (!value)
            wrong("unknown option or missing value", option);
        if (!strcmp(option, "--module"))
            module_add(value);
        else if (!strcmp(option, "--link"))
            link = (int)parse_range(value, 0, INT_MAX);
        else if (!strcmp(option, "--mem"))
            memory = parse_size(value);
        else if (!strcmp(option, "--smp"))
            arch_boot.ncpus = parse_range(value, 1, CPU_MAX);
        else if (!strcmp(option, "--append"))
            append(value);
        else
            wrong("unknown option", option);
    }
    host_perf_init();
    host_memory_init(memory);
    host_signals_init();
    host_console_init(link);
    host_cpu_enter(0);
    kernel_main();
}

#ifdef SANITIZE_ADDRESS
/* Stacks are switched, faults are handled and memory is never given back at the end. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_stack_use_after_return=0:detect_leaks=0:use_sigaltstack=0:handle_segv=0:handle_"
           "sigbus=0:"
           "handle_sigfpe=0:handle_sigill=0:handle_abort=0:allow_user_segv_handler=1:abort_on_"
           "error=0:exitcode=99";
}
#endif
