-- Finds contacts that are the same person, by phone number or e-mail, and makes one of them.
-- The oldest is kept, gets what it lacks from the others, and a note that names them; the others go.
--
--     cliengo run scripts/merge_duplicates.lua --dry-run    shows what it would do
--     cliengo run scripts/merge_duplicates.lua              does it

local dedupe = require "dedupe"
local list = require "list"

-- Change these: how many of the newest contacts are looked at, by what they are compared, and what the note
-- says of those that go. Where few numbers have a country code, add the country: region = "AR".
local LOOK_AT = 500
local HOW = { by = { "phone", "email" } }
local FIELDS = { "name", "email", "phone", "rating" }

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

local contacts = cliengo.contacts.list{ limit = LOOK_AT }
local groups = dedupe.find(contacts, HOW)
local deleted = 0

for _, group in ipairs(groups) do
    local merged = dedupe.merge(group.contacts)
    local others = list.filter(group.contacts, function(contact) return contact.id ~= merged.contact.id end)
    local gone = table.concat(list.map(others, describe), "; ")
    print("keep " .. merged.contact.id .. ", merge " .. gone .. " (" .. table.concat(group.reasons, ", ") .. ")")
    deleted = deleted + #others
    -- The update comes first: a run that breaks off here has lost nothing.
    merged.changes.note = "Merged with " .. gone
    cliengo.contacts.update(merged.contact.id, merged.changes)
    for _, id in ipairs(merged.others) do
        cliengo.contacts.delete(id)
    end
end

return { seen = #contacts, left = #contacts - deleted, merged = #groups, deleted = deleted }
