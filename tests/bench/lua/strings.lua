-- Patterns, formats, concatenation, and tables with strings as keys; returns a checksum.

local function hash(sum, text)
  for i = 1, #text do sum = (sum * 31 + text:byte(i)) & 0xffffffff end
  return sum
end

local words = {}
do
  local seed = 7
  for i = 1, 2000 do
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    words[i] = string.format("%s%d", ("abcdefghij"):rep(2):sub(seed % 9 + 1, seed % 9 + 4 + seed // 1000 % 5), seed // 7 % 60)
  end
end
local text = table.concat(words, " ")

local function count_words()
  local counts, names = {}, {}
  for word in text:gmatch("%a+%d+") do
    if not counts[word] then names[#names + 1] = word end
    counts[word] = (counts[word] or 0) + 1
  end
  table.sort(names)
  local lines = {}
  for i, name in ipairs(names) do lines[i] = string.format("%-12s %5d %8.3f", name, counts[name], counts[name] / 7) end
  return table.concat(lines, "\n")
end

local function replace()
  local out = text:gsub("(%a+)(%d+)", function(a, d) return d .. ":" .. a:upper() end)
  return (out:gsub("%s", "_"):gsub("[AEI]", { A = "4", E = "3", I = "1" }))
end

local function build()
  local parts = ""
  for i = 1, 1500 do parts = parts .. string.char(97 + i % 26) end
  local back = {}
  for i = 1, #parts do back[i] = parts:sub(-i, -i) end
  return table.concat(back)
end

local function search()
  local found, at = 0, 1
  while true do
    local a, b = text:find("cdef", at, true)
    if not a then break end
    found, at = found + 1, b + 1
  end
  return tostring(found)
end

local sum = 5381
for _ = 1, 2 do
  for _, part in ipairs({ count_words(), replace(), build(), search() }) do sum = hash(sum, part) end
end
return sum
