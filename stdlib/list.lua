-- list: picks, groups and orders lists, such as lists of contacts. What its functions take and give is said in
-- src/stdlib/list.rs, and their arguments are checked before they come here.

local list = {}

-- The program gives what raises an error as others are; a copy of this file has none.
local fail = ... or function(path, problem)
    error(path .. ": " .. problem, 0)
end

-- The mark of a list: with it an empty one stays [] where it is sent or shown, where {} is an object.
local MARK = getmetatable(cliengo.args)

local function new()
    return setmetatable({}, MARK)
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

-- The function that gives an item's key.
local function reader(path, by)
    if type(by) == "function" then
        return by
    end
    return function(item)
        if type(item) ~= "table" then
            fail(path, 'by looks for "' .. by .. '" in ' .. kind(item) .. ", which has no fields")
        end
        return item[by]
    end
end

-- A key as groups and unique items are told apart; nil stands for no key.
local function identity(path, key)
    if type(key) == "table" or type(key) == "function" then
        fail(path, "by: a key must be text, a number or a boolean, not " .. kind(key))
    end
    return key
end

function list.map(items, by)
    local read, results = reader("list.map", by), new()
    for _, item in ipairs(items) do
        -- In parentheses: what a function gives besides its first value is none of it.
        table.insert(results, (read(item)))
    end
    return results
end

function list.filter(items, by)
    local read, kept = reader("list.filter", by), new()
    for _, item in ipairs(items) do
        if read(item) then
            table.insert(kept, item)
        end
    end
    return kept
end

function list.group_by(items, by)
    local read, groups, group_of, without_key = reader("list.group_by", by), new(), {}, {}
    for _, item in ipairs(items) do
        local key = identity("list.group_by", read(item))
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
                fail("list.sort_by", "by: a key must be text or a number, not " .. first)
            end
            if kind(key) ~= first then
                fail("list.sort_by", "by: cannot compare " .. first .. " with " .. kind(key))
            end
        end
    end
    return pairs_found, without_key
end

function list.sort_by(items, by, order)
    local sorted, without_key = keyed(items, reader("list.sort_by", by))
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

function list.chunk(items, size)
    local chunks = new()
    for first = 1, #items, size do
        local last = math.min(first + size - 1, #items)
        table.insert(chunks, table.move(items, first, last, 1, new()))
    end
    return chunks
end

function list.unique(items, by)
    local read = by == nil and function(item) return item end or reader("list.unique", by)
    local seen, kept = {}, new()
    for _, item in ipairs(items) do
        local key = identity("list.unique", read(item))
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
