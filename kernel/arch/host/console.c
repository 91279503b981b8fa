/* The terminal on descriptors 0 and 1, the log on 2, and the link to foreman. CPU 0 looks for
 * input: at its ticks, and while it is idle it waits for it. With a link, descriptor 0 is not ours.
 */
#include "kernel/arch/host/host.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

enum {
    INPUT_MAX = 512, /* bytes of console input at once */
    RETRY_MS = 10,   /* when the kernel has no room for input */
    END_OF_FILE_MS =
        20, /* at the end of piped input Ctrl-D is typed again and again while nothing runs */
    CTRL_D = 4,
    STATUS_LINK_LOST = 125,
};

static int link_fd = -1;
static uint32_t link_armed = 1; /* atomic: input is to be announced; not again before it was read */
static bool input_ended, end_due; /* CPU 0 */
static char last_byte = '\n';
static bool terminal_is_ours;
static struct termios terminal_before;

/* ---- output ---- */

/* Linux does not fault in guest memory that has no page yet. */
static void touch(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i += PAGE_SIZE)
        (void)*(const volatile char *)(text + i);
    if (len)
        (void)*(const volatile char *)(text + len - 1);
}

static void write_all(int fd, const char *text, size_t len)
{
    arch_irq_t irq;

    touch(text, len);
    irq = arch_irq_disable();
    while (len) {
        ssize_t n = write(fd, text, len);
        if (n > 0) {
            text += n;
            len -= (size_t)n;
        } else if (errno == EAGAIN) {
            struct pollfd p = {.fd = fd, .events = POLLOUT};
            poll(&p, 1, -1);
        } else if (errno != EINTR) {
            if (fd == link_fd)
                host_exit(STATUS_LINK_LOST);
            if (errno == EPIPE)
                host_exit(128 + SIGPIPE);
            break;
        }
    }
    arch_irq_restore(irq);
}

void arch_console_write(const char *text, size_t len)
{
    write_all(STDOUT_FILENO, text, len);
}

/* On a raw terminal a line ends with CR LF. */
void arch_log_write(const char *text, size_t len)
{
    while (terminal_is_ours && len) {
        const char *end = __builtin_memchr(text, '\n', len);
        size_t n = end ? (size_t)(end - text) : len;
        write_all(STDERR_FILENO, text, n);
        if (end)
            write_all(STDERR_FILENO, "\r\n", 2);
        n += end != NULL;
        text += n;
        len -= n;
    }
    write_all(STDERR_FILENO, text, len);
}

bool arch_console_has_screen(void)
{
    return false;
}

bool arch_screen(struct arch_screen *out UNUSED)
{
    return false;
}

void arch_screen_cursor(unsigned column UNUSED, unsigned row UNUSED) {}

/* ---- the terminal ---- */

void host_console_raw(void)
{
    struct termios raw = terminal_before;

    if (!terminal_is_ours)
        return;
    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

void host_console_restore(void)
{
    if (terminal_is_ours)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal_before);
}

void host_console_init(int fd)
{
    link_fd = fd;
    if (fd >= 0) {
        if (fcntl(fd, F_GETFD) < 0)
            host_fatal("--link: the descriptor is not open");
        return;
    }
    if (tcgetattr(STDIN_FILENO, &terminal_before) == 0) {
        terminal_is_ours = true;
        host_console_raw();
    }
}

/* ---- input ---- */

static bool wants_console(void)
{
    return link_fd < 0 && !input_ended && kernel_console_room() > 0;
}

static bool wants_link(void)
{
    return link_fd >= 0 && __atomic_load_n(&link_armed, __ATOMIC_SEQ_CST);
}

/* Fills p with what is to be waited for; how many. */
static nfds_t descriptors(struct pollfd p[2])
{
    nfds_t n = 0;

    if (wants_console())
        p[n++] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    if (wants_link())
        p[n++] = (struct pollfd){.fd = link_fd, .events = POLLIN};
    return n;
}

void host_console_wait(bool input, uint64_t deadline_ns, const void *unblocked)
{
    struct pollfd p[2];
    nfds_t n = input ? descriptors(p) : 0;
    uint64_t now = arch_clock_ns(), until = deadline_ns;
    struct timespec timeout;
    bool retry = input && link_fd < 0 && !n;
    int ready;

    if (retry)
        until = min_u64(until, now + NSEC_PER_MSEC * (input_ended ? END_OF_FILE_MS : RETRY_MS));
    until = max_u64(until, now) - now;
    timeout.tv_sec = (time_t)(until / NSEC_PER_SEC);
    timeout.tv_nsec = (long)(until % NSEC_PER_SEC);
    ready = ppoll(p, n, deadline_ns == UINT64_MAX && !retry ? NULL : &timeout, unblocked);
    if (ready > 0)
        host_pending_add(HOST_IRQ_INPUT);
    if (ready == 0 && retry) {
        end_due = input_ended;
        host_pending_add(HOST_IRQ_INPUT);
    }
}

/* A last line without an end is a line. Then Ctrl-D, for whoever reads next. */
static void pass_end(void)
{
    static const char ctrl_d = CTRL_D;

    end_due = false;
    if (last_byte != '\n' && kernel_console_room() > 0) {
        last_byte = '\n';
        kernel_console_input("\n", 1);
    }
    if (kernel_console_room() > 0)
        kernel_console_input(&ctrl_d, 1);
}

static void read_console(void)
{
    char bytes[INPUT_MAX];
    ssize_t n = read(STDIN_FILENO, bytes, min_u64(sizeof bytes, kernel_console_room()));

    if (n > 0) {
        last_byte = bytes[n - 1];
        kernel_console_input(bytes, (size_t)n);
    } else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
        input_ended = end_due = true;
    }
}

void host_console_poll(void)
{
    struct pollfd p[2];
    nfds_t n = descriptors(p);

    if (n && poll(p, n, 0) > 0) {
        for (nfds_t i = 0; i < n; i++) {
            if (!p[i].revents)
                continue;
            if (p[i].fd == link_fd) {
                __atomic_store_n(&link_armed, 0, __ATOMIC_SEQ_CST);
                kernel_link_input();
            } else {
                read_console();
            }
        }
    }
    if (end_due)
        pass_end();
}

/* ---- the link ---- */

bool arch_link_present(void)
{
    return link_fd >= 0;
}

size_t arch_link_write(const void *data, size_t len)
{
    write_all(link_fd, data, len);
    return len;
}

size_t arch_link_read(void *data, size_t max)
{
    arch_irq_t irq = arch_irq_disable();
    ssize_t n;

    do
        n = recv(link_fd, data, max, MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    if (n == 0 || (n < 0 && errno != EAGAIN))
        host_exit(STATUS_LINK_LOST); /* nobody is there any more to run for */
    if (n < 0) {
        __atomic_store_n(&link_armed, 1, __ATOMIC_SEQ_CST);
        if (arch_cpu())
            arch_cpu_kick(0); /* it may wait without looking at the link */
    }
    arch_irq_restore(irq);
    return n > 0 ? (size_t)n : 0;
}
