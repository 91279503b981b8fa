/* Stacks and registers. Offsets are those of struct host_frame in interrupt.c, checked there. */

    .text

/* void host_switch(uint64_t *save_sp, uint64_t load_sp): callee-saved registers onto the one stack, off the other. */
    .globl host_switch
    .type host_switch, @function
host_switch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    retq
    .size host_switch, . - host_switch

/* What the first switch to a new thread returns to: r12 function, r13 argument. */
    .globl host_thread_entry
    .type host_thread_entry, @function
host_thread_entry:
    movq %r12, %rdi
    movq %r13, %rsi
    xorl %ebp, %ebp
    callq host_thread_main
    ud2
    .size host_thread_entry, . - host_thread_entry

#define FRAME_REGS  48
#define FRAME_XSAVE 256

/* Where a signal handler sends interrupted code: rsp is a struct host_frame with everything in it but the FPU state,
 * which is still in the registers. Interrupts are off. */
    .globl host_trap_entry
    .type host_trap_entry, @function
host_trap_entry:
    movq %rsp, %rbx
    cld
    movl host_xsave_mask(%rip), %eax
    xorl %edx, %edx
    xsave64 FRAME_XSAVE(%rbx)
    pushq FRAME_REGS + 16*8(%rbx)       /* a frame for backtraces: interrupted pc and rbp */
    pushq FRAME_REGS + 5*8(%rbx)
    movq %rsp, %rbp
    movq %rbx, %rdi
    callq host_trap                     /* fills the iretq part; interrupts are as they were on return */
    movq %rbx, %rsp
    movl host_xsave_mask(%rip), %eax
    xorl %edx, %edx
    xrstor64 FRAME_XSAVE(%rbx)
    movq FRAME_REGS + 0*8(%rsp), %rax
    movq FRAME_REGS + 1*8(%rsp), %rcx
    movq FRAME_REGS + 2*8(%rsp), %rdx
    movq FRAME_REGS + 3*8(%rsp), %rbx
    movq FRAME_REGS + 5*8(%rsp), %rbp
    movq FRAME_REGS + 6*8(%rsp), %rsi
    movq FRAME_REGS + 7*8(%rsp), %rdi
    movq FRAME_REGS + 8*8(%rsp), %r8
    movq FRAME_REGS + 9*8(%rsp), %r9
    movq FRAME_REGS + 10*8(%rsp), %r10
    movq FRAME_REGS + 11*8(%rsp), %r11
    movq FRAME_REGS + 12*8(%rsp), %r12
    movq FRAME_REGS + 13*8(%rsp), %r13
    movq FRAME_REGS + 14*8(%rsp), %r14
    movq FRAME_REGS + 15*8(%rsp), %r15
    iretq
    .size host_trap_entry, . - host_trap_entry

    .section .note.GNU-stack, "", @progbits
