#include "kernel/sys/guest.h"

#include "base/string.h"
#include "base/utf8.h"
#include "kernel/mm/heap.h"
#include "kernel/sys/sys.h"

/* An element of a WASI iovec array (witx: record iovec). */
struct wire_iovec {
    guest_t buf;
    uint32_t len;
};
_Static_assert(sizeof(struct wire_iovec) == 8, "WASI layout");

void *guest_at(struct wasm_instance *i, guest_t addr, uint64_t len)
{
    return wasm_memory_at(i, program_of(i)->memory, addr, len);
}

int guest_check(struct wasm_instance *i, guest_t addr, uint64_t len)
{
    return guest_at(i, addr, len) ? 0 : -EFAULT;
}

int guest_get(struct wasm_instance *i, guest_t addr, void *out, size_t len)
{
    const void *p = guest_at(i, addr, len);
    if (!p)
        return -EFAULT;
    memcpy(out, p, len);
    return 0;
}

/* Built into its callers: of a known length it is one store. */
static inline int put(struct wasm_instance *i, guest_t addr, const void *from, size_t len)
{
    void *p = guest_at(i, addr, len);
    if (!p)
        return -EFAULT;
    __builtin_memcpy(p, from, len);
    return 0;
}

int guest_put(struct wasm_instance *i, guest_t addr, const void *from, size_t len)
{
    return put(i, addr, from, len);
}

int guest_put_u32(struct wasm_instance *i, guest_t addr, uint32_t x)
{
    return put(i, addr, &x, sizeof(x));
}

int guest_put_u64(struct wasm_instance *i, guest_t addr, uint64_t x)
{
    return put(i, addr, &x, sizeof(x));
}

int guest_text(struct wasm_instance *i, guest_t addr, uint32_t len, char **out)
{
    const char *p = guest_at(i, addr, len);
    if (!p)
        return -EFAULT;
    if (len > VFS_PATH_MAX)
        return -ENAMETOOLONG;
    char *text = kalloc((size_t)len + 1);
    if (!text)
        return -ENOMEM;
    memcpy(text, p, len); /* checks come after the copy: another thread may write there */
    int err = memchr(text, 0, len) ? -EINVAL : !utf8_valid(text, len) ? -EILSEQ : 0;
    if (err)
        kfree(text, (size_t)len + 1);
    else
        *out = text;
    return err;
}

void guest_text_free(char *text, uint32_t len)
{
    kfree(text, (size_t)len + 1);
}

int64_t guest_strlen(struct wasm_instance *i, guest_t addr, uint32_t max)
{
    uint64_t size = wasm_memory_size(i, program_of(i)->memory);
    if (addr >= size)
        return -EFAULT;
    uint64_t room = min_u64(size - addr, (uint64_t)max + 1);
    const char *p = guest_at(i, addr, room);
    size_t n = p ? strnlen(p, room) : room;
    if (n < room)
        return (int64_t)n;
    return room > max ? -ENAMETOOLONG : -EFAULT;
}

int guest_iovecs_get(struct wasm_instance *i, guest_t addr, uint32_t count,
                     struct guest_iovecs *out)
{
    if (count > GUEST_IOV_MAX)
        return -EINVAL;
    const struct wire_iovec *wire = guest_at(i, addr, (uint64_t)count * sizeof(*wire));
    if (!wire)
        return -EFAULT;
    out->count = count;
    out->total = 0;
    out->at = count <= GUEST_IOV_INLINE ? out->inline_ : kalloc(count * sizeof(*out->at));
    if (!out->at)
        return -ENOMEM;
    int err = 0;
    for (uint32_t n = 0; n < count && !err; n++) {
        struct wire_iovec w;
        memcpy(&w, wire + n, sizeof(w)); /* once, and without asking for alignment */
        out->at[n] = (struct iovec){guest_at(i, w.buf, w.len), w.len};
        out->total += w.len;
        err = !out->at[n].base ? -EFAULT : out->total > UINT32_MAX ? -EINVAL : 0;
    }
    if (err)
        guest_iovecs_free(out);
    return err;
}

void guest_iovecs_free(struct guest_iovecs *v)
{
    if (v->at != v->inline_)
        kfree(v->at, v->count * sizeof(*v->at));
}
