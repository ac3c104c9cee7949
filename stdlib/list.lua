-- list: picks, groups and orders lists, such as lists of contacts.
--
--     local list = require "list"
--     local contacts = cliengo.contacts.list{ limit = 100 }
--     for _, group in list.group_by(contacts, "status") do
--         print(group.key, #group.items)
--     end
--
-- `by` is a function of one item, or the name of a field: list.map(contacts, "email").
-- Every function gives a new list and leaves the one it was given as it is.
-- A key that is nil is no key: each function says what becomes of such an item.

local list = {}

-- The mark of a list: with it an empty one stays [] where it is sent or shown, where {} is an object.
local MARK = getmetatable(cliengo.args)

local function new()
    return setmetatable({}, MARK)
end

local function fail(name, problem)
    error("list." .. name .. ": " .. problem, 0)
end

-- The type of a value in the words that Rhai's list uses too.
local function kind(value)
    if type(value) == "table" then
        return (#value > 0 or next(value) == nil) and "a list" or "an object"
    end
    local words = { string = "text", number = "a number", boolean = "a boolean" }
    words["function"] = "a function"
    return words[type(value)] or "nothing"
end

local function check_list(name, items)
    if kind(items) ~= "a list" then
        fail(name, "needs a list, not " .. kind(items))
    end
end

-- The function that gives an item's key.
local function reader(name, by)
    if type(by) == "function" then
        return by
    end
    if type(by) ~= "string" then
        fail(name, "needs a function or the name of a field, not " .. kind(by))
    end
    return function(item)
        if type(item) ~= "table" then
            fail(name, 'looks for "' .. by .. '" in ' .. kind(item) .. ", which has no fields")
        end
        return item[by]
    end
end

-- A key as groups and unique items are told apart; nil stands for no key.
local function identity(name, key)
    if type(key) == "table" or type(key) == "function" then
        fail(name, "a key must be text, a number or a boolean, not " .. kind(key))
    end
    return key
end

-- What `by` gives for each item; nil is left out, so that list.map(contacts, "email") has no holes.
function list.map(items, by)
    check_list("map", items)
    local read, results = reader("map", by), new()
    for _, item in ipairs(items) do
        -- In parentheses: what a function gives besides its first value is none of it.
        table.insert(results, (read(item)))
    end
    return results
end

-- The items for which `by` gives anything but false and nil: list.filter(contacts, "phone").
function list.filter(items, by)
    check_list("filter", items)
    local read, kept = reader("filter", by), new()
    for _, item in ipairs(items) do
        if read(item) then
            table.insert(kept, item)
        end
    end
    return kept
end

-- Groups { key, items } in the order in which their keys first come; those without a key are a group too.
function list.group_by(items, by)
    check_list("group_by", items)
    local read, groups, group_of, without_key = reader("group_by", by), new(), {}, {}
    for _, item in ipairs(items) do
        local key = identity("group_by", read(item))
        local place = key
        if key == nil then
            place = without_key
        end
        local group = group_of[place]
        if not group then
            group = { key = key, items = new() }
            group_of[place] = group
            table.insert(groups, group)
        end
        table.insert(group.items, item)
    end
    return groups
end

-- The pairs of key and item, and the items without a key. All keys must compare with each other.
local function keyed(items, read)
    local pairs_found, without_key = {}, {}
    for position, item in ipairs(items) do
        local key = read(item)
        if key == nil then
            table.insert(without_key, item)
        else
            table.insert(pairs_found, { key = key, position = position, item = item })
            local first = kind(pairs_found[1].key)
            if first ~= "text" and first ~= "a number" then
                fail("sort_by", "a key must be text or a number, not " .. first)
            end
            if kind(key) ~= first then
                fail("sort_by", "cannot compare " .. first .. " with " .. kind(key))
            end
        end
    end
    return pairs_found, without_key
end

-- The items from the smallest key to the largest; "desc" turns it round. Equal keys keep their order,
-- and items without a key come last either way. Texts compare by their letters' codes: fold them first.
function list.sort_by(items, by, order)
    check_list("sort_by", items)
    if order ~= nil and order ~= "asc" and order ~= "desc" then
        fail("sort_by", 'the order must be "asc" or "desc"')
    end
    local sorted, without_key = keyed(items, reader("sort_by", by))
    table.sort(sorted, function(left, right)
        if left.key == right.key then
            return left.position < right.position
        end
        if order == "desc" then
            left, right = right, left
        end
        return left.key < right.key
    end)
    local results = new()
    for _, pair in ipairs(sorted) do
        table.insert(results, pair.item)
    end
    return table.move(without_key, 1, #without_key, #results + 1, results)
end

-- The items in lists of `size`, and what is left over in a last one.
function list.chunk(items, size)
    check_list("chunk", items)
    if type(size) ~= "number" or size % 1 ~= 0 or size < 1 then
        fail("chunk", "the size must be a whole number from 1")
    end
    local chunks = new()
    for first = 1, #items, size do
        local last = math.min(first + size - 1, #items)
        table.insert(chunks, table.move(items, first, last, 1, new()))
    end
    return chunks
end

-- The first item of each key; without `by`, each value once. Items without a key are all kept.
function list.unique(items, by)
    check_list("unique", items)
    local read = by == nil and function(item) return item end or reader("unique", by)
    local seen, kept = {}, new()
    for _, item in ipairs(items) do
        local key = identity("unique", read(item))
        if key == nil or not seen[key] then
            table.insert(kept, item)
        end
        if key ~= nil then
            seen[key] = true
        end
    end
    return kept
end

return list
