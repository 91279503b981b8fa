/* Output goes straight into the transmitter's FIFO while it takes it; what it does not take at once
 * waits in a ring that the interrupt empties. A full ring is drained by polling: no byte is ever
 * dropped. */
#include "kernel/arch/x86_64/serial.h"

#include "kernel/arch/x86_64/apic.h"
#include "kernel/arch/x86_64/time.h"
#include "kernel/arch/x86_64/trap.h"
#include "kernel/arch/x86_64/x86.h"
#include "kernel/core/spinlock.h"

#define COM1       0x3f8
#define COM1_LINE  4
#define REG_DATA   (COM1 + 0)
#define REG_IER    (COM1 + 1)
#define REG_FCR    (COM1 + 2)
#define REG_IIR    (COM1 + 2)
#define REG_LCR    (COM1 + 3)
#define REG_MCR    (COM1 + 4)
#define REG_LSR    (COM1 + 5)
#define REG_MSR    (COM1 + 6)
#define FCR_ENABLE 1 /* interrupt from the first byte */
#define IER_RX     1
#define IER_TX     2
#define LSR_RX     0x01
#define LSR_TX     0x20
#define LSR_IDLE   0x40
#define IIR_FIFO   0xc0
#define FIFO_BYTES 16
#define RING_BYTES 4096
#define INPUT_MAX  64 /* bytes handed up at once */
#define ROUNDS_MAX 64 /* of INPUT_MAX bytes, per interrupt: a stuck port must not hold the CPU */
#define POLL_MAX   (1u << 20)
#define EARLY_MAX  64                  /* bytes that may have come before the FIFO is on */
#define RESUME_NS  (5 * NSEC_PER_MSEC) /* how often to look for room while input waits */

static struct spinlock lock; /* guards the ring and the transmitter */
static char ring[RING_BYTES];
static unsigned ring_head, ring_tail; /* free running; head - tail bytes are waiting */
static bool present, interrupts, emergency;
static unsigned fifo_bytes = 1;
static char early[EARLY_MAX];
static size_t early_len;
static bool paused; /* the kernel has no room for input: the port keeps it */

/* Switching the FIFOs on empties them, so what has come before is taken out. If it does not end
 * (input from a file), the port stays without FIFOs: each byte then waits for the one before. */
static void enable_fifo(void)
{
    if ((inb(REG_IIR) & IIR_FIFO) == IIR_FIFO || inb(REG_LSR) == 0xff)
        return;
    while (early_len < EARLY_MAX && (inb(REG_LSR) & LSR_RX))
        early[early_len++] = (char)inb(REG_DATA);
    if (!(inb(REG_LSR) & LSR_RX))
        outb(REG_FCR, FCR_ENABLE);
}

void serial_init(void)
{
    outb(REG_IER, 0);
    outb(REG_LCR, 0x80); /* divisor latch */
    outb(REG_DATA, 1);   /* 115200 baud */
    outb(REG_IER, 0);
    outb(REG_LCR, 3); /* 8 bits, no parity, 1 stop bit */
    enable_fifo();
    outb(REG_MCR, 0x0b); /* DTR, RTS, OUT2: interrupts reach the controller */
    present = inb(REG_LCR) == 3 && inb(REG_LSR) != 0xff;
    if ((inb(REG_IIR) & IIR_FIFO) == IIR_FIFO)
        fifo_bytes = FIFO_BYTES;
}

/* Moves from the ring to the FIFO what it takes now. */
static void feed(void)
{
    while (ring_head != ring_tail && (inb(REG_LSR) & LSR_TX))
        for (unsigned i = 0; i < fifo_bytes && ring_head != ring_tail; i++)
            outb(REG_DATA, (uint8_t)ring[ring_tail++ % RING_BYTES]);
}

/* Waits until the transmitter takes bytes; gives up on a port that never does. */
static void wait_transmitter(void)
{
    for (unsigned i = 0; i < POLL_MAX && !(inb(REG_LSR) & LSR_TX); i++)
        cpu_pause();
}

