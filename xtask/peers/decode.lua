-- A page decoded by lua-cjson, again and again.
local cjson = require "cjson"
local file = assert(io.open(arg[1], "rb"))
local text = file:read "a"
local count = 0
for _ = 1, tonumber(arg[2]) do
    count = #cjson.decode(text)
end
print(count)
