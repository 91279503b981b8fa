/* The time-stamp counter is the clock; its rate and the local APIC timer's are measured against the
 * HPET, the ACPI timer or the PIT, whichever is there. Emulated machines are preempted at any
 * moment, so each sample is the one of several with the tightest bracket: two readings of the TSC
 * around one of the reference. */
#include "kernel/arch/x86_64/time.h"

#include "kernel/arch/x86_64/apic.h"
#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/rtc.h"
#include "kernel/arch/x86_64/trap.h"
#include "kernel/arch/x86_64/x86.h"
#include "kernel/core/log.h"

#define PM_TIMER_HZ     3579545ull
#define PIT_HZ          1193182ull
#define PIT_CHANNEL_0   0x40
#define PIT_COMMAND     0x43
#define HPET_BYTES      1024
#define HPET_PERIOD     4 /* registers, byte offsets */
#define HPET_CONFIG     0x10
#define HPET_COUNTER    0xf0
#define FEMTO           1000000000000000ull
#define BRACKETS_MIN    6  /* readings per sample */
#define BRACKETS_MAX    60 /* … if none of them is tight */
#define INTERVAL_NS     1000000ull
#define INTERVAL_MAX_NS 40000000ull
#define TIGHT_PERMYRIAD 5 /* half the brackets against the interval: an error of 0.05 % at most */
#define FALLBACK_HZ     1000000000ull

/* ---- reference clocks ---- */

static volatile uint32_t *hpet;
static uint16_t pm_port;

static uint64_t read_hpet(void)
{
    return hpet[HPET_COUNTER / 4];
}
static uint64_t read_pm(void)
{
    return inl(pm_port);
}

/* Counts down; inverted so that it counts up. */
static uint64_t read_pit(void)
{
    uint8_t low;
    outb(PIT_COMMAND, 0); /* latch channel 0 */
    low = inb(PIT_CHANNEL_0);
    return 0xffffu - (uint64_t)(low | inb(PIT_CHANNEL_0) << 8);
}

static struct {
    uint64_t (*read)(void); /* NULL: none */
    uint64_t hz, mask;
    const char *name;
} reference;

static bool use_hpet(const struct acpi_info *acpi)
{
    uint64_t period;
    if (!acpi->hpet || (hpet = device_map(acpi->hpet, HPET_BYTES, DEVICE_UNCACHED)) == NULL)
        return false;
    period = hpet[HPET_PERIOD / 4];
    if (period == 0 || period > 100000000) /* IA-PC HPET specification 2.3.4: at most 100 ns */
        return false;
    hpet[HPET_CONFIG / 4] |= 1;
    reference.read = read_hpet;
    reference.hz = FEMTO / period;
    reference.mask = UINT32_MAX;
    reference.name = "HPET";
    return true;
}

static bool use_pm_timer(const struct acpi_info *acpi)
{
    pm_port = acpi->fadt.pm_timer;
    if (!pm_port || inl(pm_port) == UINT32_MAX)
        return false;
    reference.read = read_pm;
    reference.hz = PM_TIMER_HZ;
    reference.mask = acpi->fadt.pm_timer_32 ? UINT32_MAX : 0xffffff;
    reference.name = "ACPI timer";
    return true;
}

static bool use_pit(void)
{
    uint64_t first;
    outb(PIT_COMMAND, 0x34); /* channel 0, rate generator, whole range */
    outb(PIT_CHANNEL_0, 0);
    outb(PIT_CHANNEL_0, 0);
    first = read_pit();
    for (unsigned i = 0; i < 1000; i++) {
        if (read_pit() == first)
            continue;
        reference.read = read_pit;
        reference.hz = PIT_HZ;
        reference.mask = 0xffff;
        reference.name = "PIT";
        return true;
    }
    return false;
}

void time_delay_us(unsigned us)
{
    uint64_t start, ticks;
    if (!reference.read) {
        for (unsigned i = 0; i < us; i++)
            inb(0x80);
        return;
    }
    start = reference.read();
    ticks = us * reference.hz / 1000000 + 1;
    while (((reference.read() - start) & reference.mask) < ticks)
        cpu_pause();
}

/* ---- calibration ---- */

struct sample {
    uint64_t tsc, reference, width;
    uint32_t apic;
};

static struct sample first;
static uint64_t tsc_base, tsc_hz, apic_hz;
static uint64_t ns_scale;   /* nanoseconds per TSC tick, 32.32 */
static uint64_t apic_scale; /* APIC timer ticks per nanosecond, 32.32 */
static uint64_t wall_base_ns;

static struct sample take_sample(void)
{
    struct sample best = {.width = UINT64_MAX};
    for (unsigned i = 0; i < BRACKETS_MAX; i++) {
        uint64_t before = tsc_read(), ref = reference.read();
        uint32_t apic = apic_timer_now();
        uint64_t after = tsc_read();
        if (after - before < best.width)
            best = (struct sample){before + (after - before) / 2, ref, after - before, apic};
        if (i + 1 >= BRACKETS_MIN && best.width < 8 * 1000) /* a few microseconds at any rate */
            break;
    }
    return best;
}

void time_start(void)
{
    tsc_base = tsc_read();
}

void time_calibrate_begin(const struct acpi_info *acpi)
{
    if (!use_hpet(acpi) && !use_pm_timer(acpi) && !use_pit())
        reference.read = NULL;
    apic_timer_start(UINT32_MAX);
    if (reference.read)
        first = take_sample();
    else
        first = (struct sample){.tsc = tsc_read()};
}

