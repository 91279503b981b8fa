#include "kernel/arch/x86_64/acpi.h"

#include "base/string.h"
#include "kernel/arch/x86_64/x86.h"

#define HEADER_BYTES    36
#define RSDP_V1_BYTES   20
#define RSDP_V2_BYTES   36
#define EBDA_POINTER    0x40e
#define EBDA_SEARCH     1024
#define BIOS_AREA       0xe0000
#define BIOS_AREA_BYTES 0x20000

bool acpi_checksum(const uint8_t *p, size_t len)
{
    uint8_t sum = 0;
    for (size_t i = 0; i < len; i++)
        sum = (uint8_t)(sum + p[i]);
    return sum == 0;
}

int acpi_parse_rsdp(const uint8_t *rsdp, size_t len, uint64_t *out_root, bool *out_xsdt)
{
    if (len < RSDP_V1_BYTES || memcmp(rsdp, "RSD PTR ", 8) != 0 ||
        !acpi_checksum(rsdp, RSDP_V1_BYTES))
        return -EINVAL;
    *out_root = le32(rsdp + 16);
    *out_xsdt = false;
    if (rsdp[15] >= 2 && len >= RSDP_V2_BYTES && acpi_checksum(rsdp, RSDP_V2_BYTES) &&
        le64(rsdp + 24) != 0) {
        *out_root = le64(rsdp + 24);
        *out_xsdt = true;
    }
    return *out_root ? 0 : -EINVAL;
}

/* ---- MADT: processors and interrupt controllers (5.2.12) ---- */

static void add_cpu(struct acpi_madt *m, uint32_t id, uint32_t flags)
{
    if (!(flags & 1) || m->ncpus == CPU_MAX) /* enabled ones only */
        return;
    for (unsigned i = 0; i < m->ncpus; i++)
        if (m->cpu_apic_ids[i] == id)
            return;
    m->cpu_apic_ids[m->ncpus++] = id;
}

static void isa_override(struct acpi_madt *m, unsigned line, uint32_t gsi, unsigned flags)
{
    if (line >= ACPI_ISA_LINES)
        return;
    m->isa[line].gsi = gsi;
    m->isa[line].low = (flags & 3) == 3;
    m->isa[line].level = (flags >> 2 & 3) == 3;
}

static void madt_entry(const uint8_t *e, unsigned type, unsigned len, struct acpi_madt *out)
{
    switch (type) {
    case 0: /* local APIC */
        if (len >= 8)
            add_cpu(out, e[3], le32(e + 4));
        break;
    case 1: /* I/O APIC */
        if (len >= 12 && out->nioapics < ACPI_IOAPIC_MAX) {
            out->ioapics[out->nioapics].address = le32(e + 4);
            out->ioapics[out->nioapics++].gsi = le32(e + 8);
        }
        break;
    case 2: /* interrupt source override */
        if (len >= 10 && e[2] == 0)
            isa_override(out, e[3], le32(e + 4), le16(e + 8));
        break;
    case 9: /* local x2APIC */
        if (len >= 16)
            add_cpu(out, le32(e + 4), le32(e + 8));
        break;
    default:
        break;
    }
}

void acpi_parse_madt(const uint8_t *t, size_t len, struct acpi_madt *out)
{
    for (size_t at = HEADER_BYTES + 8; len >= 2 && at <= len - 2;) {
        unsigned entry = t[at + 1];
        if (entry < 2 || entry > len - at)
            break;
        madt_entry(t + at, t[at], entry, out);
        at += entry;
    }
    out->present = true;
}

/* ---- FADT: fixed hardware (5.2.9) ---- */

static struct acpi_register generic_register(const uint8_t *p)
{
    return (struct acpi_register){p[0], p[1], le64(p + 4)};
}

void acpi_parse_fadt(const uint8_t *t, size_t len, struct acpi_fadt *out)
{
    uint32_t flags;
    if (len < 116)
        return;
    flags = le32(t + 112);
    out->dsdt = le32(t + 40);
    out->smi_command = (uint16_t)le32(t + 48);
    out->acpi_enable = t[52];
    out->pm1a_control = (uint16_t)le32(t + 64);
    out->pm1b_control = (uint16_t)le32(t + 68);
    out->pm_timer = t[91] == 4 ? (uint16_t)le32(t + 76) : 0;
    out->century = t[108];
    out->pm_timer_32 = flags >> 8 & 1;
    out->hardware_reduced = flags >> 20 & 1;
    if (len >= 129) {
        out->reset = generic_register(t + 116);
        out->reset_value = t[128];
        out->reset_present = flags >> 10 & 1;
    }
    if (len >= 148 && le64(t + 140))
        out->dsdt = le64(t + 140);
    if (len >= 256)
        out->sleep_control = generic_register(t + 244);
    out->present = true;
}

void acpi_parse_hpet(const uint8_t *t, size_t len, struct acpi_info *out)
{
    if (len >= 56 && t[40] == ACPI_MEMORY)
        out->hpet = le64(t + 44);
}

void acpi_parse_mcfg(const uint8_t *t, size_t len, struct acpi_info *out)
{
    for (size_t at = HEADER_BYTES + 8; at + 16 <= len; at += 16) {
        if (le16(t + at + 8) != 0 || t[at + 11] < t[at + 10])
            continue;
        out->ecam = le64(t + at);
        out->ecam_first_bus = t[at + 10];
        out->ecam_last_bus = t[at + 11];
        return;
    }
}

