local calls = 0
local function step(value)
    return function()
        calls = calls + 1
        return value
    end
end
local results = {}
for key, value in pairs({ text = "sent", zero = 0, no = false, list = { 1, { a = "b" } }, big = 9007199254740991 }) do
    local first, again = cliengo.once(key, step(value)), cliengo.once(key, step("another"))
    results[key] = { first, again }
end
local nothing = cliengo.once("nothing", step(nil))
local again = cliengo.once("nothing", step("another"))
local empty = cliengo.once("empty", step(cliengo.contacts.list({ query = "nobody@example.com" })))
local empty_again = cliengo.once("empty", step("another"))
return { results = results, nothing = nothing == nil and again == nil, empty = empty, empty_again = empty_again, calls = calls }
