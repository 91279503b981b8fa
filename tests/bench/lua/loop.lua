-- Calls, tables, numbers, closures and objects; returns a checksum.

local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

local function sieve(limit)
  local composite, count = {}, 0
  for i = 2, limit do
    if not composite[i] then
      count = count + 1
      for k = i * i, limit, i do composite[k] = true end
    end
  end
  return count
end

local function queens(n)
  local columns, up, down, found = {}, {}, {}, 0
  local function place(row)
    if row > n then
      found = found + 1
      return
    end
    for c = 1, n do
      if not columns[c] and not up[row + c] and not down[row - c] then
        columns[c], up[row + c], down[row - c] = true, true, true
        place(row + 1)
        columns[c], up[row + c], down[row - c] = nil, nil, nil
      end
    end
  end
  place(1)
  return found
end

local function spectral(n)
  local function a(i, j) return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1) end
  local u, v = {}, {}
  for i = 0, n - 1 do u[i] = 1.0 end
  for _ = 1, 3 do
    for i = 0, n - 1 do
      local t = 0.0
      for j = 0, n - 1 do t = t + a(i, j) * u[j] end
      v[i] = t
    end
    u, v = v, u
  end
  return math.floor(u[n // 2] * 1e6)
end

local Account = {}
Account.__index = Account

function Account.new(balance) return setmetatable({ balance = balance, moves = 0 }, Account) end

function Account:move(amount)
  self.balance = self.balance + amount
  self.moves = self.moves + 1
  return self
end

local function objects(times)
  local all, sum = {}, 0
  for i = 1, 50 do all[i] = Account.new(i) end
  for i = 1, times do all[i % 50 + 1]:move(i & 7) end
  for _, one in ipairs(all) do sum = sum * 3 + one.balance + one.moves end
  return sum
end

local function sorted(n)
  local list, seed = {}, 42
  for i = 1, n do
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    list[i] = seed
  end
  table.sort(list, function(x, y) return x < y end)
  return list[n // 2]
end

local sum = 0
for _, part in ipairs({ fib(24), sieve(100000), queens(7), spectral(110), objects(200000), sorted(8000) }) do
  sum = sum * 31 + part
end
return sum
