#include "kernel/drv/screen.h"

#include "base/string.h"
#include "kernel/arch/arch.h"
#include "kernel/core/log.h"
#include "kernel/drv/draw.h"
#include "kernel/drv/vt.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"
#include "kernel/proc/thread.h"

enum { HISTORY_LINES = 1000, HISTORY_LINES_SMALL = 200 };
#define SMALL_MACHINE   (64 * MIB)
#define FRAME_PERIOD_NS (16 * NSEC_PER_MSEC)

static struct {
    bool present;
    struct arch_screen hw;
    struct mutex lock; /* guards vt */
    struct vt vt;
    struct vt_cell *shown; /* what the hardware shows; the thread's own */
    struct spinlock wake_lock;
    struct waitq wake;
    bool changed; /* guarded by wake_lock, with scroll */
    int scroll;
} screen;

static unsigned emergency_column, emergency_row;

/* ---- drawing ---- */

/* Takes a copy of the next row that changed, the cursor drawn into it if the hardware has none. */
static unsigned take_row(unsigned from, struct vt_cell *out)
{
    unsigned column, row;
    mutex_lock(&screen.lock);
    unsigned r = vt_next_dirty(&screen.vt, from);
    if (r < screen.vt.rows) {
        memcpy(out, vt_visible_row(&screen.vt, r), screen.vt.columns * sizeof(*out));
        if (screen.hw.pixels && vt_cursor(&screen.vt, &column, &row) && row == r)
            out[column].attrs ^= VT_INVERSE;
    }
    mutex_unlock(&screen.lock);
    return r;
}

static void draw_row(unsigned row, const struct vt_cell *cells)
{
    struct vt_cell *shown = screen.shown + (size_t)row * screen.vt.columns;
    for (unsigned c = 0; c < screen.vt.columns; c++) {
        if (!memcmp(&shown[c], &cells[c], sizeof(*cells)))
            continue;
        shown[c] = cells[c];
        draw_cell(&screen.hw, c, row, cells[c]);
    }
}

static void draw_changes(void)
{
    static struct vt_cell cells[VT_COLUMNS_MAX]; /* one thread draws */
    unsigned column, row;
    for (unsigned r = 0; (r = take_row(r, cells)) < screen.vt.rows; r++)
        draw_row(r, cells);
    if (!screen.hw.cells)
        return;
    mutex_lock(&screen.lock);
    bool visible = vt_cursor(&screen.vt, &column, &row);
    mutex_unlock(&screen.lock);
    arch_screen_cursor(visible ? column : 0, visible ? row : screen.vt.rows);
}

static void wake_drawer(int scroll)
{
    arch_irq_t irq = spin_lock(&screen.wake_lock);
    bool wake = !screen.changed;
    screen.changed = true;
    screen.scroll += scroll;
    spin_unlock(&screen.wake_lock, irq);
    if (wake)
        waitq_wake_one(&screen.wake);
}

static void screen_main(void *arg UNUSED)
{
    for (;;) {
        arch_irq_t irq = spin_lock(&screen.wake_lock);
        while (!screen.changed)
            waitq_wait_uninterruptible(&screen.wake, &screen.wake_lock, &irq);
        int scroll = screen.scroll;
        screen.changed = false;
        screen.scroll = 0;
        spin_unlock(&screen.wake_lock, irq);
        if (scroll) {
            mutex_lock(&screen.lock);
            vt_scroll_view(&screen.vt, scroll * (int)(screen.vt.rows / 2));
            mutex_unlock(&screen.lock);
        }
        draw_changes();
        if (thread_sleep_until(arch_clock_ns() + FRAME_PERIOD_NS))
            log_warn("screen: the drawing thread was killed");
    }
}

/* ---- the interface ---- */

static bool make_vt(void)
{
    struct frame_stats s;
    unsigned columns, rows;
    frame_stats(&s);
    draw_size(&screen.hw, &columns, &rows);
    columns = (unsigned)min_u64(columns, VT_COLUMNS_MAX);
    rows = (unsigned)min_u64(rows, VT_ROWS_MAX);
    unsigned history = s.total * PAGE_SIZE < SMALL_MACHINE ? HISTORY_LINES_SMALL : HISTORY_LINES;
    struct vt_cell *cells = kalloc(vt_storage(columns, rows, history) * sizeof(*cells));
    screen.shown = kalloc((size_t)columns * rows * sizeof(*screen.shown));
    if (!cells || !screen.shown || !columns || !rows)
        return false;
    vt_init(&screen.vt, columns, rows, history, cells);
    return true;
}

void screen_init(void)
{
    if (!arch_screen(&screen.hw))
        return;
    mutex_init(&screen.lock);
    waitq_init(&screen.wake);
    if (!make_vt() || !thread_create(NULL, "screen", screen_main, NULL)) {
        log_error("screen: out of memory");
        return;
    }
    screen.present = true;
    wake_drawer(0);
}

bool screen_size(unsigned *out_columns, unsigned *out_rows)
{
    *out_columns = screen.vt.columns;
    *out_rows = screen.vt.rows;
    return screen.present;
}

void screen_write(const char *bytes, size_t len)
{
    if (!screen.present)
        return;
    mutex_lock(&screen.lock);
    vt_write(&screen.vt, bytes, len);
    mutex_unlock(&screen.lock);
    wake_drawer(0);
}

void screen_scroll(int halves)
{
    if (screen.present)
        wake_drawer(halves);
}

/* A line of its own for each text: from the top, round and round, white on red. */
void screen_emergency_write(const char *text, size_t len)
{
    enum { WHITE = 15, RED = 1 };
    struct arch_screen hw;
    unsigned columns, rows;
    if (!arch_screen(&hw))
        return;
    draw_size(&hw, &columns, &rows);
    for (size_t i = 0; i < len; i++) {
        struct vt_cell cell = {(uint8_t)text[i], WHITE | RED << 4, 0};
        if (text[i] == '\n') {
            for (cell.ch = ' '; emergency_column < columns; emergency_column++)
                draw_cell(&hw, emergency_column, emergency_row, cell);
        } else if (text[i] >= ' ') {
            draw_cell(&hw, emergency_column++, emergency_row, cell);
        }
        if (emergency_column >= columns) {
            emergency_column = 0;
            emergency_row = (emergency_row + 1) % rows;
        }
    }
}
