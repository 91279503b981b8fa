/* Entry points. PVH (Xen "start info" in ebx) and Multiboot2 (magic in eax, information in ebx) both arrive in
 * 32-bit protected mode without paging. Builds first page tables: the low 4 GiB at 0, in the direct map and at
 * KERNEL_BASE; enters long mode; calls arch_start(kind, information). */
#include "kernel/arch/x86_64/layout.h"

#define PHYS(symbol) (symbol - KERNEL_BASE)

#define MB2_HEADER_MAGIC 0xe85250d6
#define MB2_LOADER_MAGIC 0x36d76289
#define XEN_ELFNOTE_PHYS32_ENTRY 18

    .section .boot.header, "a", @progbits
    .balign 8
mb2_header:
    .long MB2_HEADER_MAGIC, 0, mb2_header_end - mb2_header
    .long -(MB2_HEADER_MAGIC + 0 + (mb2_header_end - mb2_header))
    .short 5, 1                 /* framebuffer, optional */
    .long 20, 1024, 768, 32, 0
    .short 6, 0                 /* modules on page boundaries */
    .long 8
    .short 3, 0                 /* entry address */
    .long 12, mb2_start, 0
    .short 0, 0
    .long 8
mb2_header_end:

    .section .note.pvh, "a", @note
    .balign 4
    .long 4, 8, XEN_ELFNOTE_PHYS32_ENTRY
    .asciz "Xen"
    .quad pvh_start

    .section .boot.text, "ax", @progbits
    .code32
    .globl pvh_start
pvh_start:
    mov $1, %ebp
    jmp start32
    .globl mb2_start
mb2_start:
    mov $2, %ebp
    cmp $MB2_LOADER_MAGIC, %eax
    je start32
    mov $boot_message_loader, %esi
    jmp boot_fail

start32:
    cli
    cld
    mov $PHYS(boot_stacks) + BOOT_STACK_OFFSET, %esp
    mov %ebx, %edi

    /* Is there CPUID (flag ID can be changed), and long mode in leaf 0x80000001? */
    mov $boot_message_cpu, %esi
    pushfl
    pop %eax
    mov %eax, %ecx
    xor $(1 << 21), %eax
    push %eax
    popfl
    pushfl
    pop %eax
    cmp %ecx, %eax
    je boot_fail
    mov $0x80000000, %eax
    cpuid
    cmp $0x80000001, %eax
    jb boot_fail
    mov $0x80000001, %eax
    cpuid
    test $(1 << 29), %edx
    jz boot_fail

    /* Four page directories of 2 MiB pages: physical 0 … 4 GiB. */
    mov $PHYS(boot_pd), %ebx
    mov $0x83, %eax
    xor %edx, %edx
    mov $2048, %ecx
1:  mov %eax, (%ebx)
    mov %edx, 4(%ebx)
    add $0x200000, %eax
    add $8, %ebx
    dec %ecx
    jnz 1b
    mov $PHYS(boot_pd) + 3, %eax
    mov $PHYS(boot_pdpt_low), %ebx
    mov $4, %ecx
2:  mov %eax, (%ebx)
    add $0x1000, %eax
    add $8, %ebx
    dec %ecx
    jnz 2b
    movl $PHYS(boot_pd) + 3, PHYS(boot_pdpt_high) + 510 * 8
    movl $PHYS(boot_pdpt_low) + 3, PHYS(boot_pml4)
    movl $PHYS(boot_pdpt_low) + 3, PHYS(boot_pml4) + 256 * 8
    movl $PHYS(boot_pdpt_high) + 3, PHYS(boot_pml4) + 511 * 8

    mov %cr4, %eax
    or $(1 << 5), %eax          /* PAE */
    mov %eax, %cr4
    mov $PHYS(boot_pml4), %eax
    mov %eax, %cr3
    mov $0xc0000080, %ecx       /* EFER.LME */
    rdmsr
    or $(1 << 8), %eax
    wrmsr
    mov %cr0, %eax
    or $0x80010001, %eax        /* PG, WP, PE */
    mov %eax, %cr0
    lgdt boot_gdt_pointer
    ljmp $0x08, $start64

/* esi: message. Written to the first serial port and to the VGA text screen. */
boot_fail:
    mov $0x3fb, %dx
    mov $3, %al                 /* 8 data bits */
    outb %al, %dx
    mov $0xb8000, %edi
3:  lodsb
    test %al, %al
    jz 5f
    mov %al, %bl
    mov %al, (%edi)
    movb $0x4f, 1(%edi)
    add $2, %edi
    mov $0x3fd, %dx
    mov $0x10000, %ecx
4:  inb %dx, %al
    test $0x20, %al
    loopz 4b
    mov %bl, %al
    mov $0x3f8, %dx
    outb %al, %dx
    jmp 3b
5:  mov $0x33, %al              /* as arch_panic_stop does */
    outb %al, $0xf4
6:  cli
    hlt
    jmp 6b

boot_message_cpu:
    .asciz "WasmOS needs a 64-bit x86-64-v3 CPU (about 2013 or later); this one has no long mode.\r\n"
boot_message_loader:
    .asciz "WasmOS was not started by a Multiboot2 loader.\r\n"

    .balign 8
boot_gdt:
    .quad 0
    .quad 0x00af9b000000ffff    /* code, 64 bits */
    .quad 0x00cf93000000ffff    /* data */
boot_gdt_pointer:
    .short . - boot_gdt - 1
    .long boot_gdt

    .code64
start64:
    mov $0x10, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    xor %eax, %eax
    mov %eax, %fs
    mov %eax, %gs
    movabs $boot_stacks + BOOT_STACK_OFFSET, %rsp
    mov %edi, %esi
    mov %ebp, %edi
    xor %ebp, %ebp
    movabs $arch_start, %rax
    call *%rax
    ud2

    .section .bss.boot_tables, "aw", @nobits
    .balign 4096
    .globl boot_pml4, boot_pdpt_low, boot_pdpt_high, boot_pd
boot_pml4:      .skip 4096
boot_pdpt_low:  .skip 4096
boot_pdpt_high: .skip 4096
boot_pd:        .skip 4 * 4096
