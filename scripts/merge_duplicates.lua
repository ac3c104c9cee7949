-- Finds contacts that are the same person, by phone number or e-mail, and makes one of them.
-- The oldest is kept, gets what it lacks from the others, and a note that names them; the others go.
--
--     cliengo run scripts/merge_duplicates.lua --dry    only tells what it would do
--     cliengo run scripts/merge_duplicates.lua          does it

local list = require "list"
local text = require "text"

-- Change these: how many of the newest contacts are looked at, and what is taken over from duplicates.
local LOOK_AT = 500
local FIELDS = { "name", "email", "phone", "rating" }

local dry = cliengo.args[1] == "--dry"
local merged, deleted = 0, 0

-- Shorter numbers are extensions and typing errors, which strangers share.
local function phone_key(contact)
    local digits = text.digits(contact.phone)
    return #digits >= 8 and digits or nil
end

local function email_key(contact)
    local email = text.fold(text.trim(contact.email))
    return email ~= "" and email or nil
end

-- What `kept` lacks and one of the others has.
local function missing_fields(kept, others)
    local changes = {}
    for _, field in ipairs(FIELDS) do
        for _, other in ipairs(others) do
            if kept[field] == nil and changes[field] == nil then
                changes[field] = other[field]
            end
        end
    end
    return changes
end

-- What is known of a contact that goes, for the note: a second phone number is not lost then.
local function describe(contact)
    local words = contact.id
    for _, field in ipairs(FIELDS) do
        if contact[field] ~= nil then
            words = words .. " " .. contact[field]
        end
    end
    return words
end

-- Makes one contact of several, and gives it with the ids of the others.
local function merge(contacts)
    local oldest_first = list.sort_by(contacts, "creationDate")
    local kept = table.remove(oldest_first, 1)
    local ids = list.map(oldest_first, "id")
    local changes = missing_fields(kept, oldest_first)
    for field, value in pairs(changes) do
        kept[field] = value
    end
    local gone = table.concat(list.map(oldest_first, describe), "; ")
    print("keep " .. kept.id .. ", merge " .. gone)
    if not dry then
        -- The update comes first: a run that breaks off here has lost nothing.
        changes.note = "Merged with " .. gone
        cliengo.contacts.update(kept.id, changes)
        for _, id in ipairs(ids) do
            cliengo.contacts.delete(id)
        end
    end
    return kept, ids
end

-- Merges the contacts that have the same key, and gives those that are left.
local function merge_by(contacts, key)
    local left = {}
    for _, group in ipairs(list.group_by(contacts, key)) do
        -- Contacts without a key are a group too, but have nothing in common.
        if group.key == nil or #group.items == 1 then
            table.move(group.items, 1, #group.items, #left + 1, left)
        else
            local kept, ids = merge(group.items)
            table.insert(left, kept)
            merged, deleted = merged + 1, deleted + #ids
        end
    end
    return left
end

local contacts = cliengo.contacts.list{ limit = LOOK_AT }
local left = merge_by(merge_by(contacts, phone_key), email_key)

return { dry = dry, seen = #contacts, left = #left, merged = merged, deleted = deleted }
