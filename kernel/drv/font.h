/* Glyphs of 8 by 16 pixels. */
#pragma once

#include "base/base.h"

enum { FONT_WIDTH = 8, FONT_HEIGHT = 16 };

/* The glyph's rows, top first, the leftmost pixel in the highest bit. There is one for every code
 * point, if only a replacement. */
void font_glyph(uint32_t codepoint, uint8_t out[FONT_HEIGHT]);
