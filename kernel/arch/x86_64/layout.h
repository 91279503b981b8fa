/* The upper half of every address space (docs/memory.md). Read by C, assembly and the linker
 * script's reader. */
#pragma once

#define KERNEL_BASE  0xffffffff80000000 /* physical address 0 as the kernel is linked */
#define KERNEL_LOAD  0x200000           /* where the image lies in physical memory */
#define DIRECT_BASE  0xffff800000000000 /* all RAM, PML4 entries 256 … 271 */
#define DIRECT_SLOTS 16
#define KVA_BASE     0xffffc00000000000 /* stacks, write views of code: arch_reserve(NULL, …) */
#define KVA_END      0xffffc08000000000 /* one PML4 entry, 512 GiB */
#define DEVICE_BASE  0xffffc80000000000 /* device registers, frame buffer, firmware tables */
#define DEVICE_END   0xffffc88000000000
#define CODE_BASE    0xffffffff90000000 /* compiled code: within 2 GiB of itself and of the kernel */
#define CODE_END     0xffffffffff000000
#define USER_BASE    0x0000000100000000 /* lower half; the first 4 GiB always fault */
#define USER_END     0x00007ff000000000

#define BOOT_STACK_OFFSET 139264 /* top of the boot stack in boot_stacks, checked in start.c */

/* Per-CPU structure: offsets that assembly uses, checked in cpu.c. */
#define CPU_OFFSET_SELF   0
#define CPU_OFFSET_NUMBER 8
#define CPU_OFFSET_DATA   16
#define CPU_OFFSET_KSTACK 24
#define CPU_OFFSET_THREAD 32

/* struct trap_frame, checked in trap.c. */
#define FRAME_PC      128
#define FRAME_FLAGS   136
#define FRAME_VECTOR  144
#define FRAME_ERROR   152
#define FRAME_ADDRESS 160
#define FRAME_STACK   168
#define FRAME_IRET    176
#define FRAME_SIZE    224

/* How the interrupted code's stack was left (frame field `stack`). */
#define STACK_THREAD 0 /* on the thread's (or boot) kernel stack: may block */
#define STACK_IST    1 /* no kernel stack is set: still on the IST stack */
#define STACK_BROKEN 2 /* the kernel stack overflowed, or the entry code itself faulted */
#define STACK_NESTED 3 /* NMI, machine check, double fault: own stack */
