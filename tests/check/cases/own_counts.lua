-- Lua fills up with nil, and lets go of what is too much.
local function score(lead, weight) return lead, weight end
print(score(1, 2, 3))
print(score())
