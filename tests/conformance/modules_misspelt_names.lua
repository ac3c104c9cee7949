local json = require "json"

local function failure(attempt)
    local ok, problem = pcall(attempt)
    assert(not ok, "it did not fail")
    return { kind = problem.kind, message = problem.message, hint = problem.hint, text = tostring(problem) }
end
return {
    failure(function() return json.decod("1") end),
    failure(function() return json.zzzzzz() end),
    failure(function() return json.decode() end),
    failure(function() return json.decode(nil) end),
    failure(function() return json.decode("1", "2", "3") end),
    failure(function() return json.decode(5) end),
    failure(function() return json.decode{ text = "1" } end),
    failure(function() return json.encode(1, { prety = true }) end),
    failure(function() return json.encode(1, { pretty = "yes" }) end),
    failure(function() return json.encode(1, 2) end),
    failure(function() return json.encode(1, { pretty = true }, 3) end),
}
