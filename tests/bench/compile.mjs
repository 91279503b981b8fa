// Compiles one module in the JavaScript engine that runs this and prints what it cost, like the tool `throughput`:
// CPU time of all threads in ns, and the memory that was taken at most beyond the module's own bytes.
import { readFileSync } from "node:fs";

const KB = 1024;
const cpuTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
};
const bytes = readFileSync(process.argv[2]);
const before = { ns: cpuTime(), rss: process.memoryUsage.rss() };
new WebAssembly.Module(bytes);
const spent = cpuTime() - before.ns;
const peak = Math.max(0, process.resourceUsage().maxRSS * KB - before.rss);
console.log(`module=${bytes.length} validate_ns=0 compile_ns=${spent} peak=${peak}`);
