/* What a terminal's output looks like: text in, picture out. */
#include "kernel/drv/vt.h"

#include "base/string.h"
#include "base/test.h"
#include "base/utf8.h"
#include "kernel/drv/font.h"

enum { COLUMNS = 10, ROWS = 4, HISTORY = 6 };

static struct vt_cell storage[COLUMNS * (ROWS + HISTORY)];
static struct vt vt;

static void start(const char *bytes)
{
    vt_init(&vt, COLUMNS, ROWS, HISTORY, storage);
    vt_write(&vt, bytes, strlen(bytes));
}

/* The picture as text: rows ended by `|`, blanks at their ends left out. */
static const char *picture(void)
{
    static char out[ROWS * (COLUMNS * 4 + 1) + 1];
    size_t n = 0;
    for (unsigned r = 0; r < ROWS; r++) {
        const struct vt_cell *line = vt_visible_row(&vt, r);
        unsigned end = COLUMNS;
        while (end && line[end - 1].ch == ' ')
            end--;
        for (unsigned c = 0; c < end; c++)
            n += utf8_encode(line[c].ch, out + n);
        out[n++] = '|';
    }
    out[n] = 0;
    return out;
}

static const struct {
    const char *bytes, *picture;
    unsigned column, row;
} cases[] = {
    {"hello", "hello||||", 5, 0},
    {"a\r\nb\nc", "a|b| c||", 2, 2},
    {"0123456789", "0123456789||||", 9, 0}, /* the wrap waits for the next character */
    {"0123456789a", "0123456789|a|||", 1, 1},
    {"0123456789\r\nb", "0123456789|b|||", 1, 1},
    {"\033[?7l0123456789abc", "012345678c||||", 9, 0},
    {"1\r\n2\r\n3\r\n4\r\n5", "2|3|4|5|", 1, 3},
    {"a\tb\tc", "a       bc||||", 9, 0},
    {"abc\b\bX", "aXc||||", 2, 0},
    {"äöü ─│ ✓", "äöü ─│ ✓||||", 8, 0},
    {"a\xff\xc3z\xe2\x82", "a\xef\xbf\xbd\xef\xbf\xbdz||||", 4, 0},
    {"e\xcc\x81", "e||||", 1, 0}, /* combining accent: not shown */
    {"\xf0\x9f\x98\x80", "\xef\xbf\xbd||||", 1, 0},
    /* cursor */
    {"\033[2;3Hx", "|  x|||", 3, 1},
    {"\033[99;99Hx", "|||         x|", 9, 3},
    {"\033[Hx", "x||||", 1, 0},
    {"abc\033[Dx", "abx||||", 3, 0},
    {"abc\033[99Dx", "xbc||||", 1, 0},
    {"\033[2B\033[3Cx", "||   x||", 4, 2},
    {"\033[99B\033[99Ax", "x||||", 1, 0},
    {"abc\033[2Gx\033[3dy", "axc||  y||", 3, 2},
    {"ab\0337cd\0338X", "abXd||||", 3, 0},
    {"ab\033[scd\033[uX", "abXd||||", 3, 0},
    {"\033[4;1Ha\033Db", "||a| b|", 2, 3},
    {"a\033Mb", " b|a|||", 2, 0}, /* at the top: scrolls down */
    /* erasing */
    {"abc\r\033[Kx", "x||||", 1, 0},
    {"abcdef\033[3D\033[1K", "    ef||||", 3, 0},
    {"abcdef\033[2K", "||||", 6, 0},
    {"ab\r\ncd\r\nef\033[2;2H\033[J", "ab|c|||", 1, 1},
    {"ab\r\ncd\r\nef\033[2;1H\033[1J", "| d|ef||", 0, 1},
    {"ab\r\ncd\033[2J", "||||", 2, 1},
    {"abcdef\r\033[2C\033[2X", "ab  ef||||", 2, 0},
    {"abcdef\r\033[2P", "cdef||||", 0, 0},
    {"abcdef\r\033[2@", "  abcdef||||", 0, 0},
    {"abcdefghij\r\033[3@", "   abcdefg||||", 0, 0},
    /* lines */
    {"a\r\nb\r\nc\033[2;1H\033[L", "a||b|c|", 0, 1},
    {"a\r\nb\r\nc\r\nd\033[2;1H\033[M", "a|c|d||", 0, 1},
    {"a\r\nb\033[1;1H\033[99M", "||||", 0, 0},
    {"a\r\nb\033[S", "b||||", 1, 1},
    {"a\r\nb\033[T", "|a|b||", 1, 1},
    /* region */
    {"a\r\nb\r\nc\r\nd\033[2;3r\033[3;1H\n", "a|c||d|", 0, 2},
    {"a\r\nb\r\nc\r\nd\033[2;3r\033[2;1H\033M", "a||b|d|", 0, 1},
    {"\033[3;2rx", "x||||", 1, 0}, /* makes no sense: ignored */
    /* unknown and broken sequences leave no trace */
    {"\033[?2004hx\033[>c\033[12;34~y", "xy||||", 2, 0},
    {"\033]0;title\ax\033]0;t\033\\y", "xy||||", 2, 0},
    {"\033(Bx\033=y", "xy||||", 2, 0},
    {"\033[12\033[1Cx", " x||||", 2, 0},
    {"\033[1\x18x", "x||||", 1, 0},
    {"\033[99999999999999999999Cx", "         x||||", 9, 0},
    {"\033[;;;;;;;;;;;;;;;;;;;;;;;;;;;;Hx", "x||||", 1, 0},
    {"\033[2\n;3Hx", "|  x|||", 3, 1}, /* a control in the middle of a sequence works */
};

