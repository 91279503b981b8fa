/* Where the machine code would lead if it ran: nowhere. */
#include "wasm/rt/entries.h"

const struct rt_entries rt_entries = {0};