/* ---- _S5 (7.4.2; encoding 20.2) ---- */

/* A small constant at t[*at]; false: something else. */
static bool aml_byte(const uint8_t *t, size_t len, size_t *at, uint8_t *out)
{
    if (*at < len && t[*at] <= 1) { /* ZeroOp, OneOp */
        *out = t[(*at)++];
        return true;
    }
    if (len >= 2 && *at < len - 1 && t[*at] == 0x0a) { /* BytePrefix */
        *out = t[*at + 1];
        *at += 2;
        return true;
    }
    return false;
}

void acpi_find_s5(const uint8_t *t, size_t len, struct acpi_info *out)
{
    for (size_t i = HEADER_BYTES; i + 8 < len; i++) {
        size_t at = i + 4;
        if (t[i] != '_' || memcmp(t + i, "_S5_", 4) != 0 || t[at] != 0x12)
            continue;
        if (t[i - 1] != 0x08 && !(t[i - 1] == '\\' && t[i - 2] == 0x08))
            continue;
        at++;
        at += 1 + (t[at] >> 6); /* PkgLength */
        at++;                   /* NumElements */
        if (aml_byte(t, len, &at, &out->s5_type_a)) {
            out->s5_type_b = 0;
            (void)aml_byte(t, len, &at, &out->s5_type_b);
            out->s5_present = true;
            return;
        }
    }
}

/* ---- finding the tables ---- */

/* The whole table at p, checked; NULL if there is none. */
static const uint8_t *table_at(uint64_t p, acpi_phys_fn phys, size_t *out_len)
{
    const uint8_t *t = p ? phys(p, HEADER_BYTES) : NULL;
    uint32_t len;
    if (!t)
        return NULL;
    len = le32(t + 4);
    if (len < HEADER_BYTES || len > ACPI_TABLE_MAX)
        return NULL;
    t = phys(p, len);
    if (!t || !acpi_checksum(t, len))
        return NULL;
    *out_len = len;
    return t;
}

static void read_table(uint64_t p, acpi_phys_fn phys, struct acpi_info *out)
{
    const uint8_t *head = p ? phys(p, HEADER_BYTES) : NULL, *t;
    static const char *const wanted[] = {"APIC", "FACP", "HPET", "MCFG", "SSDT"};
    size_t len, i = 0;
    while (head && i < ARRAY_LEN(wanted) && memcmp(head, wanted[i], 4) != 0)
        i++;
    if (!head || i == ARRAY_LEN(wanted) || (t = table_at(p, phys, &len)) == NULL)
        return;
    if (i == 0)
        acpi_parse_madt(t, len, &out->madt);
    else if (i == 1)
        acpi_parse_fadt(t, len, &out->fadt);
    else if (i == 2)
        acpi_parse_hpet(t, len, out);
    else if (i == 3)
        acpi_parse_mcfg(t, len, out);
    else if (!out->s5_present)
        acpi_find_s5(t, len, out);
}

/* Searches a BIOS area on 16-byte steps (5.2.5.1). */
static const uint8_t *search_rsdp(uint64_t p, uint64_t len, acpi_phys_fn phys)
{
    const uint8_t *area = phys(p, len);
    for (uint64_t i = 0; area && i + RSDP_V1_BYTES <= len; i += 16)
        if (memcmp(area + i, "RSD PTR ", 8) == 0 && acpi_checksum(area + i, RSDP_V1_BYTES))
            return phys(p + i, RSDP_V2_BYTES);
    return NULL;
}

static const uint8_t *find_rsdp(uint64_t paddr, acpi_phys_fn phys)
{
    const uint8_t *ebda, *found;
    if (paddr)
        return phys(paddr, RSDP_V2_BYTES);
    ebda = phys(EBDA_POINTER, 2);
    found = ebda ? search_rsdp((uint64_t)le16(ebda) << 4, EBDA_SEARCH, phys) : NULL;
    return found ? found : search_rsdp(BIOS_AREA, BIOS_AREA_BYTES, phys);
}

void acpi_read(const uint8_t *rsdp, size_t rsdp_len, uint64_t rsdp_paddr, acpi_phys_fn phys,
               struct acpi_info *out)
{
    uint64_t root;
    bool xsdt;
    size_t len, width;
    const uint8_t *t;
    memset(out, 0, sizeof(*out));
    for (unsigned i = 0; i < ACPI_ISA_LINES; i++)
        out->madt.isa[i].gsi = i;
    if (!rsdp) {
        rsdp = find_rsdp(rsdp_paddr, phys);
        rsdp_len = RSDP_V2_BYTES;
    }
    if (!rsdp || acpi_parse_rsdp(rsdp, rsdp_len, &root, &xsdt) != 0)
        return;
    t = table_at(root, phys, &len);
    if (!t || memcmp(t, xsdt ? "XSDT" : "RSDT", 4) != 0)
        return;
    width = xsdt ? 8 : 4;
    for (size_t i = 0; i < ACPI_TABLES_MAX && HEADER_BYTES + (i + 1) * width <= len; i++) {
        const uint8_t *e = t + HEADER_BYTES + i * width;
        read_table(xsdt ? le64(e) : le32(e), phys, out);
    }
    t = table_at(out->fadt.dsdt, phys, &len);
    if (t)
        acpi_find_s5(t, len, out);
}
