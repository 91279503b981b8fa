// Moving around with the keyboard.

import { terminal } from "wasmos";
import { Colours } from "./options";
import { picture } from "./picture";
import { View } from "./view";

const HELP = "arrows move, + and - zoom, [ and ] change the iterations, r begins again, q ends";
const HOME = "\x1b[H";
const CLEAR = "\x1b[2J";
const CLEAR_LINE = "\x1b[K";
const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const STRIDE: f64 = 0.2; // of the height that is to be seen

enum Key {
  END = -1,
  NONE = 0,
  UP = 256,
  DOWN,
  RIGHT,
  LEFT,
}

/** The next key: a character, or one of `Key`. A terminal sends ESC [ A to D for the arrows. */
function readKey(): i32 {
  const byte = new Uint8Array(1);
  if (process.stdin.read(byte).or(0) != 1) return Key.END;
  if (byte[0] != 0x1b) return byte[0];
  if (process.stdin.read(byte).or(0) != 1 || byte[0] != 0x5b) return Key.NONE;
  if (process.stdin.read(byte).or(0) != 1) return Key.END;
  return byte[0] >= 0x41 && byte[0] <= 0x44 ? Key.UP + byte[0] - 0x41 : Key.NONE;
}

export class Explorer {
  private first: View;

  constructor(
    private view: View,
    private colours: Colours,
  ) {
    this.first = new View(view.x, view.y, view.zoom, view.iterations);
  }

  /** Shows and moves until the user has had enough; false without a terminal. */
  run(): bool {
    if (!process.stdin.isTTY || !terminal.size().ok || terminal.setRaw(true)) return false;
    process.stdout.write(HIDE_CURSOR + CLEAR);
    this.show();
    while (this.act(readKey())) this.show();
    process.stdout.write(SHOW_CURSOR + HOME + CLEAR);
    terminal.setRaw(false);
    return true;
  }

  private show(): void {
    const size = terminal.size().value;
    const view = this.view;
    const where = `${view.x},${view.y} zoom ${view.zoom} iterations ${view.iterations}   ${HELP}`;
    const lines = picture(view, size.columns, max(1, size.rows - 1), this.colours);
    process.stdout.write(`${HOME}${lines}\n${where.substring(0, size.columns - 1)}${CLEAR_LINE}`);
  }

  /** What a key does; false for the one that ends. */
  private act(key: i32): bool {
    const view = this.view;
    const stride = STRIDE * view.height;
    switch (key) {
      case Key.END:
      case 0x71: // q
        return false;
      case Key.UP: view.y += stride; break;
      case Key.DOWN: view.y -= stride; break;
      case Key.RIGHT: view.x += stride; break;
      case Key.LEFT: view.x -= stride; break;
      case 0x2b: // +
        view.zoom = min(view.zoom * 1.5, 1e13);
        break;
      case 0x2d: // -
        view.zoom = max(view.zoom / 1.5, 0.1);
        break;
      case 0x5d: // ]
        view.iterations = min(view.iterations * 2, 100_000);
        break;
      case 0x5b: // [
        view.iterations = max(view.iterations / 2, 16);
        break;
      case 0x72: // r
        this.view = new View(this.first.x, this.first.y, this.first.zoom, this.first.iterations);
    }
    return true;
  }
}
