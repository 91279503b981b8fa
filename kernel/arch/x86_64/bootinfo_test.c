#include "kernel/arch/x86_64/bootinfo.h"

#include "base/string.h"
#include "base/test.h"

/* Physical memory of the tests. */
static uint8_t memory[4096];
static struct boot_info info;

static const uint8_t *phys(uint64_t p, uint64_t len)
{
    return p <= sizeof(memory) && len <= sizeof(memory) - p ? memory + p : NULL;
}

static void put32(size_t at, uint32_t v)
{
    memcpy(memory + at, &v, 4);
}
static void put64(size_t at, uint64_t v)
{
    memcpy(memory + at, &v, 8);
}

static void make_pvh(void)
{
    memset(memory, 0, sizeof(memory));
    put32(0, 0x336ec578);
    put32(4, 1);  /* version */
    put32(12, 1); /* modules */
    put64(16, 100);
    put64(24, 200);     /* command line */
    put64(32, 0xf0000); /* RSDP */
    put64(40, 300);     /* memory map */
    put32(48, 2);
    put64(100, 0x500000); /* the module */
    put64(108, 0x1234);
    memcpy(memory + 200, "log=info test", 14);
    put64(300, 0);
    put64(308, 0x9fc00);
    put32(316, BOOT_RAM);
    put64(324, 0x100000);
    put64(332, 0x7f00000);
    put32(340, BOOT_RAM);
}

TEST(pvh_start_info)
{
    make_pvh();
    CHECK(boot_parse_pvh(0, phys, &info) == 0);
    CHECK(info.protocol == BOOT_PVH && info.rsdp == 0xf0000);
    CHECK(strcmp(info.command_line, "log=info test") == 0);
    CHECK(info.nmodules == 1 && info.modules[0].base == 0x500000 && info.modules[0].len == 0x1234);
    CHECK(info.nmemory == 2 && info.memory[1].base == 0x100000 && info.memory[1].type == BOOT_RAM);
}

TEST(pvh_damaged)
{
    make_pvh();
    put32(0, 1);
    CHECK(boot_parse_pvh(0, phys, &info) == -EINVAL);
    make_pvh();
    put32(48, 0);
    CHECK(boot_parse_pvh(0, phys, &info) == -EINVAL); /* no memory at all */
    make_pvh();
    put64(16, UINT64_MAX - 3);
    CHECK(boot_parse_pvh(0, phys, &info) == -EINVAL);
    make_pvh();
    put32(12, UINT32_MAX);
    put32(48, UINT32_MAX);
    CHECK(boot_parse_pvh(0, phys, &info) == 0); /* cut at our limits */
    CHECK(info.nmodules <= BOOT_MODULE_MAX && info.nmemory <= BOOT_MEMORY_MAX);
    make_pvh();
    memset(memory + 400, 'x', sizeof(memory) - 400);
    put64(24, 400); /* a command line that never ends */
    CHECK(boot_parse_pvh(0, phys, &info) == 0);
    CHECK(strlen(info.command_line) == sizeof(memory) - 400);
    CHECK(boot_parse_pvh(sizeof(memory) - 8, phys, &info) == -EINVAL);
}

static size_t mb2_end;

static void mb2_tag(uint32_t type, uint32_t size)
{
    put32(mb2_end, type);
    put32(mb2_end + 4, size);
    mb2_end += align_up(size, 8);
    put32(0, (uint32_t)mb2_end);
}

static void make_mb2(void)
{
    memset(memory, 0, sizeof(memory));
    mb2_end = 8;
    memcpy(memory + mb2_end + 8, "hello", 6);
    mb2_tag(1, 14);
    put32(mb2_end + 8, 0x700000);
    put32(mb2_end + 12, 0x701000);
    mb2_tag(3, 17);
    put32(mb2_end + 8, 24); /* entry size */
    put64(mb2_end + 16, 0x100000);
    put64(mb2_end + 24, 0x3f00000);
    put32(mb2_end + 32, BOOT_RAM);
    mb2_tag(6, 16 + 24);
    put64(mb2_end + 8, 0xfd000000);
    put32(mb2_end + 16, 4096);
    put32(mb2_end + 20, 1024);
    put32(mb2_end + 24, 768);
    memcpy(memory + mb2_end + 28, "\x20\x01\x00\x00\x10\x08\x08\x08\x00\x08", 10);
    mb2_tag(8, 38);
    memcpy(memory + mb2_end + 8, "RSD PTR ", 8);
    mb2_tag(14, 28);
    mb2_tag(0, 8);
}

TEST(multiboot2_information)
{
    make_mb2();
    CHECK(boot_parse_multiboot2(0, phys, &info) == 0);
    CHECK(strcmp(info.command_line, "hello") == 0);
    CHECK(info.nmodules == 1 && info.modules[0].len == 0x1000);
    CHECK(info.nmemory == 1 && info.memory[0].len == 0x3f00000);
    CHECK(info.framebuffer.present && info.framebuffer.width == 1024);
    CHECK(info.framebuffer.red == 16 && info.framebuffer.green == 8 && info.framebuffer.blue == 0);
    CHECK(info.rsdp_copy_len == 20 && memcmp(info.rsdp_copy, "RSD PTR ", 8) == 0);
}

/* Every truncation and every damaged tag size is refused or survived. */
TEST(multiboot2_damaged)
{
    make_mb2();
    for (uint32_t total = 0; total < mb2_end; total++) {
        put32(0, total);
        (void)!boot_parse_multiboot2(0, phys, &info);
    }
    for (size_t at = 12; at + 4 <= 160; at += 4)
        for (unsigned i = 0; i < 4; i++) {
            static const uint32_t values[] = {0, 7, 0x7fffffff, 0xffffffff};
            make_mb2();
            put32(at, values[i]);
            (void)!boot_parse_multiboot2(0, phys, &info);
            CHECK(info.nmemory <= BOOT_MEMORY_MAX && info.nmodules <= BOOT_MODULE_MAX);
        }
    CHECK(boot_parse_multiboot2(sizeof(memory), phys, &info) == -EINVAL);
    put32(0, UINT32_MAX);
    CHECK(boot_parse_multiboot2(0, phys, &info) == -EINVAL);
}
