// What `console` and the streams print; and that text comes out as UTF-8, however it was put together.

class Point {
  constructor(
    public x: i32,
    public y: i32,
  ) {}

  toString(): string {
    return `(${this.x}, ${this.y})`;
  }
}

class Plain {}

function nothing(): Point | null {
  return null;
}

console.log("log");
console.info("info");
console.debug("debug");
console.log();
console.log(42);
console.log(-1.5);
console.log(true);
console.log(<u64>0xffffffffffffffff);
console.log([1, 2, 3]);
console.log(new Point(3, -4));
console.log(nothing());
console.log(new Plain());
console.warn("warn");
console.error("error");
console.assert(1 == 1, "not printed");
console.assert(1 == 2, "printed");
console.assert(false);
trace("numbers", 3, 1, 2.5, -3);

console.log("grüß 界 \u{1f600}");
console.log("lone \ud83d half, and \ude00 the other");
console.log("\ud83d");
process.stdout.write("written ");
process.stdout.write(String.fromCodePoint(0x10ffff) + "\n");
console.log("x".repeat(1021) + "€€"); // the buffer's end falls into a character
console.log("界".repeat(3000).length);
process.stdout.write("界".repeat(1000) + "\n");
const bytes = new Uint8Array(3);
for (let i = 0; i < 3; i++) bytes[i] = 0xfd + i;
process.stdout.write(bytes);
process.stdout.write("");
process.stderr.write("to standard error\n");
console.time("timer");
console.timeLog("timer");
console.timeEnd("timer");
console.timeEnd("timer");
