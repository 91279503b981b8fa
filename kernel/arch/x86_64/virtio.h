/* Virtio devices on PCI, version 1 (virtio 1.2): set-up and split queues, polled or by message
 * interrupts. */
#pragma once

#include "kernel/arch/x86_64/pci.h"

#define VIRTQ_SIZE 16 /* entries; a power of two */

struct virtq {
    volatile struct virtq_desc {
        uint64_t address;
        uint32_t len;
        uint16_t flags, next;
    } *desc;
    volatile uint16_t *avail; /* flags, index, ring[VIRTQ_SIZE] */
    volatile uint16_t *used;  /* flags, index, then struct { uint32_t id, len; } ring[VIRTQ_SIZE] */
    volatile uint16_t *notify;
    uint16_t number, seen; /* seen: used entries taken so far */
};
enum { VIRTQ_DEVICE_WRITES = 2 };

struct virtio_device {
    const struct pci_function *pci;
    volatile uint8_t *common, *notify;
    uint32_t notify_multiplier, notify_len;
};

/* Finds the registers, resets the device and accepts `features` (VERSION_1 is always asked for).
 * -ENODEV when it is not a modern device or refuses. */
MUSTUSE int virtio_start(struct virtio_device *d, const struct pci_function *f, uint64_t features);
/* Allocates (early memory) and enables queue n; msix_entry 0xffff: no interrupt. */
MUSTUSE int virtio_queue(struct virtio_device *d, unsigned n, unsigned msix_entry,
                         struct virtq *out);
void virtio_ready(struct virtio_device *d);

/* Offers descriptor i (filled in by the caller) to the device; visible after virtq_kick. */
void virtq_offer(struct virtq *q, unsigned i);
void virtq_kick(struct virtq *q);
/* Next finished descriptor; false: none. `len`: bytes the device wrote. */
bool virtq_take(struct virtq *q, unsigned *out_i, uint32_t *out_len);
void virtq_no_interrupts(struct virtq *q);
