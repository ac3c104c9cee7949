-- Everything in the module list, with its edges.
local list = require "list"

local people = {
    { name = "Ana", site = "norte", age = 31 },
    { name = "Bruno", site = "sul" },
    { name = "Çağla", age = 25 },
    { name = "Ana", site = "norte", age = 25 },
}

local function name(person)
    return person.name
end

local function complaint(call)
    local ok, problem = pcall(call)
    return ok and "none" or problem
end

local groups = list.map(list.group_by(people, "site"), function(group)
    return { site = group.key, names = list.map(group.items, name) }
end)

return {
    map = list.map(people, "age"),
    map_function = list.map({ 1, 2.5, -3 }, function(number) return number * 2, number end),
    map_gaps = list.map({ 1, 9 }, function(number) if number > 5 then return number end end),
    filter = list.map(list.filter(people, "site"), "name"),
    filter_function = list.filter({ 1, 2, 3, 4 }, function(number) return number % 2 == 0 end),
    groups = groups,
    groups_of_numbers = list.group_by({ 1, 2, 1.0, 2.5 }, function(number) return number end),
    groups_are_by_type = #list.group_by({ 1, "1", true, "true" }, function(value) return value end),
    sorted = list.map(list.sort_by(people, name), "age"),
    sorted_with_gaps = list.map(list.sort_by(people, "age"), name),
    sorted_down = list.map(list.sort_by(people, "age", "desc"), name),
    sorted_texts = list.sort_by({ "é", "z", "a", "Z", "🎉", "" }, function(value) return value end),
    unique = list.unique({ 3, 1, 3, "3", 1.0 }),
    unique_by = list.map(list.unique(people, "name"), "age"),
    unique_with_gaps = list.map(list.unique(people, "site"), "name"),
    -- An item goes through as it is, and not as what can be sent.
    functions = list.map(list.filter({ name, { f = name } }, function(item) return item end), function(item)
        return (type(item) == "table" and item.f or item)({ name = "Ana" })
    end),
    unchanged = list.map(people, "name"),
    empty = {
        list.map({}, "name"),
        list.filter({ 1 }, function() return false end),
        list.group_by({}, "name"),
        list.sort_by({}, "name"),
        list.unique({}),
    },
    complaints = {
        complaint(function() list.map("Ana", name) end),
        complaint(function() list.map({ 1 }) end),
        complaint(function() list.filter({ x = 1 }, "x") end),
        complaint(function() list.group_by({ 1 }, "name") end),
        complaint(function() list.group_by({ { tags = { "vip" } } }, "tags") end),
        complaint(function() list.sort_by({ 1, "a" }, function(value) return value end) end),
        complaint(function() list.sort_by({ true }, function(value) return value end) end),
        complaint(function() list.sort_by({ 1 }, name, "down") end),
        complaint(function() list.unique(nil) end),
    },
}
