/* Guest addresses. This is the one place where they become bytes: with a length, checked against
 * the memory's present size, in 64 bits. The memory never moves and never shrinks, so a checked
 * range stays good. System calls take 32-bit addresses, as their signatures say, also from a
 * program with a 64-bit memory: they reach the first 4 GiB of it. */
#pragma once

#include "kernel/fs/vfs.h"
#include "wasm/wasm.h"

typedef uint32_t guest_t;

enum { GUEST_IOV_MAX = 1024, GUEST_IOV_INLINE = 8 };

/* [addr, addr + len) of the calling program's memory, or NULL if any of it lies outside (or there
 * is no memory). */
void *guest_at(struct wasm_instance *i, guest_t addr, uint64_t len);
/* 0 or -EFAULT: is this range there? For out-parameters, before anything is done. */
MUSTUSE int guest_check(struct wasm_instance *i, guest_t addr, uint64_t len);

/* Copies in and out: 0 or -EFAULT. */
MUSTUSE int guest_get(struct wasm_instance *i, guest_t addr, void *out, size_t len);
MUSTUSE int guest_put(struct wasm_instance *i, guest_t addr, const void *from, size_t len);
MUSTUSE int guest_put_u32(struct wasm_instance *i, guest_t addr, uint32_t x);
MUSTUSE int guest_put_u64(struct wasm_instance *i, guest_t addr, uint64_t x);

/* A copy of a text, terminated: -EFAULT, -EILSEQ (not UTF-8), -EINVAL (contains NUL), -ENAMETOOLONG
 * (beyond VFS_PATH_MAX), -ENOMEM. Give it back with guest_text_free. */
MUSTUSE int guest_text(struct wasm_instance *i, guest_t addr, uint32_t len, char **out);
void guest_text_free(char *text, uint32_t len);

/* Length of the NUL-terminated string at addr, at most max; -EFAULT when it runs out of the memory,
 * -ENAMETOOLONG. */
MUSTUSE int64_t guest_strlen(struct wasm_instance *i, guest_t addr, uint32_t max);

/* The buffers of a WASI iovec array, each checked; read once. */
struct guest_iovecs {
    struct iovec *at;
    unsigned count;
    uint64_t total;
    struct iovec inline_[GUEST_IOV_INLINE];
};
/* 0; -EFAULT, -EINVAL (too many, or more than 2^32 - 1 bytes), -ENOMEM. */
MUSTUSE int guest_iovecs_get(struct wasm_instance *i, guest_t addr, uint32_t count,
                             struct guest_iovecs *out);
void guest_iovecs_free(struct guest_iovecs *v);
