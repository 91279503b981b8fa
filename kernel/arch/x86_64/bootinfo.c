#include "kernel/arch/x86_64/bootinfo.h"

#include "base/string.h"
#include "kernel/arch/x86_64/x86.h"

static void add_memory(struct boot_info *b, uint64_t base, uint64_t len, uint32_t type)
{
    if (b->nmemory < BOOT_MEMORY_MAX && len > 0)
        b->memory[b->nmemory++] = (struct boot_memory){base, len, type};
}

static void add_module(struct boot_info *b, uint64_t base, uint64_t len)
{
    if (b->nmodules < BOOT_MODULE_MAX && len > 0 && len <= UINT64_MAX - base)
        b->modules[b->nmodules++] = (struct arch_memory){base, len};
}

static void copy_text(char *dst, const uint8_t *src, size_t max)
{
    size_t n = strnlen((const char *)src, max);
    if (n > BOOT_COMMAND_LINE_MAX - 1)
        n = BOOT_COMMAND_LINE_MAX - 1;
    memcpy(dst, src, n);
    dst[n] = 0;
}

/* ---- PVH ---- */

#define PVH_MAGIC             0x336ec578
#define PVH_MEMMAP_ENTRY_SIZE 24
#define PVH_MODULE_ENTRY_SIZE 32

/* A text of unknown length: read in pieces, so that one at the end of memory is found as well. */
static void pvh_command_line(uint64_t p, boot_phys_fn phys, struct boot_info *out)
{
    size_t n = 0;
    while (n < BOOT_COMMAND_LINE_MAX - 1) {
        const uint8_t *c = phys(p + n, 1);
        if (!c || !*c)
            break;
        out->command_line[n++] = (char)*c;
    }
    out->command_line[n] = 0;
}

static void pvh_memory(uint64_t p, uint32_t count, boot_phys_fn phys, struct boot_info *out)
{
    for (uint32_t i = 0; i < count && i < BOOT_MEMORY_MAX; i++) {
        const uint8_t *e = phys(p + (uint64_t)i * PVH_MEMMAP_ENTRY_SIZE, PVH_MEMMAP_ENTRY_SIZE);
        if (!e)
            break;
        add_memory(out, le64(e), le64(e + 8), le32(e + 16));
    }
}

int boot_parse_pvh(uint64_t p, boot_phys_fn phys, struct boot_info *out)
{
    const uint8_t *s = phys(p, 40);
    uint32_t version, nmodules;
    uint64_t modules;
    memset(out, 0, sizeof(*out));
    out->protocol = BOOT_PVH;
    if (!s || le32(s) != PVH_MAGIC)
        return -EINVAL;
    version = le32(s + 4);
    nmodules = le32(s + 12);
    modules = le64(s + 16);
    if (le64(s + 24))
        pvh_command_line(le64(s + 24), phys, out);
    out->rsdp = le64(s + 32);
    for (uint32_t i = 0; i < nmodules && i < BOOT_MODULE_MAX; i++) {
        const uint8_t *e = phys(modules + i * PVH_MODULE_ENTRY_SIZE, PVH_MODULE_ENTRY_SIZE);
        if (!e)
            return -EINVAL;
        add_module(out, le64(e), le64(e + 8));
    }
    if (version >= 1 && (s = phys(p, 56)) != NULL)
        pvh_memory(le64(s + 40), le32(s + 48), phys, out);
    return out->nmemory ? 0 : -EINVAL;
}

/* ---- Multiboot2 ---- */

#define MB2_INFO_MAX (1 * MIB)

enum mb2_tag {
    MB2_END = 0,
    MB2_COMMAND_LINE = 1,
    MB2_MODULE = 3,
    MB2_MEMORY_MAP = 6,
    MB2_FRAMEBUFFER = 8,
    MB2_RSDP_OLD = 14,
    MB2_RSDP_NEW = 15,
};

static void mb2_memory(const uint8_t *t, uint32_t size, struct boot_info *out)
{
    uint32_t entry_size = size >= 16 ? le32(t + 8) : 0;
    if (entry_size < 20)
        return;
    for (uint32_t at = 16; at <= size && size - at >= entry_size; at += entry_size)
        add_memory(out, le64(t + at), le64(t + at + 8), le32(t + at + 16));
}

static void mb2_framebuffer(const uint8_t *t, uint32_t size, struct boot_info *out)
{
    struct boot_framebuffer *f = &out->framebuffer;
    if (size < 30)
        return;
    f->base = le64(t + 8);
    f->pitch = le32(t + 16);
    f->width = le32(t + 20);
    f->height = le32(t + 24);
    f->bits = t[28];
    f->type = t[29];
    if (f->type == 1 && size >= 38) {
        f->red = t[32];
        f->green = t[34];
        f->blue = t[36];
        f->present = t[33] == 8 && t[35] == 8 && t[37] == 8;
    }
    if (f->type == 2)
        f->present = true;
}

static void mb2_rsdp(const uint8_t *t, uint32_t size, struct boot_info *out)
{
    unsigned len = size - 8;
    if (len > BOOT_RSDP_MAX)
        len = BOOT_RSDP_MAX;
    if (len > out->rsdp_copy_len) { /* the new form is longer: it wins */
        memcpy(out->rsdp_copy, t + 8, len);
        out->rsdp_copy_len = len;
    }
}

static void mb2_tag(const uint8_t *t, uint32_t type, uint32_t size, struct boot_info *out)
{
    switch (type) {
    case MB2_COMMAND_LINE:
        copy_text(out->command_line, t + 8, size - 8);
        break;
    case MB2_MODULE:
        if (size >= 16 && le32(t + 12) > le32(t + 8))
            add_module(out, le32(t + 8), le32(t + 12) - le32(t + 8));
        break;
    case MB2_MEMORY_MAP:
        mb2_memory(t, size, out);
        break;
    case MB2_FRAMEBUFFER:
        mb2_framebuffer(t, size, out);
        break;
    case MB2_RSDP_OLD:
    case MB2_RSDP_NEW:
        mb2_rsdp(t, size, out);
        break;
    default:
        break;
    }
}

int boot_parse_multiboot2(uint64_t p, boot_phys_fn phys, struct boot_info *out)
{
    const uint8_t *s = phys(p, 8);
    uint32_t total, at = 8;
    memset(out, 0, sizeof(*out));
    out->protocol = BOOT_MULTIBOOT2;
    if (!s)
        return -EINVAL;
    total = le32(s);
    if (total < 16 || total > MB2_INFO_MAX || (s = phys(p, total)) == NULL)
        return -EINVAL;
    while (total - at >= 8) {
        uint32_t type = le32(s + at), size = le32(s + at + 4);
        if (type == MB2_END)
            break;
        if (size < 8 || size > total - at)
            return -EINVAL;
        mb2_tag(s + at, type, size, out);
        if (total - at < align_up(size, 8))
            break;
        at += (uint32_t)align_up(size, 8);
    }
    return out->nmemory ? 0 : -EINVAL;
}
