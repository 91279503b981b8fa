/* The system calls: one table per import module, made from abi/. What they need of a program hangs
 * on its instance (wasm_instance_user). */
#pragma once

#include "kernel/fs/fd.h"
#include "kernel/proc/process.h"
#include "kernel/sys/guest.h"
#include "wasm/wasm.h"

struct env_heap;

enum { OUT_BUFFER_BYTES = 1024 };

/* Bytes of env.putchar on their way to descriptor 1 (putchar.c). */
struct out_buffer {
    struct mutex lock;
    struct list link; /* among the buffers the flusher looks after; guarded by its lock */
    uint32_t count;   /* guarded by lock */
    char bytes[OUT_BUFFER_BYTES];
};

/* A running program, as the system calls of all its threads see it. Lives as long as the first
 * thread's instance. */
struct program {
    struct process *process;
    struct wasm_instance *instance;
    uint32_t memory;        /* index of the memory that addresses mean */
    uint64_t initial_bytes; /* of that memory */
    struct out_buffer out;
    struct mutex heap_lock;
    struct env_heap *heap; /* heap_lock: of env.malloc; made at the first call */
    guest_t args_block;    /* heap_lock: of env.getargs; 0: not made yet */
};

/* How threads are started without seeing run/: set once at boot by run/. The new thread's number;
 * -EAGAIN (too many), -ENOTSUP (no shared memory), -ENOENT, -EINVAL (no function to start with),
 * -ENOMEM. */
extern int (*sys_thread_spawn)(struct program *p, uint32_t argument);

static inline struct program *program_of(struct wasm_instance *i)
{
    return wasm_instance_user(i);
}

/* Before the instance is made … */
void program_init(struct program *p, struct process *process);
/* … once it is there … */
void program_attach(struct program *p, struct wasm_instance *i);
/* … whenever output must not wait any longer: before reads, other writes, children, the end … */
void program_flush(struct program *p);
/* … and at the end, before its descriptors are closed. */
void program_fini(struct program *p);

/* Finds the function an import names: 0, or -ENOENT. The engine compares the types. */
MUSTUSE int sys_resolve(const struct wasm_import_desc *import, struct wasm_extern *out);

/* How every call ends: turns a result into what the program sees (0 or a positive errno). Does not
 * return if the program is to be ended meanwhile. No lock may be held and nothing owned. */
int32_t sys_result(struct wasm_instance *i, int64_t result);
/* Only the second half, for calls with results of their own. */
void sys_kill_check(struct wasm_instance *i);

/* Kernel thread that flushes buffers which were forgotten; started once at boot. */
void putchar_init(void);
/* Appends a byte to the program's buffer, and writes it out at the end of a line. */
void putchar_byte(struct program *p, uint8_t byte);
/* The flusher is not to look at this program again. */
void putchar_forget(struct program *p);

/* Copies a block of NUL-terminated strings: 0, -EINVAL (not terminated), -E2BIG, -ENOMEM. */
enum { STRINGS_MAX_BYTES = 256 * 1024, STRINGS_MAX_COUNT = 16 * 1024 };
MUSTUSE int strings_copy(const char *bytes, size_t len, struct string_list *out);
void strings_free(struct string_list *l);
