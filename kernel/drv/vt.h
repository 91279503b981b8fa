/* Terminal emulator: a stream of bytes (UTF-8 and ANSI/ECMA-48 control sequences) becomes cells in
 * memory. Pure code: it knows no screen. Not locked. */
#pragma once

#include "base/base.h"

enum { VT_BOLD = 1, VT_UNDERLINE = 2, VT_INVERSE = 4 };

struct vt_cell {
    uint16_t ch;     /* code point of the basic plane; others are U+FFFD */
    uint8_t colours; /* foreground | background << 4, of the 16 of ECMA-48 and its bright ones */
    uint8_t attrs;   /* VT_* */
};

enum { VT_PARAMS_MAX = 16, VT_COLUMNS_MAX = 512, VT_ROWS_MAX = 256 };

struct vt_pen {
    uint8_t fg, bg, attrs;
};

struct vt {
    unsigned columns, rows;
    struct vt_cell *cells; /* ring of `lines` lines: the screen and what scrolled off it */
    unsigned lines, first; /* ring index of the screen's first line */
    unsigned history;      /* lines above it that hold text */
    unsigned view;         /* lines scrolled back */

    unsigned column, row; /* cursor */
    bool wrap_pending;    /* the last column was written: the next character wraps first */
    bool autowrap, cursor_visible, origin;
    unsigned top, bottom; /* scroll region, rows, bottom exclusive */
    struct vt_pen pen;
    struct {
        unsigned column, row;
        struct vt_pen pen;
    } saved;

    uint8_t state, nparams; /* of the parser */
    char prefix;            /* `?` and the like after CSI */
    uint16_t params[VT_PARAMS_MAX];
    uint32_t utf8; /* bits gathered of a sequence */
    uint32_t utf8_min;
    uint8_t utf8_left;
    uint64_t dirty[VT_ROWS_MAX / 64]; /* rows that changed since vt_clean */
};

/* Cells that vt_init needs for a screen and `history` lines of scroll-back. */
size_t vt_storage(unsigned columns, unsigned rows, unsigned history);
/* columns and rows are at most VT_COLUMNS_MAX and VT_ROWS_MAX; cells: vt_storage of them. */
void vt_init(struct vt *t, unsigned columns, unsigned rows, unsigned history,
             struct vt_cell *cells);
void vt_write(struct vt *t, const char *bytes, size_t len);
/* Shows lines further back (> 0) or nearer; within what there is. */
void vt_scroll_view(struct vt *t, int lines);
/* The line that is to be seen in this row. */
const struct vt_cell *vt_visible_row(const struct vt *t, unsigned row);
/* Is the cursor to be seen, and where? */
bool vt_cursor(const struct vt *t, unsigned *out_column, unsigned *out_row);
/* Takes the next dirty row from `from` on, and marks it clean; rows at the end. */
unsigned vt_next_dirty(struct vt *t, unsigned from);
void vt_dirty_all(struct vt *t);
