-- Brings back contacts that were forgotten: ACTIVE ones without any update for 30 days become NEW again,
-- with a note, so that somebody calls them.
--
--     cliengo run scripts/reactivate_stale.lua         20 contacts at most
--     cliengo run scripts/reactivate_stale.lua 100     100 at most

-- Change these: how long is too long, and what the note says.
local AGE = "30d"
local NOTE = "No news for " .. AGE .. ": please call again"

local limit = tonumber(cliengo.args[1]) or 20

-- The filter knows when contacts were created, not when they were last updated. But nobody is updated
-- before being created, so every stale contact is among those created up to that day.
local line = cliengo.now("-" .. AGE)
local day = string.sub(line, 1, 10)

local stale = {}
for contact in cliengo.contacts.each{ status = "ACTIVE", up_to = day } do
    -- Dates of the API are texts that compare as the instants do; a date of another kind says nothing.
    local updated = contact.lastUpdateDate or contact.creationDate
    if type(updated) == "string" and updated < line then
        table.insert(stale, { id = contact.id, updated = updated })
    end
    if #stale >= limit then
        break
    end
end

-- Only now: a contact that is changed leaves the list that the loop above goes through.
for _, contact in ipairs(stale) do
    cliengo.contacts.update(contact.id, { status = "NEW", note = NOTE })
    print("reactivated " .. contact.id .. ", last updated " .. string.sub(contact.updated, 1, 10))
end

return { reactivated = #stale }
