// Files and directories below the folder that is the argument.

import * as fs from "fs";
import { Errno, File, FileType, Seek, strerror } from "fs";

const top = process.argv[1];

function say(what: string, error: i32): void {
  console.log(`${what}: ${strerror(error)}`);
}

function wholeFiles(): void {
  const path = top + "/whole";
  say("write", fs.write(path, "first\n"));
  say("append", fs.append(path, "zweite Zeile: grün"));
  console.log(fs.readText(path).value);
  const bytes = new Uint8Array(100_000);
  for (let i = 0; i < bytes.length; i++) bytes[i] = <u8>(i * 7);
  say("bytes", fs.write(path, bytes));
  const back = fs.readBytes(path).value;
  let same = back.length == bytes.length;
  for (let i = 0; same && i < bytes.length; i++) same = back[i] == bytes[i];
  console.log(same);
  say("shorter", fs.write(path, "short"));
  console.log(fs.stat(path).value.size);
  say("nothing", fs.write(path, ""));
  console.log(fs.readText(path).value.length);
}

function streams(): void {
  const file = fs.open(top + "/stream", "w+").value;
  for (let i = 0; i < 3000; i++) file.write(`line ${i}\n`);
  file.write("x".repeat(10_000) + "\nthe last one");
  console.log(file.seek(0).value);
  let count = 0;
  let longest = 0;
  let last = "";
  for (let line = file.readLine(); line !== null; line = file.readLine()) {
    count++;
    longest = max(longest, line.length);
    last = line;
  }
  console.log(`${count} lines, the longest of ${longest}, the last: ${last}`);
  console.log(file.seek(5).value);
  console.log(file.readLine()!);
  console.log(file.seek(0, Seek.CURRENT).value); // where the program is, not where it has read ahead to
  const two = new Uint8Array(2);
  console.log(file.read(two).value);
  console.log(`${two}`);
  say("truncate", file.truncate(4));
  say("sync", file.sync());
  console.log(file.stat().value.size);
  console.log(file.seek(-1, Seek.END).value);
  console.log(file.isTTY);
  say("close", file.close());
  say("again", file.close());
  const closed = file.read(two);
  console.log(closed.ok ? "?" : closed.message.endsWith("Bad file descriptor") ? "closed" : closed.message);
}

function byName(a: fs.DirectoryEntry, b: fs.DirectoryEntry): i32 {
  return a.name < b.name ? -1 : i32(a.name > b.name);
}

function directories(): void {
  const folder = top + "/folder";
  say("make", fs.makeDirectory(folder));
  say("again", fs.makeDirectory(folder));
  say("below nothing", fs.makeDirectory(top + "/no/folder"));
  for (let i = 0; i < 300; i++) fs.write(`${folder}/file with a rather long name ${i}`, "");
  fs.makeDirectory(folder + "/sub");
  fs.symlink("sub", folder + "/link");
  fs.link(folder + "/file with a rather long name 7", folder + "/hard");
  const entries = fs.readDirectory(folder).value.sort(byName);
  let files = 0;
  for (let i = 0; i < entries.length; i++) {
    if (entries[i].name.startsWith("file ")) files++;
    else console.log(`${entries[i].name} ${<i32>entries[i].type} ${entries[i].isDirectory}`);
  }
  console.log(files);
  console.log(fs.readLink(folder + "/link").value);
  console.log(fs.stat(folder + "/link").value.isDirectory);
  console.log(fs.lstat(folder + "/link").value.isSymbolicLink);
  console.log(fs.stat(folder + "/hard").value.links);
  say("rename", fs.rename(folder + "/hard", folder + "/renamed"));
  console.log(`${fs.exists(folder + "/hard")} ${fs.exists(folder + "/renamed")}`);
  say("not empty", fs.removeDirectory(folder));
  say("a directory", fs.remove(folder + "/sub"));
  for (let i = 0; i < entries.length; i++) {
    if (!entries[i].isDirectory) fs.remove(`${folder}/${entries[i].name}`);
  }
  fs.remove(folder + "/renamed");
  fs.removeDirectory(folder + "/sub");
  say("empty", fs.removeDirectory(folder));
}

function mistakes(): void {
  const missing = fs.readText(top + "/missing");
  console.log(`${missing.ok} ${missing.error == Errno.ENOENT} ${missing.message.endsWith("missing: No such file or directory")}`);
  console.log(missing.or("instead"));
  console.log(fs.open(top, "r+").error == Errno.EISDIR);
  console.log(fs.open(top + "/x", "q").message.endsWith('/x: mode "q": Invalid argument'));
  console.log(fs.open("").message);
  fs.write(top + "/there", "x");
  say("exclusive", fs.open(top + "/there", "wx").error);
  say("write to a reader", fs.open(top + "/there").value.write("y"));
  say("read from a writer", fs.open(top + "/there", "a").value.read(new Uint8Array(1)).error);
  say("a file as a directory", fs.readDirectory(top + "/there").error);
  say("outside", fs.readText(top + "/../../../../../../etc/shadow").error);
  say("not a link", fs.readLink(top + "/there").error);
  const stats = fs.stat(top + "/there").value;
  console.log(`${stats.isFile} ${stats.size} ${stats.type == FileType.REGULAR} ${stats.modificationTime > 0}`);
  say("bad descriptor", new File(99).write("x"));
  say("unknown", 1000);
  console.log(fs.readText(top + "/missing").value);
}

/** The bytes of a text that is not well-formed become U+FFFD, as many as Unicode recommends. */
function malformed(): void {
  const bytes: u8[] = [
    0x61, 0xff, 0x62, 0xc0, 0x80, 0x63, 0xe2, 0x82, 0x64, 0xed, 0xa0, 0x80, 0x65, 0xf0, 0x9f, 0x98, 0x80, 0xf4, 0x90, 0x80,
    0x80, 0xe2, 0x82, 0xac, 0xf0, 0x9f,
  ];
  const data = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) data[i] = bytes[i];
  fs.write(top + "/malformed", data);
  console.log(fs.readText(top + "/malformed").value);
}

wholeFiles();
streams();
directories();
malformed();
mistakes();
