#include "kernel/drv/vt_ops.h"

#include "base/bitmap.h"
#include "base/string.h"

enum { TAB = 8 };

const struct vt_pen vt__default_pen = {VT_DEFAULT_FG, VT_DEFAULT_BG, 0};

/* ---- cells ---- */

struct vt_cell *vt__line(const struct vt *t, unsigned row)
{
    dassert(row < t->rows);
    return t->cells + (size_t)((t->first + row) % t->lines) * t->columns;
}

void vt__mark(struct vt *t, unsigned row)
{
    bitmap_set(t->dirty, row);
}

static void mark_rows(struct vt *t, unsigned from, unsigned to)
{
    for (unsigned r = from; r < to; r++)
        vt__mark(t, r);
}

/* What erasing leaves: a blank in the present background. */
static struct vt_cell blank(const struct vt *t)
{
    return (struct vt_cell){' ', (uint8_t)(VT_DEFAULT_FG | t->pen.bg << 4), 0};
}

void vt__erase(struct vt *t, unsigned row, unsigned from, unsigned to)
{
    struct vt_cell *line = vt__line(t, row), b = blank(t);
    for (unsigned c = from; c < to; c++)
        line[c] = b;
    vt__mark(t, row);
}

void vt__erase_rows(struct vt *t, unsigned from, unsigned to)
{
    for (unsigned r = from; r < to; r++)
        vt__erase(t, r, 0, t->columns);
}

/* ---- scrolling ---- */

static void copy_line(struct vt *t, unsigned to, unsigned from)
{
    memcpy(vt__line(t, to), vt__line(t, from), t->columns * sizeof(struct vt_cell));
}

/* Moves the region's lines up. The whole screen moves by turning the ring: what leaves becomes
 * history. */
void vt__scroll_up(struct vt *t, unsigned n)
{
    unsigned height = t->bottom - t->top;
    n = n < height ? n : height;
    if (height == t->rows) {
        t->first = (t->first + n) % t->lines;
        unsigned most = t->lines - t->rows;
        t->history = t->history + n < most ? t->history + n : most;
        if (t->view)
            t->view = t->view + n < t->history ? t->view + n : t->history;
    } else {
        for (unsigned r = t->top; r + n < t->bottom; r++)
            copy_line(t, r, r + n);
    }
    vt__erase_rows(t, t->bottom - n, t->bottom);
    mark_rows(t, t->top, t->bottom);
}

void vt__scroll_down(struct vt *t, unsigned n)
{
    unsigned height = t->bottom - t->top;
    n = n < height ? n : height;
    for (unsigned r = t->bottom; r-- > t->top + n;)
        copy_line(t, r, r - n);
    vt__erase_rows(t, t->top, t->top + n);
    mark_rows(t, t->top, t->bottom);
}

/* Insert or delete lines: a scroll of the part of the region from the cursor on. */
void vt__shift_lines(struct vt *t, unsigned n, void (*scroll)(struct vt *, unsigned))
{
    unsigned top = t->top;
    if (t->row < t->top || t->row >= t->bottom)
        return;
    t->top = t->row;
    if (t->top == 0 && t->bottom == t->rows && scroll == vt__scroll_up) {
        /* Deleting lines is not scrolling: nothing goes to the history. */
        n = n < t->rows ? n : t->rows;
        for (unsigned r = 0; r + n < t->rows; r++)
            copy_line(t, r, r + n);
        vt__erase_rows(t, t->rows - n, t->rows);
        mark_rows(t, 0, t->rows);
    } else {
        scroll(t, n);
    }
    t->top = top;
    t->column = 0;
    t->wrap_pending = false;
}

/* ---- cursor ---- */

void vt__move_to(struct vt *t, unsigned column, unsigned row)
{
    vt__mark(t, t->row);
    t->column = column < t->columns ? column : t->columns - 1;
    t->row = row < t->rows ? row : t->rows - 1;
    t->wrap_pending = false;
    vt__mark(t, t->row);
}

/* Up or down by n, not past the region's edge if the cursor is inside it. */
void vt__move_rows(struct vt *t, int n)
{
    int lo = t->row >= t->top ? (int)t->top : 0;
    int hi = t->row < t->bottom ? (int)t->bottom - 1 : (int)t->rows - 1;
    int row = (int)t->row + n;
    vt__move_to(t, t->column, (unsigned)(row < lo ? lo : row > hi ? hi : row));
}

