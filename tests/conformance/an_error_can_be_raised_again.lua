local function inner()
    local ok, problem = pcall(cliengo.contacts.get, "6a00000000000000000000ff")
    if not ok then error(problem) end
end
local _, again = pcall(inner)
local _, own = pcall(function() error({ kind = "limit", message = "enough" }) end)
return { again.kind, again.status, again.method, again.path, own.kind, own.message, again }
