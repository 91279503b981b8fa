#include "kernel/arch/x86_64/virtio.h"

#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/x86.h"

/* Types of configuration structures (4.1.4). */
enum { CFG_COMMON = 1, CFG_NOTIFY = 2 };

/* Common configuration (4.1.4.3), byte offsets. */
enum {
    COMMON_DEVICE_FEATURE_SELECT = 0,
    COMMON_DEVICE_FEATURE = 4,
    COMMON_DRIVER_FEATURE_SELECT = 8,
    COMMON_DRIVER_FEATURE = 12,
    COMMON_CONFIG_MSIX = 16,
    COMMON_STATUS = 20,
    COMMON_QUEUE_SELECT = 22,
    COMMON_QUEUE_SIZE = 24,
    COMMON_QUEUE_MSIX = 26,
    COMMON_QUEUE_ENABLE = 28,
    COMMON_QUEUE_NOTIFY = 30,
    COMMON_QUEUE_DESC = 32,
    COMMON_QUEUE_DRIVER = 40,
    COMMON_QUEUE_DEVICE = 48,
    COMMON_BYTES = 56,
};

enum { STATUS_ACKNOWLEDGE = 1, STATUS_DRIVER = 2, STATUS_DRIVER_OK = 4, STATUS_FEATURES_OK = 8 };

#define FEATURE_VERSION_1 (1ull << 32)
#define RESET_TRIES       100000
#define NO_NOTIFY         1
#define NO_INTERRUPT      1

static void write8(volatile uint8_t *p, uint8_t v)
{
    *p = v;
}
static void write16(volatile uint8_t *p, uint16_t v)
{
    *(volatile uint16_t *)p = v;
}
static void write32(volatile uint8_t *p, uint32_t v)
{
    *(volatile uint32_t *)p = v;
}
static uint16_t read16(volatile uint8_t *p)
{
    return *(volatile uint16_t *)p;
}
static uint32_t read32(volatile uint8_t *p)
{
    return *(volatile uint32_t *)p;
}

static void write64(volatile uint8_t *p, uint64_t v)
{
    write32(p, (uint32_t)v);
    write32(p + 4, (uint32_t)(v >> 32));
}

/* Maps the structure of a type; its length in *out_len and the capability's place in *out_cap. */
static volatile uint8_t *map_structure(const struct pci_function *f, unsigned type,
                                       uint32_t *out_len, unsigned *out_cap)
{
    unsigned cap = 0;
    for (unsigned i = 0; i < 16; i++) {
        uint32_t offset, len;
        uint64_t bar;
        cap = pci_capability(f, PCI_CAP_VENDOR, cap);
        if (!cap)
            break;
        if (pci_read8(f, cap + 3) != type)
            continue;
        bar = pci_bar(f, pci_read8(f, cap + 4));
        offset = pci_read32(f, cap + 8);
        len = pci_read32(f, cap + 12);
        if (!bar || len == 0 || len > MIB)
            continue;
        *out_len = len;
        *out_cap = cap;
        return device_map(bar + offset, len, DEVICE_UNCACHED);
    }
    return NULL;
}

static bool negotiate(struct virtio_device *d, uint64_t features)
{
    uint64_t offered;
    write32(d->common + COMMON_DEVICE_FEATURE_SELECT, 0);
    offered = read32(d->common + COMMON_DEVICE_FEATURE);
    write32(d->common + COMMON_DEVICE_FEATURE_SELECT, 1);
    offered |= (uint64_t)read32(d->common + COMMON_DEVICE_FEATURE) << 32;
    features = (features & offered) | FEATURE_VERSION_1;
    if (!(offered & FEATURE_VERSION_1))
        return false;
    write32(d->common + COMMON_DRIVER_FEATURE_SELECT, 0);
    write32(d->common + COMMON_DRIVER_FEATURE, (uint32_t)features);
    write32(d->common + COMMON_DRIVER_FEATURE_SELECT, 1);
    write32(d->common + COMMON_DRIVER_FEATURE, (uint32_t)(features >> 32));
    write8(d->common + COMMON_STATUS, STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK);
    return d->common[COMMON_STATUS] & STATUS_FEATURES_OK;
}

