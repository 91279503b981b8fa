#include "kernel/arch/x86_64/link.h"

#include "base/string.h"
#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/time.h"
#include "kernel/arch/x86_64/trap.h"
#include "kernel/arch/x86_64/virtio.h"
#include "kernel/arch/x86_64/x86.h"
#include "kernel/core/spinlock.h"

#define VIRTIO_VENDOR   0x1af4
#define CONSOLE_MODERN  0x1043
#define CONSOLE_OLD     0x1003 /* transitional: may have the modern registers as well */
#define QUEUE_RECEIVE   0
#define QUEUE_SEND      1
#define BUFFER_BYTES    4096
#define RECEIVE_BUFFERS 4
#define NO_VECTOR       0xffff
#define POLL_NS         (5 * NSEC_PER_MSEC)
#define FLUSH_NS        (5 * NSEC_PER_SEC)

_Static_assert(VIRTQ_SIZE <= 32, "free buffers are bits of a word");

static struct virtio_device device;
static bool present;

/* Sending: a buffer for each descriptor. */
static struct spinlock send_lock; /* guards the queue and send_free */
static struct virtq send_queue;
static uint8_t *send_buffers;
static uint32_t send_free; /* bit i: buffer i is ours */

/* Receiving: the buffer being read, if any; it goes back to the device once it is empty. */
static struct spinlock receive_lock; /* guards all of it */
static struct virtq receive_queue;
static uint8_t *receive_buffers;
static bool reading;
static unsigned read_buffer;
static uint32_t read_at, read_len;

bool arch_link_present(void)
{
    return present;
}

/* ---- receiving ---- */

static void offer_receive(unsigned i)
{
    volatile struct virtq_desc *d = &receive_queue.desc[i];
    d->address = arch_direct_to_paddr(receive_buffers + i * BUFFER_BYTES);
    d->len = BUFFER_BYTES;
    d->flags = VIRTQ_DEVICE_WRITES;
    virtq_offer(&receive_queue, i);
}

/* Makes a buffer with unread bytes the current one; false: nothing has come. */
static bool next_buffer(void)
{
    while (!reading || read_at == read_len) {
        if (reading) {
            reading = false;
            offer_receive(read_buffer);
            virtq_kick(&receive_queue);
        }
        if (!virtq_take(&receive_queue, &read_buffer, &read_len))
            return false;
        read_buffer %= RECEIVE_BUFFERS;
        read_len = read_len < BUFFER_BYTES ? read_len : BUFFER_BYTES;
        read_at = 0;
        reading = true;
    }
    return true;
}

size_t arch_link_read(void *data, size_t max)
{
    size_t done = 0;
    arch_irq_t irq;
    if (!present)
        return 0;
    irq = spin_lock(&receive_lock);
    while (done < max && next_buffer()) {
        size_t n = min_u64(max - done, read_len - read_at);
        memcpy((uint8_t *)data + done, receive_buffers + read_buffer * BUFFER_BYTES + read_at, n);
        read_at += (uint32_t)n;
        done += n;
    }
    spin_unlock(&receive_lock, irq);
    return done;
}

static void link_interrupt(void *arg UNUSED)
{
    kernel_link_input();
}

/* Machines without message interrupts. */
static void link_poll(void)
{
    kernel_link_input();
    time_call_at(TIME_LINK, arch_clock_ns() + POLL_NS, link_poll);
}

/* ---- sending ---- */

static void reclaim(void)
{
    unsigned i;
    uint32_t len;
    while (virtq_take(&send_queue, &i, &len))
        send_free |= 1u << i;
}

/* Fills free buffers and hands them over with one notification; how many bytes went. */
static size_t send_some(const uint8_t *data, size_t len)
{
    size_t done = 0;
    arch_irq_t irq = spin_lock(&send_lock);
    reclaim();
    while (done < len && send_free) {
        unsigned i = (unsigned)__builtin_ctz(send_free);
        size_t n = min_u64(len - done, BUFFER_BYTES);
        send_free &= ~(1u << i);
        memcpy(send_buffers + i * BUFFER_BYTES, data + done, n);
        send_queue.desc[i].address = arch_direct_to_paddr(send_buffers + i * BUFFER_BYTES);
        send_queue.desc[i].len = (uint32_t)n;
        send_queue.desc[i].flags = 0;
        virtq_offer(&send_queue, i);
        done += n;
    }
    if (done)
        virtq_kick(&send_queue);
    spin_unlock(&send_lock, irq);
    return done;
}

size_t arch_link_write(const void *data, size_t len)
{
    size_t done = 0;
    if (!present)
        return 0;
    while (done < len) {
        size_t n = send_some((const uint8_t *)data + done, len - done);
        done += n;
        if (n == 0)
            cpu_pause();
    }
    return len;
}

void link_device_flush(void)
{
    uint64_t end = arch_clock_ns() + FLUSH_NS;
    bool busy = present;
    while (busy && arch_clock_ns() < end) {
        arch_irq_t irq = spin_lock(&send_lock);
        reclaim();
        busy = send_free != (1u << VIRTQ_SIZE) - 1;
        spin_unlock(&send_lock, irq);
    }
}

/* ---- set-up ---- */

static int start(const struct pci_function *f)
{
    unsigned vector, entry = NO_VECTOR;
    int err = virtio_start(&device, f, 0);
    if (err)
        return err;
    vector = irq_alloc_msi(link_interrupt, NULL);
    if (vector && pci_msix_enable(f, 0, vector) == 0)
        entry = 0;
    err = virtio_queue(&device, QUEUE_RECEIVE, entry, &receive_queue);
    if (!err)
        err = virtio_queue(&device, QUEUE_SEND, NO_VECTOR, &send_queue);
    if (err)
        return err;
    receive_buffers = arch_direct(early_alloc(RECEIVE_BUFFERS * BUFFER_BYTES));
    send_buffers = arch_direct(early_alloc(VIRTQ_SIZE * BUFFER_BYTES));
    send_free = (1u << VIRTQ_SIZE) - 1;
    virtq_no_interrupts(&send_queue);
    virtio_ready(&device);
    for (unsigned i = 0; i < RECEIVE_BUFFERS; i++)
        offer_receive(i);
    virtq_kick(&receive_queue);
    if (entry == NO_VECTOR)
        time_call_at(TIME_LINK, POLL_NS, link_poll);
    return 0;
}

void link_device_init(void)
{
    static const uint16_t devices[] = {CONSOLE_MODERN, CONSOLE_OLD};
    for (unsigned i = 0; i < ARRAY_LEN(devices) && !present; i++) {
        unsigned at = 0;
        const struct pci_function *f = pci_find_device(VIRTIO_VENDOR, devices[i], &at);
        present = f && start(f) == 0;
    }
}
