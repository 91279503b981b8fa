// mandelbrot: a picture of the Mandelbrot set, as large as the terminal.

import { terminal } from "wasmos";
import { Explorer } from "./explorer";
import { OptionReader, Options, USAGE } from "./options";
import { picture } from "./picture";
import { View } from "./view";

const STATUS_USAGE = 2;

/** Fills in what the command line leaves open. A line remains for the shell's next prompt. */
function chooseSize(options: Options): void {
  if (options.columns) return;
  const size = terminal.size();
  options.columns = size.ok ? min(size.value.columns, 1000) : 80;
  options.rows = size.ok ? max(1, min(size.value.rows, 1000) - 1) : 24;
}

function main(): i32 {
  const reader = new OptionReader(process.argv.slice(1));
  if (!reader.read()) {
    console.error(`mandelbrot: ${reader.problem}\n${USAGE}`);
    return STATUS_USAGE;
  }
  const options = reader.options;
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const view = new View(options.x, options.y, options.zoom, options.iterations);
  if (options.explore) {
    if (new Explorer(view, options.colours).run()) return 0;
    console.error("mandelbrot: --explore needs a terminal");
    return 1;
  }
  chooseSize(options);
  console.log(picture(view, options.columns, options.rows, options.colours));
  return 0;
}

process.exit(main());
