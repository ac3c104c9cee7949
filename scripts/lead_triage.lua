-- Sorts the new leads: test leads go, the others get an owner, a rating and a note, and become ACTIVE.
-- People who came in person are added first, so that they are sorted with the rest.
--
--     cliengo run scripts/lead_triage.lua          the newest 25 leads
--     cliengo run scripts/lead_triage.lua 100      the newest 100

local text = require "text"

-- Change these: who looks after the leads of each site. Leads of other sites go to the first user.
local OWNERS = {
    ["Inmobiliaria del Río"] = "julieta@example.com",
    ["Clínica São Bento"] = "bruno@example.com",
    ["Autos del Ñandú"] = "ximena@example.com",
}
-- Nobody real has such an e-mail address: no domain ends in .test.
local TEST_ENDING = ".test"
-- Who came in person and may not be a contact yet.
---@type NewContact[]
local VISITORS = {
    { name = "Lucía Ibáñez", email = "lucia.visita@example.com", phone = "+54 9 11 5555-0101" },
    { name = "João Gonçalves", email = "joao.visita@example.com", phone = "+55 11 5555-0102" },
}

local limit = tonumber(cliengo.args[1]) or 25
local sites = cliengo.sites.list()
local users = cliengo.users.list()

local function owner_of(lead)
    for _, user in ipairs(users) do
        if user.email == OWNERS[lead.websiteName] then
            return user
        end
    end
    return users[1]
end

local function is_test(lead)
    local email = text.fold(lead.email)
    return string.sub(email, -#TEST_ENDING) == TEST_ENDING
end

-- From 1 to 5: a phone number says most, for it can be called today.
local function rating_of(lead)
    local rating = 1
    if lead.phone then
        rating = rating + 2
    end
    if lead.email then
        rating = rating + 1
    end
    if lead.utmCampaign then
        rating = rating + 1
    end
    return rating
end

local done = { created = 0, updated = 0, deleted = 0 }

-- A probe comes first: where the key may not create or delete, the script ends here, before it has
-- touched anybody.
local probe = cliengo.contacts.create{ websiteId = sites[1].id, name = "Probe", email = "probe@triage.test" }
cliengo.contacts.delete(probe.id)

for _, visitor in ipairs(VISITORS) do
    -- Looking first makes the script safe to run again.
    if cliengo.contacts.find{ query = visitor.email } == nil then
        visitor.websiteId = sites[1].id
        visitor.status = "NEW"
        cliengo.contacts.create(visitor)
        done.created = done.created + 1
        print("created " .. visitor.email)
    end
end

for _, lead in ipairs(cliengo.contacts.list{ status = "NEW", limit = limit }) do
    if is_test(lead) then
        cliengo.contacts.delete(lead.id)
        done.deleted = done.deleted + 1
        print("deleted " .. lead.id .. ", a test lead")
    else
        local owner = owner_of(lead)
        local rating = rating_of(lead)
        cliengo.contacts.update(lead.id, {
            status = "ACTIVE",
            assignedTo = owner.id,
            rating = rating,
            note = "Triage: rating " .. rating .. ", for " .. owner.name,
        })
        done.updated = done.updated + 1
        print("updated " .. lead.id .. ": rating " .. rating .. ", for " .. owner.name)
    end
end

return done
