// Compiles AssemblyScript for WasmOS; `sdk/bin/wasmos-asc` and foreman run it.
//
// usage: node driver.mjs ROOT OUTPUT.wasm DEPENDENCIES SOURCE.ts [asc's options…]
//
// The library of sdk/as/lib and the generated declarations take their places in the compiler's own library: their names
// are global, or what `import … from "fs"` finds. DEPENDENCIES is a file for ninja: OUTPUT depends on what was read.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [root, output, dependencies, source, ...options] = process.argv.slice(2);
const compiler = path.join(root, "build/as/node_modules/assemblyscript/dist/asc.js");
const libraries = [[path.join(root, "sdk/as/lib"), ""], [path.join(root, "build/sdk/as"), "bindings/"]];
const read = new Set();

/** Puts the files of a folder into the compiler's library. */
function addLibrary(asc, folder, prefix) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      addLibrary(asc, file, `${prefix}${entry.name}/`);
    } else if (entry.name.endsWith(".ts")) {
      asc.libraryFiles[prefix + entry.name.slice(0, -".ts".length)] = fs.readFileSync(file, "utf8");
      read.add(file);
    }
  }
}

/** A source file's text, or null if there is none: the compiler tries several names. */
function readFile(name, folder) {
  const file = path.resolve(folder, name);
  try {
    const text = fs.readFileSync(file, "utf8");
    read.add(file);
    return text;
  } catch {
    return null;
  }
}

/** A path as ninja and make want it, relative to where this runs. */
function escaped(file) {
  return path.relative(process.cwd(), file).replace(/[ \\]/g, "\\$&");
}

const { default: asc } = await import(pathToFileURL(compiler));
for (const [folder, prefix] of libraries) addLibrary(asc, folder, prefix);
const { error } = await asc.main([source, "--outFile", output, ...options], {
  stdout: process.stdout,
  stderr: process.stderr,
  readFile,
});
if (error) {
  if (!/error\(s\)/.test(error.message)) console.error(`${source}: ${error.message}`);
  process.exit(1);
}
fs.writeFileSync(dependencies, `${escaped(output)}: ${[...read].sort().map(escaped).join(" ")}\n`);
