-- What a module of the standard library does not have, and arguments that it does not take.
local json = require "json"

local function said(call)
    local ok, problem = pcall(call)
    return { ok = ok, kind = problem.kind, text = tostring(problem) }
end

return {
    said(function() return json.decod("1") end),
    said(function() return json.zzzzzz("1") end),
    said(function() return json.decode() end),
    said(function() return json.decode("1", "2", "3", "4") end),
    said(function() return json.decode(5) end),
}