void vt__line_feed(struct vt *t)
{
    vt__mark(t, t->row);
    t->wrap_pending = false;
    if (t->row + 1 == t->bottom)
        vt__scroll_up(t, 1);
    else if (t->row + 1 < t->rows)
        t->row++;
    vt__mark(t, t->row);
}

void vt__reverse_line_feed(struct vt *t)
{
    if (t->row == t->top)
        vt__scroll_down(t, 1);
    else if (t->row)
        vt__move_to(t, t->column, t->row - 1);
}

void vt__save(struct vt *t)
{
    t->saved.column = t->column;
    t->saved.row = t->row;
    t->saved.pen = t->pen;
}

void vt__restore(struct vt *t)
{
    t->pen = t->saved.pen;
    vt__move_to(t, t->saved.column, t->saved.row);
}

/* ---- characters ---- */

static bool is_combining(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0xfe00 && c <= 0xfe0f);
}

void vt__put(struct vt *t, uint32_t c)
{
    if (is_combining(c))
        return;
    if (t->wrap_pending && t->autowrap) {
        t->column = 0;
        vt__line_feed(t);
    }
    vt__line(t, t->row)[t->column] =
        (struct vt_cell){(uint16_t)(c > 0xffff ? VT_REPLACEMENT : c),
                         (uint8_t)(t->pen.fg | t->pen.bg << 4), t->pen.attrs};
    vt__mark(t, t->row);
    t->wrap_pending = t->column + 1 == t->columns;
    if (!t->wrap_pending)
        t->column++;
}

void vt__control(struct vt *t, uint8_t c)
{
    switch (c) {
    case '\b':
        vt__move_to(t, t->column ? t->column - 1 : 0, t->row);
        break;
    case '\t':
        vt__move_to(t, (t->column / TAB + 1) * TAB, t->row);
        break;
    case '\n':
    case '\v':
    case '\f':
        vt__line_feed(t);
        break;
    case '\r':
        vt__move_to(t, 0, t->row);
        break;
    case 0x1b:
        t->state = VT_ESCAPE;
        break;
    default:
        break; /* the bell and the rest make no picture */
    }
}

/* ---- the interface ---- */

void vt__reset(struct vt *t)
{
    t->pen = vt__default_pen;
    t->top = 0;
    t->bottom = t->rows;
    t->autowrap = t->cursor_visible = true;
    t->origin = t->wrap_pending = false;
    t->column = t->row = 0;
    vt__save(t);
    vt__erase_rows(t, 0, t->rows);
}

size_t vt_storage(unsigned columns, unsigned rows, unsigned history)
{
    return (size_t)columns * (rows + history);
}

void vt_init(struct vt *t, unsigned columns, unsigned rows, unsigned history, struct vt_cell *cells)
{
    assert(columns > 0 && columns <= VT_COLUMNS_MAX && rows > 0 && rows <= VT_ROWS_MAX);
    *t = (struct vt){.columns = columns, .rows = rows, .lines = rows + history, .cells = cells};
    vt__reset(t);
}

void vt_write(struct vt *t, const char *bytes, size_t len)
{
    if (t->view && len)
        vt_scroll_view(t, -(int)t->view);
    for (size_t i = 0; i < len; i++)
        vt__byte(t, (uint8_t)bytes[i]);
}

void vt_scroll_view(struct vt *t, int lines)
{
    int view = (int)t->view + lines;
    unsigned wanted = view < 0 ? 0 : (unsigned)view > t->history ? t->history : (unsigned)view;
    if (wanted != t->view)
        vt_dirty_all(t);
    t->view = wanted;
}

const struct vt_cell *vt_visible_row(const struct vt *t, unsigned row)
{
    return t->cells + (size_t)((t->first + t->lines - t->view + row) % t->lines) * t->columns;
}

bool vt_cursor(const struct vt *t, unsigned *out_column, unsigned *out_row)
{
    *out_column = t->column;
    *out_row = t->row + t->view;
    return t->cursor_visible && t->row + t->view < t->rows;
}

unsigned vt_next_dirty(struct vt *t, unsigned from)
{
    for (unsigned r = from; r < t->rows; r++) {
        if (bitmap_get(t->dirty, r)) {
            bitmap_clear(t->dirty, r);
            return r;
        }
    }
    return t->rows;
}

void vt_dirty_all(struct vt *t)
{
    mark_rows(t, 0, t->rows);
}
