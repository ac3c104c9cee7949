-- How list.chunk cuts a list.
local list = require "list"

local function complaint(items, size)
    local ok, problem = pcall(list.chunk, items, size)
    return ok and "none" or problem
end

local numbers = { 1, 2, 3, 4, 5 }
return {
    list.chunk(numbers, 2), list.chunk(numbers, 5), list.chunk(numbers, 9), list.chunk(numbers, 1), list.chunk({}, 3),
    list.chunk({ { a = 1 }, { a = 2 } }, 1), numbers,
    complaint(numbers, 0), complaint(numbers, -1), complaint(numbers, 1.5), complaint(numbers, "2"),
    complaint(numbers), complaint("text", 2), complaint({ a = 1 }, 2),
}
