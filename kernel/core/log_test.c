#include "kernel/core/log.h"

#include "base/string.h"
#include "base/test.h"
#include "kernel/core/spinlock.h"

TEST(log_tail_has_whole_newest_lines)
{
    char tail[120];
    size_t len;

    log_debug("first line of the log test with some text in it");
    log_debug("second line of the log test with some text in it %d", 42);
    len = log_tail(tail, sizeof tail);
    CHECK(len && len < sizeof tail && tail[0] == '[' && tail[len - 1] == '\n' && !tail[len]);
    CHECK(strchr(tail, '\n') == tail + len - 1); /* one line fits, not two */
    CHECK(!memcmp(tail + len - 3, "42\n", 3));
    CHECK(log_tail(tail, 1) == 0 && log_tail(tail, 0) == 0);
}

TEST(log_cuts_long_lines_off)
{
    static char text[2000], tail[1024];
    size_t len;

    memset(text, 'x', sizeof text - 1);
    log_debug("%s", text);
    len = log_tail(tail, sizeof tail);
    CHECK(len >= 512 && tail[len - 1] == '\n' && tail[len - 2] == 'x' && tail[len - 511] != 'x');
}

TEST(spin_lock_knows_its_holder)
{
    struct spinlock l = SPINLOCK_INIT;
    arch_irq_t irq;

    CHECK(!spin_held(&l));
    irq = spin_lock(&l);
    CHECK(spin_held(&l) && !arch_irq_enabled());
    spin_unlock(&l, irq);
    CHECK(!spin_held(&l));
}
