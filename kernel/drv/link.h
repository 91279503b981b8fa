/* The channel to foreman for one-shot runs (docs/exec.md). Programs have it as descriptors 0 to 2.
 */
#pragma once

/* interrupt_kind: the trap that an interrupt frame means (enum wasm_trap). Does nothing without a
 * link. */
void link_init(int interrupt_kind);
/* Something arrived. Interrupt context. */
void link_input(void);
