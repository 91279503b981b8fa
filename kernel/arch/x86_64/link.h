/* The link to foreman: a virtio console (virtio 1.2, 4.1 and 5.3). */
#pragma once

#include "base/base.h"

/* Looks for the device and starts it; after pci_init. */
void link_device_init(void);
/* Waits, for some seconds at most, until everything written has been taken. */
void link_device_flush(void);
