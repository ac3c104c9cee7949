-- What is tried again, how often, and with what it ends.
local retry = require "retry"

local passing = { kind = "network", message = "gone for a while", retryable = true }

-- How often a function is called that fails so often, and what comes of it.
local function tried(failures, options, problem)
    local calls = 0
    local ok, result = pcall(retry.run, function()
        calls = calls + 1
        if calls <= failures then error(problem or passing, 0) end
        return "done"
    end, options)
    return { calls = calls, ok = ok, result = ok and result or result.message or result }
end

local function complaint(call)
    local ok, problem = pcall(call)
    return ok and "none" or problem
end

local function nothing() end

return {
    at_once = tried(0, { wait = "1ms" }),
    after_two = tried(2, { wait = "1ms" }),
    too_often = tried(9, { wait = 0.001, factor = 1, attempts = 4 }),
    once = tried(1, { attempts = 1 }),
    by_default = retry.run(function() return 5 end),
    not_worth_it = tried(1, { wait = "1ms" }, { kind = "not_found", message = "never there" }),
    a_text = tried(1, { wait = "1ms" }, "a text"),
    when = tried(2, { wait = "1ms", when = function(problem) return problem == "busy" end }, "busy"),
    when_not = tried(2, { wait = "1ms", when = function() return false end }),
    of_the_api = complaint(function()
        retry.run(function() cliengo.contacts.get("6a00000000000000000000ff") end)
    end).kind,
    nothing = retry.run(nothing) == nil,
    complaints = {
        complaint(function() retry.run(5) end),
        complaint(function() retry.run(nothing, 5) end),
        complaint(function() retry.run(nothing, { attemps = 5 }) end),
        complaint(function() retry.run(nothing, { attempts = 0 }) end),
        complaint(function() retry.run(nothing, { attempts = "5" }) end),
        complaint(function() retry.run(nothing, { factor = 0.5 }) end),
        complaint(function() retry.run(nothing, { wait = "soon" }) end),
        complaint(function() retry.run(nothing, { wait = -1 }) end),
        complaint(function() retry.run(nothing, { wait = "1.2.3s" }) end),
        complaint(function() retry.run(nothing, { most = "5" }) end),
        complaint(function() retry.run(nothing, { most = true }) end),
        complaint(function() retry.run(nothing, { when = true }) end),
    },
}
