local calls = 0
local function fail()
    calls = calls + 1
    cliengo.contacts.get("6a00000000000000000000ff")
end
local _, problem = pcall(cliengo.once, "step", fail)
local _, own = pcall(cliengo.once, "step", function()
    error({ kind = "limit", message = "enough", hint = "rest" })
end)
local done = cliengo.once("step", function() return "done" end)
return { problem, own.kind, own.message, own.hint, done, calls }
