-- A name that nobody defines is found wherever it is read, in functions that never run too.
local total = 0
local function add(count)
    total = total + coutn
end
pritn(total)
add(1)
return totel
