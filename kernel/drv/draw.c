#include "kernel/drv/draw.h"

#include "base/string.h"
#include "kernel/drv/font.h"

/* The 16 colours, 0x00RRGGBB. */
static const uint32_t palette[16] = {
    0x101418, 0xc8373b, 0x3a9b52, 0xb98a1f, 0x3b6fc4, 0x9a4fb0, 0x2d9aa5, 0xc9ccd1,
    0x5c646e, 0xf2696c, 0x6ecf85, 0xf0c95a, 0x73a5f2, 0xcb88e0, 0x66cfda, 0xffffff,
};

enum { UNDERLINE_ROW = 13 };

void draw_size(const struct arch_screen *s, unsigned *out_columns, unsigned *out_rows)
{
    *out_columns = s->cells ? s->width : s->width / FONT_WIDTH;
    *out_rows = s->cells ? s->height : s->height / FONT_HEIGHT;
}

struct look {
    uint8_t fg, bg;
};

static struct look look_of(struct vt_cell cell)
{
    struct look l = {cell.colours & 15, cell.colours >> 4};
    if ((cell.attrs & VT_BOLD) && l.fg < 8)
        l.fg |= 8;
    return cell.attrs & VT_INVERSE ? (struct look){l.bg, l.fg} : l;
}

/* ---- VGA text ---- */

/* Code page 437, 0x80 to 0xff. */
static const uint16_t cp437[128] = {
    0x00c7, 0x00fc, 0x00e9, 0x00e2, 0x00e4, 0x00e0, 0x00e5, 0x00e7, 0x00ea, 0x00eb, 0x00e8, 0x00ef,
    0x00ee, 0x00ec, 0x00c4, 0x00c5, 0x00c9, 0x00e6, 0x00c6, 0x00f4, 0x00f6, 0x00f2, 0x00fb, 0x00f9,
    0x00ff, 0x00d6, 0x00dc, 0x00a2, 0x00a3, 0x00a5, 0x20a7, 0x0192, 0x00e1, 0x00ed, 0x00f3, 0x00fa,
    0x00f1, 0x00d1, 0x00aa, 0x00ba, 0x00bf, 0x2310, 0x00ac, 0x00bd, 0x00bc, 0x00a1, 0x00ab, 0x00bb,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557,
    0x255d, 0x255c, 0x255b, 0x2510, 0x2514, 0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f,
    0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256c, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559,
    0x2558, 0x2552, 0x2553, 0x256b, 0x256a, 0x2518, 0x250c, 0x2588, 0x2584, 0x258c, 0x2590, 0x2580,
    0x03b1, 0x00df, 0x0393, 0x03c0, 0x03a3, 0x03c3, 0x00b5, 0x03c4, 0x03a6, 0x0398, 0x03a9, 0x03b4,
    0x221e, 0x03c6, 0x03b5, 0x2229, 0x2261, 0x00b1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00f7, 0x2248,
    0x00b0, 0x2219, 0x00b7, 0x221a, 0x207f, 0x00b2, 0x25a0, 0x00a0};

static uint8_t to_cp437(uint16_t ch)
{
    if (ch < 0x80)
        return (uint8_t)(ch < ' ' ? ' ' : ch);
    for (unsigned i = 0; i < ARRAY_LEN(cp437); i++)
        if (cp437[i] == ch)
            return (uint8_t)(0x80 + i);
    /* Light strokes instead of the heavy ones that the card lacks; a square for the rest. */
    if (ch == 0x2501 || ch == 0x2503)
        return ch == 0x2501 ? 0xc4 : 0xb3;
    return 0xfe;
}

/* ECMA-48 counts red, green, blue from the lowest bit, the card the other way round. */
static uint8_t vga_colour(uint8_t c)
{
    return (uint8_t)((c & 10) | (c & 1) << 2 | (c & 4) >> 2);
}

static void draw_text(const struct arch_screen *s, unsigned column, unsigned row,
                      struct vt_cell cell)
{
    struct look l = look_of(cell);
    uint8_t colours =
        (uint8_t)(vga_colour(l.fg) | (vga_colour(l.bg) & 7) << 4); /* bit 7 would blink */
    volatile uint16_t *at = s->cells + (size_t)row * s->stride + column;
    *at = (uint16_t)(to_cp437(cell.ch) | colours << 8);
}

/* ---- pixels ---- */

enum { GLYPH_CACHE = 512 };

/* Made at first use. Two who make the same glyph at once write the same bytes. */
static const uint8_t *glyph(uint16_t ch)
{
    static struct {
        uint16_t ch;
        bool made;
        uint8_t rows[FONT_HEIGHT];
    } cache[GLYPH_CACHE];
    unsigned i = ch % GLYPH_CACHE;
    if (cache[i].ch != ch || !cache[i].made) {
        font_glyph(ch, cache[i].rows);
        cache[i].ch = ch;
        cache[i].made = true;
    }
    return cache[i].rows;
}

static void draw_pixels(const struct arch_screen *s, unsigned column, unsigned row,
                        struct vt_cell cell)
{
    struct look l = look_of(cell);
    uint32_t fg = palette[l.fg], bg = palette[l.bg];
    const uint8_t *rows = glyph(cell.ch);
    volatile uint32_t *at =
        s->pixels + (size_t)row * FONT_HEIGHT * s->stride + (size_t)column * FONT_WIDTH;
    for (unsigned y = 0; y < FONT_HEIGHT; y++, at += s->stride) {
        uint8_t bits = (cell.attrs & VT_UNDERLINE) && y == UNDERLINE_ROW ? 0xff : rows[y];
        for (unsigned x = 0; x < FONT_WIDTH; x++)
            at[x] = bits >> (FONT_WIDTH - 1 - x) & 1 ? fg : bg;
    }
}

void draw_cell(const struct arch_screen *s, unsigned column, unsigned row, struct vt_cell cell)
{
    unsigned columns, rows;
    draw_size(s, &columns, &rows);
    if (column >= columns || row >= rows)
        return;
    if (s->cells)
        draw_text(s, column, row, cell);
    else
        draw_pixels(s, column, row, cell);
}
