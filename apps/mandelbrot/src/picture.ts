// A view as lines of characters.

import { escapeTime } from "./fractal";
import { Colours } from "./options";
import { colourCode, colourOf, shadeOf } from "./palette";
import { View } from "./view";

const UPPER_HALF = "\u2580";
const RESET = "\x1b[0m";

/** With characters only: each stands for one point, and is twice as high as wide. */
function plain(view: View, columns: i32, rows: i32): string {
  const step = view.step(columns, 2 * rows);
  const lines = new Array<string>();
  for (let row = 0; row < rows; row++) {
    const y = view.y - (<f64>row + 0.5 - <f64>rows / 2) * 2 * step;
    let line = "";
    for (let column = 0; column < columns; column++) {
      const x = view.x + (<f64>column + 0.5 - <f64>columns / 2) * step;
      line += shadeOf(escapeTime(x, y, view.iterations));
    }
    lines.push(line.trimEnd());
  }
  return lines.join("\n");
}

/** In colours: a character shows two points, one in the colour of its upper half, one in that of its background. */
function coloured(view: View, columns: i32, rows: i32, colours: Colours): string {
  const step = view.step(columns, 2 * rows);
  const lines = new Array<string>();
  for (let row = 0; row < rows; row++) {
    const y = view.y - (<f64>(2 * row) + 0.5 - <f64>rows) * step;
    let foreground = "";
    let background = "";
    let line = "";
    for (let column = 0; column < columns; column++) {
      const x = view.x + (<f64>column + 0.5 - <f64>columns / 2) * step;
      const upper = colourCode(colourOf(escapeTime(x, y, view.iterations)), colours);
      const lower = colourCode(colourOf(escapeTime(x, y - step, view.iterations)), colours);
      if (upper != foreground) line += `\x1b[38;${upper}m`;
      if (lower != background) line += `\x1b[48;${lower}m`;
      foreground = upper;
      background = lower;
      line += UPPER_HALF;
    }
    lines.push(line + RESET);
  }
  return lines.join("\n");
}

/** The picture, without a line end behind its last line. */
export function picture(view: View, columns: i32, rows: i32, colours: Colours): string {
  return colours == Colours.PLAIN ? plain(view, columns, rows) : coloured(view, columns, rows, colours);
}