int virtio_start(struct virtio_device *d, const struct pci_function *f, uint64_t features)
{
    unsigned cap;
    uint32_t len;
    *d = (struct virtio_device){.pci = f};
    pci_enable(f, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    d->common = map_structure(f, CFG_COMMON, &len, &cap);
    if (!d->common || len < COMMON_BYTES)
        return -ENODEV;
    d->notify = map_structure(f, CFG_NOTIFY, &d->notify_len, &cap);
    if (!d->notify)
        return -ENODEV;
    d->notify_multiplier = pci_read32(f, cap + 16);
    write8(d->common + COMMON_STATUS, 0);
    for (unsigned i = 0; i < RESET_TRIES && d->common[COMMON_STATUS]; i++)
        cpu_pause();
    write8(d->common + COMMON_STATUS, STATUS_ACKNOWLEDGE);
    write8(d->common + COMMON_STATUS, STATUS_ACKNOWLEDGE | STATUS_DRIVER);
    write16(d->common + COMMON_CONFIG_MSIX, 0xffff);
    return negotiate(d, features) ? 0 : -ENODEV;
}

int virtio_queue(struct virtio_device *d, unsigned n, unsigned msix_entry, struct virtq *out)
{
    uint32_t at;
    paddr_t p;
    write16(d->common + COMMON_QUEUE_SELECT, (uint16_t)n);
    if (read16(d->common + COMMON_QUEUE_SIZE) < VIRTQ_SIZE)
        return -ENODEV;
    at = read16(d->common + COMMON_QUEUE_NOTIFY) * d->notify_multiplier;
    if (at > d->notify_len - 2 || d->notify_len < 2)
        return -ENODEV;
    p = early_alloc(PAGE_SIZE); /* descriptors, available ring at 1 KiB, used ring at 2 KiB */
    out->desc = arch_direct(p);
    out->avail = arch_direct(p + 1024);
    out->used = arch_direct(p + 2048);
    out->notify = (volatile uint16_t *)(d->notify + at);
    out->number = (uint16_t)n;
    out->seen = 0;
    write16(d->common + COMMON_QUEUE_SIZE, VIRTQ_SIZE);
    write16(d->common + COMMON_QUEUE_MSIX, (uint16_t)msix_entry);
    write64(d->common + COMMON_QUEUE_DESC, p);
    write64(d->common + COMMON_QUEUE_DRIVER, p + 1024);
    write64(d->common + COMMON_QUEUE_DEVICE, p + 2048);
    if (read16(d->common + COMMON_QUEUE_MSIX) != (uint16_t)msix_entry)
        return -ENODEV;
    write16(d->common + COMMON_QUEUE_ENABLE, 1);
    return 0;
}

void virtio_ready(struct virtio_device *d)
{
    write8(d->common + COMMON_STATUS,
           STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK | STATUS_DRIVER_OK);
}

void virtq_offer(struct virtq *q, unsigned i)
{
    uint16_t index = q->avail[1];
    q->avail[2 + index % VIRTQ_SIZE] = (uint16_t)i;
    __atomic_thread_fence(__ATOMIC_RELEASE);
    q->avail[1] = (uint16_t)(index + 1);
}

void virtq_kick(struct virtq *q)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST); /* the index is out before the flags are read */
    if (!(q->used[0] & NO_NOTIFY))
        *q->notify = q->number;
}

bool virtq_take(struct virtq *q, unsigned *out_i, uint32_t *out_len)
{
    volatile uint32_t *ring = (volatile uint32_t *)(q->used + 2);
    if (q->used[1] == q->seen)
        return false;
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    *out_i = ring[q->seen % VIRTQ_SIZE * 2] % VIRTQ_SIZE;
    *out_len = ring[q->seen % VIRTQ_SIZE * 2 + 1];
    q->seen++;
    return true;
}

void virtq_no_interrupts(struct virtq *q)
{
    q->avail[0] = NO_INTERRUPT;
}
