// How paths reach the system: as a preopened directory and a path below it. There is a current directory, but it is the
// program's own.

import { environ_get, environ_sizes_get, fd_prestat_dir_name, fd_prestat_get } from "bindings/wasi";
import { fetchList } from "./lists";
import { decode } from "./utf8";

const FIRST_PREOPEN = 3;

class Preopen {
  constructor(
    public fd: i32,
    public path: string,
  ) {}
}

/** A preopened directory and a path relative to it, which is never empty. */
export class Place {
  constructor(
    public fd: i32,
    public path: string,
  ) {}
}

// @ts-ignore: decorator
@lazy const preopens = findPreopens();
// @ts-ignore: decorator
@lazy export const environment = readEnvironment();
// @ts-ignore: decorator
@lazy let current = startDirectory();

function findPreopens(): Preopen[] {
  const found = new Array<Preopen>();
  const prestat = new StaticArray<u32>(2); // a tag, the length of the path
  for (let fd = FIRST_PREOPEN; !fd_prestat_get(fd, changetype<usize>(prestat)); fd++) {
    const name = new ArrayBuffer(prestat[1]);
    fd_prestat_dir_name(fd, changetype<usize>(name), name.byteLength);
    found.push(new Preopen(fd, decode(changetype<usize>(name), name.byteLength)));
  }
  return found;
}

function readEnvironment(): Map<string, string> {
  const map = new Map<string, string>();
  const list = fetchList(environ_sizes_get, environ_get);
  for (let n = 0; n < list.length; n++) {
    const mark = list[n].indexOf("=");
    if (mark > 0) map.set(list[n].substring(0, mark), list[n].substring(mark + 1));
  }
  return map;
}

function startDirectory(): string {
  const given = environment.has("PWD") ? environment.get("PWD") : "";
  return given.startsWith("/") ? normal(given) : "/";
}

/** An absolute path without `.`, `..`, empty names, and a slash at its end. */
function normal(path: string): string {
  const names = new Array<string>();
  const parts = path.split("/");
  for (let n = 0; n < parts.length; n++) {
    if (parts[n] == "..") {
      if (names.length) names.pop();
    } else if (parts[n].length && parts[n] != ".") {
      names.push(parts[n]);
    }
  }
  return "/" + names.join("/");
}

/** The path from the root on. */
export function absolute(path: string): string {
  return path.startsWith("/") ? path : current == "/" ? "/" + path : `${current}/${path}`;
}

/** What lies below `top` of a path, "." for `top` itself, and null if the path leads elsewhere. */
function below(top: string, path: string): string | null {
  if (top == "/") return path.length > 1 ? path.substring(1) : ".";
  if (path == top) return ".";
  return path.startsWith(top + "/") ? path.substring(top.length + 1) : null;
}

/** Where the system finds a path: below the preopened directory with the longest name that begins it. Null without. */
export function locate(path: string): Place | null {
  const whole = absolute(path);
  let best: Place | null = null;
  let longest = 0;
  for (let n = 0; n < preopens.length; n++) {
    const top = preopens[n].path;
    const rest = below(top, whole);
    if (rest && top.length > longest) {
      best = new Place(preopens[n].fd, rest.length ? rest : ".");
      longest = top.length;
    }
  }
  return best;
}

export function currentDirectory(): string {
  return current;
}

/** The caller has seen to it that there is such a directory. */
export function setCurrentDirectory(path: string): void {
  current = normal(absolute(path));
}