static void drain(void)
{
    while (ring_head != ring_tail) {
        unsigned before = ring_tail;
        wait_transmitter();
        feed();
        if (ring_tail == before) { /* dead: forget it */
            ring_tail = ring_head;
            present = false;
        }
    }
}

static void put(char c)
{
    if (ring_head - ring_tail == RING_BYTES) {
        feed();
        if (ring_head - ring_tail == RING_BYTES)
            drain();
    }
    ring[ring_head++ % RING_BYTES] = c;
}

/* Enabled interrupts; off for a moment, so that a cause still pending makes a new edge. Locked. */
static void set_interrupts(void)
{
    outb(REG_IER, 0);
    outb(REG_IER, (paused ? 0 : IER_RX) | (ring_head != ring_tail ? IER_TX : 0));
}

static void write_locked(const char *text, size_t len)
{
    for (size_t i = 0; i < len && present; i++)
        put(text[i]);
    feed();
    if (emergency || !interrupts)
        drain();
    else if (ring_head != ring_tail)
        outb(REG_IER, (paused ? 0 : IER_RX) | IER_TX);
}

void arch_console_write(const char *text, size_t len)
{
    arch_irq_t irq;
    if (!present)
        return;
    if (emergency) {
        write_locked(text, len);
        return;
    }
    irq = spin_lock(&lock);
    write_locked(text, len);
    spin_unlock(&lock, irq);
}

/* Log lines end in a bare newline. */
void arch_log_write(const char *text, size_t len)
{
    size_t start = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '\n')
            continue;
        arch_console_write(text + start, i - start);
        arch_console_write("\r\n", 2);
        start = i + 1;
    }
    arch_console_write(text + start, len - start);
}

void serial_emergency(void)
{
    emergency = true;
    if (present)
        outb(REG_IER, 0);
}

void serial_flush(void)
{
    arch_irq_t irq;
    if (!present)
        return;
    irq = arch_irq_disable();
    drain();
    for (unsigned i = 0; i < POLL_MAX && !(inb(REG_LSR) & LSR_IDLE); i++)
        cpu_pause();
    arch_irq_restore(irq);
}

static void service(void);

/* Hands up what has arrived, as far as there is room; the rest stays in the port, whose sender
 * waits. */
static void receive(void)
{
    char text[INPUT_MAX];
    if (early_len && kernel_console_room() >= early_len) {
        kernel_console_input(early, early_len);
        early_len = 0;
    }
    for (unsigned round = 0; round < ROUNDS_MAX; round++) {
        size_t n = 0, room = early_len ? 0 : kernel_console_room();
        while (n < INPUT_MAX && n < room && (inb(REG_LSR) & LSR_RX))
            text[n++] = (char)inb(REG_DATA);
        if (n)
            kernel_console_input(text, n);
        paused = room == 0;
        if (n < INPUT_MAX)
            break;
    }
    if (paused)
        time_call_at(TIME_SERIAL, arch_clock_ns() + RESUME_NS, service);
}

static void service(void)
{
    arch_irq_t irq;
    receive();
    irq = spin_lock(&lock);
    feed();
    set_interrupts();
    spin_unlock(&lock, irq);
}

static void serial_interrupt(void *arg UNUSED)
{
    (void)inb(REG_IIR); /* acknowledges an empty transmitter */
    service();
}

void serial_enable_interrupts(void)
{
    if (!present)
        return;
    irq_handle(VECTOR_ISA + COM1_LINE, serial_interrupt, NULL);
    irq_enable_isa(COM1_LINE);
    (void)inb(REG_MSR);
    (void)inb(REG_IIR);
    interrupts = true;
    outb(REG_IER, IER_RX);
    if (early_len)
        time_call_at(TIME_SERIAL, arch_clock_ns() + RESUME_NS, service);
}
