-- What wrong arguments of list, retry and text raise: errors as those of every other function.
local list = require "list"
local retry = require "retry"
local text = require "text"

local function failure(attempt)
    local ok, problem = pcall(attempt)
    assert(not ok, "it did not fail")
    return problem
end

local function nothing() end

local function itself(item)
    return item
end

return {
    failure(function() list.map("Ana", itself) end),
    failure(function() list.map(cliengo.contacts.each(), itself) end),
    failure(function() list.map() end),
    failure(function() list.map({ 1 }) end),
    failure(function() list.map({ 1 }, 5) end),
    failure(function() list.map({ 1 }, { x = 1 }) end),
    failure(function() list.map({ 1 }, "x", 3) end),
    failure(function() list.mapp({ 1 }, "x") end),
    failure(function() list.map({ 1 }, "x") end),
    failure(function() list.filter({ a = 1 }, itself) end),
    failure(function() list.group_by({ { tags = { 1 } } }, "tags") end),
    failure(function() list.sort_by({ 1, "a" }, itself) end),
    failure(function() list.sort_by({ true }, itself) end),
    failure(function() list.sort_by({ 1, 2 }, itself, "down") end),
    failure(function() list.unique({ { 1 } }) end),
    failure(function() list.chunk({ 1 }, 1.5) end),
    failure(function() list.chunk({ 1 }, itself) end),
    failure(function() retry.run() end),
    failure(function() retry.run(5) end),
    failure(function() retry.run(nothing, 5) end),
    failure(function() retry.run(nothing, {}, 5) end),
    failure(function() retry.run(nothing, { attemps = 1 }) end),
    failure(function() retry.run(nothing, { attempts = 0 }) end),
    failure(function() retry.run(nothing, { factor = 0.5 }) end),
    failure(function() retry.run(nothing, { wait = -1 }) end),
    failure(function() retry.run(nothing, { wait = "soon" }) end),
    failure(function() retry.run(nothing, { when = true }) end),
    failure(function() retry.run(nothing, { whn = nothing }) end),
    failure(function() retry.run(nothing, { wait = nothing }) end),
    failure(function() text.trim(5) end),
    failure(function() text.trim("a", "b") end),
    failure(function() text.fold(itself) end),
    failure(function() text.foldd("a") end),
    failure(function() text.column("a") end),
    failure(function() text.column({}, 1) end),
    failure(function() text.column("a", 10001) end),
    failure(function() text.column("a", 3, "middle") end),
    failure(function() text.starts_with("a", 1) end),
    failure(function() text.template("{{name}}") end),
    failure(function() text.template("{{name", {}) end),
    failure(function() text.template("{{name}}", { name = nothing }) end),
}
