#include "kernel/drv/linedisc.h"

#include "base/string.h"
#include "base/test.h"

static struct linedisc disc;
static char screen[256];
static unsigned screen_len, interrupts;

static void press(enum linedisc_mode mode, const char *keys, size_t len)
{
    struct linedisc_result r;
    for (size_t i = 0; i < len; i++) {
        linedisc_key(&disc, mode, keys[i], &r);
        interrupts += r.interrupt;
        for (unsigned n = 0; n < r.echo_len; n++)
            screen[screen_len++] = r.echo[n];
        screen_len -= r.erase;
    }
    screen[screen_len] = 0;
}

static void restart(void)
{
    memset(&disc, 0, sizeof(disc));
    screen_len = interrupts = 0;
}

static const struct {
    const char *keys, *read, *screen;
} lines[] = {
    {"hello\r", "hello\n", "hello\n"},
    {"hello\n", "hello\n", "hello\n"},
    {"helxx\177\177lo\r", "hello\n", "hello\n"},
    {"\177\177a\r", "a\n", "a\n"},
    {"wrong\025right\r", "right\n", "right\n"},
    {"one two  \027three\r", "one three\n", "one three\n"},
    {"a\302\265\177b\r", "ab\n", "a\302b\n"}, /* one column for two bytes: see the test */
    {"\033[A\033OPx\r", "x\n", "x\n"},
    {"\001\177x\r", "x\n", "x\n"},
    {"gone\003kept\r", "kept\n", "gone^C\nkept\n"},
    {"part\004", "part", "part"},
};

TEST(linedisc_lines)
{
    char buf[64];
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        restart();
        press(LINEDISC_COOKED, lines[i].keys, strlen(lines[i].keys));
        CHECK(linedisc_ready(&disc, LINEDISC_COOKED));
        size_t n = linedisc_read(&disc, LINEDISC_COOKED, buf, sizeof(buf));
        buf[n] = 0;
        if (strcmp(buf, lines[i].read) || strcmp(screen, lines[i].screen))
            unit_test_failed(test_state, lines[i].keys, screen, (int)i);
        CHECK(!linedisc_ready(&disc, LINEDISC_COOKED));
    }
}

TEST(linedisc_reading)
{
    char buf[16];
    restart();
    press(LINEDISC_COOKED, "ab\rcd\r\004", 7);
    CHECK(linedisc_read(&disc, LINEDISC_COOKED, buf, 2) == 2 && buf[0] == 'a');
    CHECK(linedisc_read(&disc, LINEDISC_COOKED, buf, 16) == 1 && buf[0] == '\n');
    CHECK(linedisc_read(&disc, LINEDISC_COOKED, buf, 16) == 3 && buf[0] == 'c');
    CHECK(linedisc_ready(&disc, LINEDISC_COOKED));
    CHECK(linedisc_read(&disc, LINEDISC_COOKED, buf, 16) == 0); /* end of file, once */
    CHECK(!linedisc_ready(&disc, LINEDISC_COOKED));
    press(LINEDISC_COOKED, "xy\004", 3);
    CHECK(linedisc_read(&disc, LINEDISC_COOKED, buf, 2) == 2);
    CHECK(!linedisc_ready(&disc, LINEDISC_COOKED)); /* ^D behind text is no end of file */
}

TEST(linedisc_raw)
{
    char buf[16];
    restart();
    press(LINEDISC_COOKED, "typed", 5);
    CHECK(!linedisc_ready(&disc, LINEDISC_COOKED) && linedisc_ready(&disc, LINEDISC_RAW));
    press(LINEDISC_RAW, "\003\033[A", 4);
    CHECK(interrupts == 0);
    CHECK(linedisc_read(&disc, LINEDISC_RAW, buf, 16) == 9 && !memcmp(buf, "typed\003\033[A", 9));
}

TEST(linedisc_limits)
{
    static char buf[2 * LINEDISC_LINE_MAX];
    restart();
    for (int i = 0; i < 3000; i++) {
        screen_len = 0;
        press(LINEDISC_COOKED, "x", 1);
    }
    press(LINEDISC_COOKED, "\r", 1);
    CHECK(linedisc_read(&disc, LINEDISC_COOKED, buf, sizeof(buf)) == LINEDISC_LINE_MAX);
    restart();
    unsigned room = linedisc_room(&disc);
    for (unsigned i = 0; i < room; i++)
        press(LINEDISC_RAW, "y", 1);
    CHECK(disc.count == room && linedisc_room(&disc) == 0);
    press(LINEDISC_RAW, "yyyyyyyyyyyyyyyyyyyyyyyyyy", 26);
    CHECK(disc.count <= LINEDISC_RING);
}
