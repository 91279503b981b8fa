// What the command line asks for.

export enum Colours {
  PLAIN,
  PALETTE, // the 256 of most terminals
  TRUE, // 24 bits
}

export class Options {
  x: f64 = -0.65;
  y: f64 = 0;
  zoom: f64 = 1;
  iterations: i32 = 256;
  columns: i32 = 0; // 0: as the terminal
  rows: i32 = 0;
  colours: Colours = Colours.PALETTE;
  explore: bool = false;
  help: bool = false;
}

export const USAGE = `\
Usage: mandelbrot [OPTIONS]
  --centre X,Y         the point in the middle (-0.65,0)
  --zoom FACTOR        how much larger than the whole set (1)
  --iterations N       how long a point may take to escape, 1 to 100000 (256)
  --size COLUMNSxROWS  characters, up to 1000 each (the terminal's size, or 80x24)
  --true-colour        24-bit colours instead of the 256 of most terminals
  --plain              characters instead of colours
  --explore            move and zoom with the keyboard
  --help               this text`;

const LARGEST_ZOOM: f64 = 1e13; // beyond, neighbouring points are the same number
const MOST_ITERATIONS = 100_000;
const LARGEST_SIDE = 1000;

/** Where a sign that may be there ends. */
function skipSign(text: string, at: i32): i32 {
  const sign = text.charAt(at);
  return at + i32(sign == "+" || sign == "-");
}

/** Where the digits from there on end. */
function skipDigits(text: string, at: i32): i32 {
  while (at < text.length && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at++;
  return at;
}

/** The number that a text is from its first to its last character, or NaN: `parseFloat` alone takes "1x" for 1. */
function numberOf(text: string): f64 {
  let at = skipDigits(text, skipSign(text, 0));
  if (text.charAt(at) == ".") at = skipDigits(text, at + 1);
  if (text.charAt(at) == "e") {
    const exponent = skipSign(text, at + 1);
    at = skipDigits(text, exponent);
    if (at == exponent) return NaN;
  }
  return at == text.length ? parseFloat(text) : NaN;
}

/** A whole number within bounds, or 0. */
function countOf(text: string, most: i32): i32 {
  const number = numberOf(text);
  return number >= 1 && number <= <f64>most && number == Math.floor(number) ? <i32>number : 0;
}

/** Reads options from words; `problem` says what is wrong with them. */
export class OptionReader {
  readonly options: Options = new Options();
  problem: string = "";
  private at: i32 = 0;

  constructor(private words: string[]) {}

  /** Takes all words; false if one of them cannot be. */
  read(): bool {
    while (this.at < this.words.length && !this.problem.length) this.take(this.words[this.at++]);
    return !this.problem.length;
  }

  private take(word: string): void {
    if (word == "--plain") this.options.colours = Colours.PLAIN;
    else if (word == "--true-colour") this.options.colours = Colours.TRUE;
    else if (word == "--explore") this.options.explore = true;
    else if (word == "--help") this.options.help = true;
    else if (word == "--centre") this.takeCentre(this.value(word));
    else if (word == "--zoom") this.takeZoom(this.value(word));
    else if (word == "--iterations") this.takeIterations(this.value(word));
    else if (word == "--size") this.takeSize(this.value(word));
    else this.problem = `there is no option '${word}'`;
  }

  /** The word after an option. */
  private value(option: string): string {
    if (this.at < this.words.length) return this.words[this.at++];
    this.problem = `${option} needs a value`;
    return "";
  }

  private complain(option: string, value: string, wanted: string): void {
    if (!this.problem.length) this.problem = `${option}: '${value}' is not ${wanted}`;
  }

  private takeCentre(value: string): void {
    const parts = value.split(",");
    const x = parts.length == 2 ? numberOf(parts[0]) : NaN;
    const y = parts.length == 2 ? numberOf(parts[1]) : NaN;
    this.options.x = x;
    this.options.y = y;
    if (!(Math.abs(x) <= 4 && Math.abs(y) <= 4)) this.complain("--centre", value, "X,Y with numbers from -4 to 4");
  }

  private takeZoom(value: string): void {
    const zoom = numberOf(value);
    this.options.zoom = zoom;
    if (!(zoom >= 0.1 && zoom <= LARGEST_ZOOM)) this.complain("--zoom", value, "a number from 0.1 to 1e13");
  }

  private takeIterations(value: string): void {
    this.options.iterations = countOf(value, MOST_ITERATIONS);
    if (!this.options.iterations) this.complain("--iterations", value, "a number from 1 to 100000");
  }

  private takeSize(value: string): void {
    const parts = value.split("x");
    this.options.columns = parts.length == 2 ? countOf(parts[0], LARGEST_SIDE) : 0;
    this.options.rows = parts.length == 2 ? countOf(parts[1], LARGEST_SIDE) : 0;
    if (!this.options.columns || !this.options.rows) {
      this.complain("--size", value, "COLUMNSxROWS with numbers from 1 to 1000");
    }
  }
}
