// Colours for escape times, and how a terminal is told about them.

import { Colours } from "./options";

/** A stop of the gradient: where it is, from 0 to 1, and its red, green and blue. */
class Stop {
  constructor(
    public at: f64,
    public red: f64,
    public green: f64,
    public blue: f64,
  ) {}
}

// From deep blue over white and orange to black, and back to the beginning.
const GRADIENT: Stop[] = [
  new Stop(0.0, 0, 7, 100),
  new Stop(0.16, 32, 107, 203),
  new Stop(0.42, 237, 255, 255),
  new Stop(0.6425, 255, 170, 0),
  new Stop(0.8575, 0, 2, 0),
  new Stop(1.0, 0, 7, 100),
];
const TURN: f64 = 0.11; // how much of the gradient a unit of the root of the escape time takes

function mix(a: f64, b: f64, part: f64): u32 {
  return <u32>(a + (b - a) * part + 0.5);
}

/** The colour of an escape time, as 0xRRGGBB; the set itself is black. */
export function colourOf(time: f64): u32 {
  if (time < 0) return 0;
  const turns = Math.sqrt(time) * TURN;
  const at = turns - Math.floor(turns);
  let n = 1;
  while (GRADIENT[n].at < at) n++;
  const from = GRADIENT[n - 1];
  const to = GRADIENT[n];
  const part = (at - from.at) / (to.at - from.at);
  return (mix(from.red, to.red, part) << 16) | (mix(from.green, to.green, part) << 8) | mix(from.blue, to.blue, part);
}

/** The nearest of the six levels of a colour cube: 0, 95, 135, 175, 215, 255. */
function level(value: u32): u32 {
  return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
}

/** What comes between "\x1b[38;" or "\x1b[48;" and "m" to choose this colour. */
export function colourCode(colour: u32, colours: Colours): string {
  const red = colour >> 16;
  const green = (colour >> 8) & 0xff;
  const blue = colour & 0xff;
  if (colours == Colours.TRUE) return `2;${red};${green};${blue}`;
  return `5;${16 + 36 * level(red) + 6 * level(green) + level(blue)}`;
}

const SHADES = " .,:;=+*%#@"; // from the quickest to the set itself

/** A character for an escape time. */
export function shadeOf(time: f64): string {
  const last = SHADES.length - 1;
  if (time < 0) return SHADES.charAt(last);
  return SHADES.charAt(<i32>min(Math.log2(time + 1) * 1.5, <f64>(last - 1)));
}
