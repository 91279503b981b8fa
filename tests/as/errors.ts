// Ways to fail; each ends the program with a trap and says what and where.

class Node {
  next: Node | null = null;
}

function deep(n: i32): i32 {
  return n == 0 ? 0 : 1 + deep(n - 1) + deep(0);
}

const what = process.argv[1];
const list = [1, 2, 3];

console.log("before");
if (what == "throw") throw new Error("it went wrong: grün");
if (what == "range") throw new RangeError("too far");
if (what == "empty") throw new Error();
if (what == "assert") assert(list.length == 4, "there are four");
if (what == "abort") abort("given up", "some file", 12, 34);
if (what == "index") console.log(list[list.length]);
if (what == "null") console.log(new Node().next!.next ? "?" : "!");
if (what == "key") console.log(process.env.get("NO_SUCH_NAME"));
if (what == "divide") console.log(1 / (list.length - 3));
if (what == "memory") {
  const kept: ArrayBuffer[] = [];
  while (true) kept.push(new ArrayBuffer(1 << 24));
}
if (what == "deep") console.log(deep(100_000_000));
if (what == "unreachable") unreachable();
console.log("after");