TEST(vt_pictures)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        unsigned column, row;
        start(cases[i].bytes);
        vt_cursor(&vt, &column, &row);
        bool same = !strcmp(picture(), cases[i].picture);
        if (!same || column != cases[i].column || row != cases[i].row)
            unit_test_failed(test_state, cases[i].bytes, picture(), (int)i);
    }
}

static struct vt_cell cell_after(const char *bytes)
{
    start(bytes);
    return vt_visible_row(&vt, 0)[0];
}

TEST(vt_colours)
{
    static const struct {
        const char *bytes;
        uint8_t fg, bg, attrs;
    } pens[] = {
        {"x", 7, 0, 0},
        {"\033[31mx", 1, 0, 0},
        {"\033[1;44mx", 7, 4, VT_BOLD},
        {"\033[91;102mx", 9, 10, 0},
        {"\033[4;7mx", 7, 0, VT_UNDERLINE | VT_INVERSE},
        {"\033[4;7m\033[24;27mx", 7, 0, 0},
        {"\033[31;42m\033[mx", 7, 0, 0},
        {"\033[31;42m\033[39;49mx", 7, 0, 0},
        {"\033[38;5;12mx", 12, 0, 0},
        {"\033[38;5;196mx", 9, 0, 0},
        {"\033[48;5;232mx", 7, 0, 0},
        {"\033[38;2;255;0;0mx", 9, 0, 0},
        {"\033[38;5;1;4mx", 1, 0, VT_UNDERLINE},
        {"\033[38mx", 7, 0, 0},
        {"\033[38;5mx", 7, 0, 0},
        {"\033[48;2;1mx", 7, 0, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(pens); i++) {
        struct vt_cell c = cell_after(pens[i].bytes);
        bool same = c.colours == (pens[i].fg | pens[i].bg << 4) && c.attrs == pens[i].attrs;
        if (!same)
            unit_test_failed(test_state, pens[i].bytes, __FILE__, (int)i);
    }
}

TEST(vt_history)
{
    start("1\r\n2\r\n3\r\n4\r\n5\r\n6");
    CHECK(!strcmp(picture(), "3|4|5|6|"));
    vt_scroll_view(&vt, 1);
    CHECK(!strcmp(picture(), "2|3|4|5|"));
    vt_scroll_view(&vt, 99);
    CHECK(!strcmp(picture(), "1|2|3|4|"));
    unsigned column, row;
    CHECK(!vt_cursor(&vt, &column, &row)); /* below what is seen */
    vt_scroll_view(&vt, -1);
    CHECK(!strcmp(picture(), "2|3|4|5|"));
    vt_write(&vt, "!", 1); /* new output: back to the present */
    CHECK(!strcmp(picture(), "3|4|5|6!|"));
    for (int i = 0; i < 100; i++)
        vt_write(&vt, "\r\nx", 3);
    vt_scroll_view(&vt, 1000);
    CHECK(vt.view == HISTORY);
    vt_write(&vt, "\033[3J", 4);
    vt_scroll_view(&vt, 1000);
    CHECK(vt.view == 0);
}

TEST(vt_dirty_rows)
{
    start("");
    unsigned r = 0;
    while ((r = vt_next_dirty(&vt, 0)) < ROWS)
        continue;
    vt_write(&vt, "\033[3;1Hx", 7);
    CHECK(vt_next_dirty(&vt, 0) == 0); /* the cursor left */
    CHECK(vt_next_dirty(&vt, 0) == 2);
    CHECK(vt_next_dirty(&vt, 0) == ROWS);
}

/* Any bytes: nothing outside the cells is touched (run under sanitizers), the cursor stays inside.
 */
TEST(vt_fuzz)
{
    static const char pieces[] =
        "\033[;?0123456789ABCDHJKLMPSTXmrhlsu@`d\r\n\t\b\xc3\xa4\xe2\x94\x80z";
    uint64_t state = 4;
    start("");
    for (int i = 0; i < 200000; i++) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        uint32_t x = (uint32_t)(state >> 33);
        char b = x % 16 ? pieces[(x >> 4) % (sizeof(pieces) - 1)] : (char)(x >> 8);
        vt_write(&vt, &b, 1);
        CHECK(vt.column < COLUMNS && vt.row < ROWS && vt.top < vt.bottom && vt.bottom <= ROWS);
        if (x % 1000 == 0)
            vt_scroll_view(&vt, (int)(x >> 12) % 20 - 10);
    }
    picture();
}

TEST(font_glyphs)
{
    uint8_t g[FONT_HEIGHT], h[FONT_HEIGHT];
    unsigned blank = 0;
    for (uint32_t c = 0x21; c < 0x2600; c++) {
        bool empty = true;
        font_glyph(c, g);
        for (int y = 0; y < FONT_HEIGHT; y++)
            empty &= g[y] == 0;
        blank += empty && (c < 0x7f || (c > 0xa0 && c < 0x100) || (c >= 0x2500 && c < 0x2594));
    }
    CHECK(blank == 0);
    font_glyph('i', g);
    font_glyph(0xef, h); /* ï: the dots instead of the dot */
    CHECK(memcmp(g, h, sizeof(g)) && !memcmp(g + 6, h + 6, sizeof(g) - 6));
    font_glyph(0x2500, g);
    CHECK(g[7] == 0xff);
    font_glyph(0x2588, g);
    CHECK(g[0] == 0xff && g[FONT_HEIGHT - 1] == 0xff);
}