/* What CPUID says of the rates (leaf 0x15, or 0x16 at least), or a guess. */
static void rates_from_cpuid(void)
{
    struct cpuid r = {0, 0, 0, 0};
    uint32_t max = cpuid(0, 0).eax;
    apic_hz = FALLBACK_HZ;
    tsc_hz = FALLBACK_HZ;
    if (max >= 0x15)
        r = cpuid(0x15, 0);
    if (r.eax && r.ebx && r.ecx) {
        tsc_hz = (uint64_t)r.ecx * r.ebx / r.eax;
        apic_hz = r.ecx;
    } else if (max >= 0x16 && cpuid(0x16, 0).eax) {
        tsc_hz = (uint64_t)(cpuid(0x16, 0).eax & 0xffff) * 1000000;
    }
    log_warn("no clock to measure the CPU's against: TSC taken for %lu kHz", tsc_hz / 1000);
}

static void rates_from_samples(void)
{
    uint64_t ns, ticks;
    struct sample s;
    do {
        s = take_sample();
        ticks = (s.reference - first.reference) & reference.mask;
        ns = ticks * NSEC_PER_SEC / reference.hz;
    } while (ns < INTERVAL_NS ||
             (ns < INTERVAL_MAX_NS &&
              (s.width + first.width) / 2 * 10000 > (s.tsc - first.tsc) * TIGHT_PERMYRIAD));
    tsc_hz = (s.tsc - first.tsc) * reference.hz / ticks;
    apic_hz = (uint64_t)(first.apic - s.apic) * reference.hz / ticks;
}

static struct {
    uint64_t ns;
    void (*fn)(void); /* NULL: none */
} calls[TIME_USERS];  /* touched on the boot CPU only, interrupts off */

static bool due(uint64_t deadline_ns)
{
    return deadline_ns != UINT64_MAX && arch_clock_ns() + NSEC_PER_USEC >= deadline_ns;
}

static void make_calls(void)
{
    for (unsigned i = 0; i < TIME_USERS; i++) {
        void (*fn)(void) = calls[i].fn;
        if (!fn || !due(calls[i].ns))
            continue;
        calls[i].fn = NULL;
        fn();
    }
}

/* The counter may also have been cut to its width: then nothing is due and it starts again. */
static void timer_interrupt(void *arg UNUSED)
{
    struct cpu *c = cpu_self();
    if (c == &cpu_boot)
        make_calls();
    if (due(c->timer_deadline_ns)) {
        c->timer_deadline_ns = UINT64_MAX;
        kernel_timer();
    }
    arch_timer_set(c->timer_deadline_ns);
}

void time_call_at(enum time_user user, uint64_t ns, void (*fn)(void))
{
    assert(cpu_self() == &cpu_boot);
    calls[user].fn = fn;
    calls[user].ns = ns;
    arch_timer_set(cpu_self()->timer_deadline_ns);
}

void time_calibrate_end(void)
{
    if (reference.read)
        rates_from_samples();
    else
        rates_from_cpuid();
    apic_timer_start(0);
    if (tsc_hz < 1000000 || apic_hz < 1000000) {
        log_warn("clock rates make no sense: TSC %lu Hz, APIC %lu Hz", tsc_hz, apic_hz);
        tsc_hz = max_u64(tsc_hz, 1000000);
        apic_hz = max_u64(apic_hz, 1000000);
    }
    ns_scale = (NSEC_PER_SEC << 32) / tsc_hz;
    apic_scale = (apic_hz << 24) / NSEC_PER_SEC << 8;
    wall_base_ns = rtc_read_ns() - arch_clock_ns();
    irq_handle(VECTOR_TIMER, timer_interrupt, NULL);
    log_info("clock: TSC %lu kHz, APIC timer %lu kHz, by %s", tsc_hz / 1000, apic_hz / 1000,
             reference.read ? reference.name : "CPUID");
}

uint64_t time_tsc_hz(void)
{
    return tsc_hz;
}

/* ---- arch.h ---- */

uint64_t arch_clock_ns(void)
{
    return (uint64_t)((unsigned __int128)(tsc_read() - tsc_base) * ns_scale >> 32);
}

uint64_t arch_cpu_ns(unsigned cpu)
{
    (void)cpu;
    return arch_clock_ns(); /* a machine of its own */
}

uint64_t arch_wall_ns(void)
{
    return wall_base_ns + arch_clock_ns();
}

void arch_timer_set(uint64_t deadline_ns)
{
    arch_irq_t irq = arch_irq_disable();
    struct cpu *c = cpu_self();
    uint64_t now = arch_clock_ns(), count = 0;
    c->timer_deadline_ns = deadline_ns;
    for (unsigned i = 0; c == &cpu_boot && i < TIME_USERS; i++)
        if (calls[i].fn)
            deadline_ns = min_u64(deadline_ns, calls[i].ns);
    if (deadline_ns != UINT64_MAX) {
        uint64_t ns = deadline_ns > now ? deadline_ns - now : 0;
        count = (uint64_t)((unsigned __int128)ns * apic_scale >> 32) + 1;
        if (count > UINT32_MAX)
            count = UINT32_MAX;
    }
    apic_timer_start((uint32_t)count);
    arch_irq_restore(irq);
}
