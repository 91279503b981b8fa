/* Start of another CPU: copied to a page below 1 MiB, entered in real mode by a SIPI. The fields at the end are
 * filled in by smp.c; every address in here is relative to the page, whose base is cs << 4. */
#include "kernel/arch/x86_64/layout.h"

    .section .rodata
    .balign 16
    .globl trampoline_begin, trampoline_end, trampoline_fields
    .code16
trampoline_begin:
    cli
    cld
    xor %ebx, %ebx
    mov %cs, %bx
    mov %bx, %ds
    shl $4, %ebx
    lgdtl (trampoline_gdt_pointer - trampoline_begin)
    mov %cr0, %eax
    or $1, %eax
    mov %eax, %cr0
    ljmpl *(trampoline_far32 - trampoline_begin)

    .code32
trampoline32:
    mov $0x10, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    mov $(1 << 5), %eax         /* PAE */
    mov %eax, %cr4
    mov (trampoline_cr3 - trampoline_begin)(%ebx), %eax
    mov %eax, %cr3
    mov $0xc0000080, %ecx
    rdmsr
    or $0x900, %eax             /* LME, NXE */
    wrmsr
    mov $0x80010033, %eax       /* PG WP NE ET MP PE; caches on */
    mov %eax, %cr0
    ljmpl *(trampoline_far64 - trampoline_begin)(%ebx)

    .code64
trampoline64:
    mov %ebx, %ebx
    mov (trampoline_stack - trampoline_begin)(%rbx), %rsp
    mov (trampoline_argument - trampoline_begin)(%rbx), %rdi
    mov (trampoline_entry - trampoline_begin)(%rbx), %rax
    xor %ebp, %ebp
    push %rbp
    jmp *%rax

    .balign 8
trampoline_gdt:
    .quad 0
    .quad 0x00af9b000000ffff    /* 0x08: 64-bit code */
    .quad 0x00cf93000000ffff    /* 0x10: data */
    .quad 0x00cf9b000000ffff    /* 0x18: 32-bit code */
trampoline_gdt_end:

    .balign 8
trampoline_fields:              /* struct trampoline_fields of smp.c */
trampoline_stack:    .quad 0
trampoline_argument: .quad 0
trampoline_entry:    .quad 0
trampoline_cr3:      .long 0
trampoline_far32:    .long trampoline32 - trampoline_begin
                     .short 0x18, 0
trampoline_far64:    .long trampoline64 - trampoline_begin
                     .short 0x08, 0
    .short 0
trampoline_gdt_pointer:
                     .short trampoline_gdt_end - trampoline_gdt - 1
                     .long trampoline_gdt - trampoline_begin
trampoline_end:
