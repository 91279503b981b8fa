#include "kernel/arch/x86_64/acpi.h"

#include "base/string.h"
#include "base/test.h"

static uint8_t memory[8192];
static struct acpi_info info;

static const uint8_t *phys(uint64_t p, uint64_t len)
{
    return p <= sizeof(memory) && len <= sizeof(memory) - p ? memory + p : NULL;
}

static void put32(size_t at, uint32_t v)
{
    memcpy(memory + at, &v, 4);
}

static void seal(size_t at, size_t len, size_t sum_at)
{
    uint8_t sum = 0;
    memory[sum_at] = 0;
    for (size_t i = 0; i < len; i++)
        sum = (uint8_t)(sum + memory[at + i]);
    memory[sum_at] = (uint8_t)-sum;
}

static void table(size_t at, const char *signature, uint32_t len)
{
    memcpy(memory + at, signature, 4);
    put32(at + 4, len);
    seal(at, len, at + 9);
}

#define RSDP 64
#define RSDT 128
#define MADT 512
#define FADT 1024
#define HPET 1536
#define MCFG 1792
#define DSDT 2048
#define MADT_ENTRIES                                                                               \
    "\x00\x08\x00\x00\x01\x00\x00\x00"                                 /* CPU, APIC 0 */           \
    "\x00\x08\x01\x05\x01\x00\x00\x00"                                 /* CPU, APIC 5 */           \
    "\x00\x08\x02\x06\x00\x00\x00\x00"                                 /* not enabled */           \
    "\x01\x0c\x00\x00\x00\x00\xc0\xfe\x00\x00\x00\x00"                 /* I/O APIC */              \
    "\x02\x0a\x00\x00\x02\x00\x00\x00\x00\x00"                         /* line 0 is GSI 2 */       \
    "\x02\x0a\x00\x09\x09\x00\x00\x00\x0f\x00"                         /* line 9: level, low */    \
    "\x09\x10\x00\x00\x2c\x01\x00\x00\x01\x00\x00\x00\x03\x00\x00\x00" /* x2APIC 300 */

static void make(void)
{
    static const uint8_t s5[] = "\x08_S5_\x12\x06\x04\x0a\x05\x0a\x06\x00\x00";
    memset(memory, 0, sizeof(memory));
    memcpy(memory + MADT + 44, MADT_ENTRIES, sizeof(MADT_ENTRIES) - 1);
    table(MADT, "APIC", 44 + sizeof(MADT_ENTRIES) - 1);
    put32(FADT + 40, DSDT);
    put32(FADT + 64, 0x604);
    put32(FADT + 76, 0x608);
    memory[FADT + 91] = 4;
    memory[FADT + 108] = 0x32;
    put32(FADT + 112, 1 << 10 | 1 << 8);
    memory[FADT + 116] = ACPI_IO;
    put32(FADT + 120, 0xcf9);
    memory[FADT + 128] = 0x0f;
    table(FADT, "FACP", 244);
    put32(HPET + 44, 0xfed00000);
    table(HPET, "HPET", 56);
    put32(MCFG + 44, 0xb0000000);
    memory[MCFG + 55] = 0xff;
    table(MCFG, "MCFG", 60);
    memcpy(memory + DSDT + 60, s5, sizeof(s5));
    table(DSDT, "DSDT", 100);
    put32(RSDT + 36, MADT);
    put32(RSDT + 40, FADT);
    put32(RSDT + 44, HPET);
    put32(RSDT + 48, MCFG);
    table(RSDT, "RSDT", 52);
    memcpy(memory + RSDP, "RSD PTR ", 8);
    put32(RSDP + 16, RSDT);
    seal(RSDP, 20, RSDP + 8);
}

TEST(acpi_reads_the_tables)
{
    make();
    acpi_read(NULL, 0, RSDP, phys, &info);
    CHECK(info.madt.present && info.madt.ncpus == 3);
    CHECK(info.madt.cpu_apic_ids[1] == 5 && info.madt.cpu_apic_ids[2] == 300);
    CHECK(info.madt.nioapics == 1 && info.madt.ioapics[0].address == 0xfec00000);
    CHECK(info.madt.isa[0].gsi == 2 && info.madt.isa[1].gsi == 1);
    CHECK(info.madt.isa[9].level && info.madt.isa[9].low && !info.madt.isa[0].level);
    CHECK(info.fadt.present && info.fadt.pm1a_control == 0x604 && info.fadt.pm_timer == 0x608);
    CHECK(info.fadt.reset_present && info.fadt.reset.address == 0xcf9 &&
          info.fadt.reset_value == 15);
    CHECK(info.fadt.century == 0x32 && info.fadt.pm_timer_32);
    CHECK(info.hpet == 0xfed00000 && info.ecam == 0xb0000000 && info.ecam_last_bus == 0xff);
    CHECK(info.s5_present && info.s5_type_a == 5 && info.s5_type_b == 6);
}

TEST(acpi_ignores_damaged_tables)
{
    make();
    memory[MADT + 50] ^= 1;
    memory[DSDT + 99] ^= 1;
    acpi_read(NULL, 0, RSDP, phys, &info);
    CHECK(!info.madt.present && info.fadt.present && !info.s5_present);
    make();
    memory[RSDP + 3] = 'X';
    acpi_read(NULL, 0, RSDP, phys, &info);
    CHECK(!info.fadt.present && info.madt.isa[3].gsi == 3);
    make();
    put32(RSDT + 36, 0xfffffff0); /* outside of memory */
    put32(RSDT + 40, 0);
    seal(RSDT, 52, RSDT + 9);
    acpi_read(NULL, 0, RSDP, phys, &info);
    CHECK(!info.madt.present && !info.fadt.present && info.hpet);
}

/* Every byte of a table's lengths and contents may lie: nothing outside of it is read. */
TEST(acpi_survives_nonsense)
{
    static const size_t places[] = {MADT + 44, MADT + 45, MADT + 53,
                                    FADT + 40, DSDT + 66, DSDT + 67};
    uint8_t small[44 + 16];
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        for (unsigned v = 0; v < 256; v += 5) {
            make();
            memory[places[i]] = (uint8_t)v;
            table(MADT, "APIC", 44 + sizeof(MADT_ENTRIES) - 1);
            table(FADT, "FACP", 244);
            table(DSDT, "DSDT", 100);
            acpi_read(NULL, 0, RSDP, phys, &info);
            CHECK(info.madt.ncpus <= CPU_MAX && info.madt.nioapics <= ACPI_IOAPIC_MAX);
        }
    for (size_t len = 0; len <= sizeof(small); len++) { /* the sanitizers watch the end */
        memset(small, 8, sizeof(small));
        acpi_parse_madt(small + sizeof(small) - len, len, &info.madt);
        acpi_parse_fadt(small + sizeof(small) - len, len, &info.fadt);
        acpi_parse_hpet(small + sizeof(small) - len, len, &info);
        acpi_parse_mcfg(small + sizeof(small) - len, len, &info);
        acpi_find_s5(small + sizeof(small) - len, len, &info);
    }
}
