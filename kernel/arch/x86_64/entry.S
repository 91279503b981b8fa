/* Interrupt entry and exit, and the context switch.
 *
 * Compiled code runs in ring 0 on a stack of its own that may be full at any moment, so every vector has an IST
 * stack: the CPU pushes there. trap_common then moves to the kernel stack that belongs to the interrupted code
 * (its own when it was kernel code, the thread's when it was compiled code) and builds a struct trap_frame there,
 * so that the handler may fault, block and switch threads. Interrupts stay off until the IST stack is left. */
#include "kernel/arch/x86_64/layout.h"

    .text
    .globl trap_entry_begin, trap_entry_end, trap_stubs

    .balign 16
trap_entry_begin:
trap_stubs:                     /* 256 stubs of 16 bytes */
    .set vector, 0
    .rept 256
    .balign 16
    .if (vector == 8) || ((vector >= 10) && (vector <= 14)) || (vector == 17) || (vector == 21) || (vector == 29) || (vector == 30)
    .else
    pushq $0                    /* where the CPU pushes no error code */
    .endif
    pushq $vector
    jmp trap_common
    .set vector, vector + 1
    .endr

/* rsi rdx rcx rax vector error rip cs flags rsp ss: offsets from rsp once four registers are pushed */
#define SAVED_RSI    0
#define SAVED_RDX    8
#define SAVED_RCX    16
#define SAVED_RAX    24
#define SAVED_VECTOR 32
#define SAVED_ERROR  40
#define SAVED_RIP    48
#define SAVED_CS     56
#define SAVED_FLAGS  64
#define SAVED_RSP    72
#define SAVED_SS     80

    .balign 16
trap_common:
    cld
    push %rax
    push %rcx
    push %rdx
    push %rsi
    mov SAVED_VECTOR(%rsp), %ecx
    mov SAVED_RSP(%rsp), %rax
    mov $STACK_NESTED, %edx
    cmp $2, %ecx
    je .Lstay
    cmp $8, %ecx
    je .Lstay
    cmp $18, %ecx
    je .Lstay
    test %rax, %rax
    js .Lkernel_code
    mov $STACK_IST, %edx        /* compiled code: to the thread's kernel stack */
    mov %gs:CPU_OFFSET_KSTACK, %rax
    test %rax, %rax
    jz .Lstay
    jmp .Lmove

.Lkernel_code:
    lea trap_entry_begin(%rip), %rdx
    mov SAVED_RIP(%rsp), %rsi
    sub %rdx, %rsi
    mov $STACK_BROKEN, %edx
    cmp $(trap_entry_end - trap_entry_begin), %rsi
    jb .Lstay                   /* this very code faulted */
    cmp $14, %ecx
    jne .Lmove
    mov %cr2, %rsi              /* a fault close to the stack pointer: stack overflow */
    sub %rax, %rsi
    add $0x2000, %rsi
    cmp $0x12000, %rsi
    jb .Lstay

.Lmove:
    and $-16, %rax
    sub $FRAME_SIZE, %rax
    mov $STACK_THREAD, %edx
    jmp .Lbuild
.Lstay:
    lea -FRAME_SIZE(%rsp), %rax
    and $-16, %rax

.Lbuild:                        /* rax: struct trap_frame; edx: stack kind */
    mov %rdx, FRAME_STACK(%rax)
    mov %rbx, 24(%rax)
    mov %rbp, 40(%rax)
    mov %rdi, 56(%rax)
    mov %r8, 64(%rax)
    mov %r9, 72(%rax)
    mov %r10, 80(%rax)
    mov %r11, 88(%rax)
    mov %r12, 96(%rax)
    mov %r13, 104(%rax)
    mov %r14, 112(%rax)
    mov %r15, 120(%rax)
    mov %cr2, %rsi
    mov %rsi, FRAME_ADDRESS(%rax)
    mov SAVED_RAX(%rsp), %rsi
    mov %rsi, 0(%rax)
    mov SAVED_RCX(%rsp), %rsi
    mov %rsi, 8(%rax)
    mov SAVED_RDX(%rsp), %rsi
    mov %rsi, 16(%rax)
    mov SAVED_RSP(%rsp), %rsi
    mov %rsi, 32(%rax)
    mov SAVED_RSI(%rsp), %rsi
    mov %rsi, 48(%rax)
    mov SAVED_RIP(%rsp), %rsi
    mov %rsi, FRAME_PC(%rax)
    mov SAVED_FLAGS(%rsp), %rsi
    mov %rsi, FRAME_FLAGS(%rax)
    mov SAVED_ERROR(%rsp), %rsi
    mov %rsi, FRAME_ERROR(%rax)
    mov %rcx, FRAME_VECTOR(%rax)
    mov SAVED_CS(%rsp), %rsi
    mov %rsi, FRAME_IRET+8(%rax)
    mov SAVED_SS(%rsp), %rsi
    mov %rsi, FRAME_IRET+32(%rax)

    mov %rax, %rsp
    mov %rax, %rbx
    mov %rax, %rdi
    cmp $STACK_NESTED, %edx
    je .Lno_state
    mov xstate_bytes(%rip), %eax
    test %eax, %eax
    jz .Lno_state
    sub %rax, %rsp
    and $-64, %rsp
    xor %eax, %eax              /* XSAVE wants a zeroed header (SDM volume 1, 13.7) */
    mov %rax, 512(%rsp)
    mov %rax, 520(%rsp)
    mov %rax, 528(%rsp)
    mov %rax, 536(%rsp)
    mov %rax, 544(%rsp)
    mov %rax, 552(%rsp)
    mov %rax, 560(%rsp)
    mov %rax, 568(%rsp)
    mov $7, %eax                /* x87, SSE, AVX */
    xor %edx, %edx
    xsave64 (%rsp)
    call trap_dispatch
    mov $7, %eax
    xor %edx, %edx
    xrstor64 (%rsp)
    jmp trap_exit
.Lno_state:
    call trap_dispatch

trap_exit:                      /* rbx: the frame; its pc, flags and registers may have been changed */
    mov %rbx, %rsp
    mov FRAME_PC(%rsp), %rax
    mov %rax, FRAME_IRET(%rsp)
    mov FRAME_FLAGS(%rsp), %rax
    mov %rax, FRAME_IRET+16(%rsp)
    mov 32(%rsp), %rax
    mov %rax, FRAME_IRET+24(%rsp)
    mov 0(%rsp), %rax
    mov 8(%rsp), %rcx
    mov 16(%rsp), %rdx
    mov 24(%rsp), %rbx
    mov 40(%rsp), %rbp
    mov 48(%rsp), %rsi
    mov 56(%rsp), %rdi
    mov 64(%rsp), %r8
    mov 72(%rsp), %r9
    mov 80(%rsp), %r10
    mov 88(%rsp), %r11
    mov 96(%rsp), %r12
    mov 104(%rsp), %r13
    mov 112(%rsp), %r14
    mov 120(%rsp), %r15
    add $FRAME_IRET, %rsp
    iretq
trap_entry_end:

/* void arch_context_switch(struct arch_context *from, struct arch_context *to) */
    .globl arch_context_switch
    .balign 16
arch_context_switch:
    push %rbp
    push %rbx
    push %r12
    push %r13
    push %r14
    push %r15
    mov %rsp, (%rdi)
    mov (%rsi), %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    pop %rbp
    ret

/* First code of a new thread: r12 its function, r13 the argument. */
    .globl context_entry
    .balign 16
context_entry:
    xor %ebp, %ebp
    mov %r13, %rdi
    call *%r12
    ud2
