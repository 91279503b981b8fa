#include "kernel/arch/x86_64/keyboard.h"

#include "base/string.h"
#include "base/test.h"

static struct keyboard k;

/* Feeds the codes (ended by 0); true if exactly `want` comes out. */
static bool types(const char *codes, const char *want)
{
    char out[128], text[KEYBOARD_TEXT_MAX];
    size_t n = 0;
    for (; *codes; codes++) {
        size_t len = keyboard_feed(&k, (uint8_t)*codes, text);
        for (size_t i = 0; i < len && n < sizeof(out) - 1; i++)
            out[n++] = text[i];
    }
    out[n] = 0;
    return strcmp(out, want) == 0;
}

static void reset(void)
{
    memset(&k, 0, sizeof(k));
}

TEST(keyboard_letters_and_shift)
{
    reset();
    CHECK(types("\x1e\x9e\x30\xb0", "ab"));
    CHECK(types("\x2a\x1e\x9e\xaa\x1e\x9e", "Aa"));
    CHECK(types("\x36\x02\x82\x28\xa8\xb6", "!\""));
    CHECK(types("\x3a\xba\x1e\x9e\x2a\x1e\x9e\xaa\x02\x82", "Aa1")); /* Caps Lock */
    CHECK(types("\x3a\xba\x1e\x9e", "a"));
    CHECK(types("\x1c\x9c\x0e\x8e\x0f\x8f\x01\x81\x39", "\r\x7f\t\x1b "));
    CHECK(types("\x1e\x1e\x1e\x9e", "aaa")); /* repetition */
}

TEST(keyboard_control_and_alt)
{
    reset();
    CHECK(types("\x1d\x2e\xae\x9d", "\x03"));
    CHECK(types("\xe0\x1d\x26\xe0\x9d\x26", "\x0cl"));
    CHECK(types("\x1d\x1a\x9d", "\x1b"));
    CHECK(types("\x38\x30\xb0\xb8", "\x1b"
                                    "b"));
    CHECK(types("\xe0\x38\x2a\x30\xaa\xe0\xb8\x30", "\x1b"
                                                    "Bb"));
}

TEST(keyboard_grey_keys)
{
    reset();
    CHECK(types("\xe0\x48\xe0\xc8\xe0\x50\xe0\x4b\xe0\x4d", "\x1b[A\x1b[B\x1b[D\x1b[C"));
    CHECK(types("\xe0\x47\xe0\x4f\xe0\x53\xe0\x49\xe0\x51", "\x1b[H\x1b[F\x1b[3~\x1b[5~\x1b[6~"));
    CHECK(types("\xe0\x2a\xe0\x48\xe0\xc8\xe0\xaa", "\x1b[A")); /* fake shift */
    CHECK(types("\x1d\xe0\x4d\x9d", "\x1b[1;5C"));
    CHECK(types("\x2a\xe0\x49\xaa", "\x1b[5;2~"));
    CHECK(types("\xe0\x1c\xe0\x35", "\r/"));
    CHECK(types("\x3b\x3f\x58", "\x1bOP\x1b[15~\x1b[24~"));
    CHECK(types("\x2a\x0f\xaa", "\x1b[Z"));
}

TEST(keyboard_pad_and_odd_codes)
{
    reset();
    CHECK(types("\x48\x4c\x4a\x4e", "\x1b[A-+"));
    CHECK(types("\x45\xc5\x48\x4c\x53", "85."));
    CHECK(types("\x2a\x48\xaa", "\x1b[1;2A"));
    CHECK(types("\xe1\x1d\x45\xe1\x9d\xc5\x1e", "a")); /* Pause */
    CHECK(types("\x7f\x59\xe0\x11\xff\xe0\xff\x1e", "a"));
    for (unsigned code = 0; code < 65536; code++) { /* no byte sequence writes too much */
        char text[KEYBOARD_TEXT_MAX];
        CHECK(keyboard_feed(&k, (uint8_t)(code * 40503u >> 8), text) <= KEYBOARD_TEXT_MAX);
    }
}
