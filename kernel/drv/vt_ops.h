/* Between vt.c (the picture) and vt_parse.c (the bytes). */
#pragma once

#include "kernel/drv/vt.h"

/* States of the parser. */
enum { VT_GROUND, VT_ESCAPE, VT_ESCAPE_SKIP, VT_CSI, VT_STRING, VT_STRING_ESCAPE };
enum { VT_DEFAULT_FG = 7, VT_DEFAULT_BG = 0, VT_REPLACEMENT = 0xfffd };
extern const struct vt_pen vt__default_pen;

void vt__byte(struct vt *t, uint8_t b); /* the parser */

/* What it can do to the picture. Columns and rows count from 0; ends are exclusive. */
struct vt_cell *vt__line(const struct vt *t, unsigned row);
void vt__mark(struct vt *t, unsigned row); /* as dirty */
void vt__erase(struct vt *t, unsigned row, unsigned from, unsigned to);
void vt__erase_rows(struct vt *t, unsigned from, unsigned to);
void vt__scroll_up(struct vt *t, unsigned n);
void vt__scroll_down(struct vt *t, unsigned n);
void vt__shift_lines(struct vt *t, unsigned n, void (*scroll)(struct vt *, unsigned));
void vt__move_to(struct vt *t, unsigned column, unsigned row); /* clamped to the screen */
void vt__move_rows(struct vt *t, int n);
void vt__line_feed(struct vt *t);
void vt__reverse_line_feed(struct vt *t);
void vt__save(struct vt *t);
void vt__restore(struct vt *t);
void vt__put(struct vt *t, uint32_t c);
void vt__control(struct vt *t, uint8_t c);
void vt__reset(struct vt *t);
