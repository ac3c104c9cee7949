-- Shares the new leads that nobody looks after among the users, in turn.
--
--     cliengo run scripts/share_leads.lua          the newest 50 leads
--     cliengo run scripts/share_leads.lua 200      the newest 200

local list = require "list"

-- Change this: which users take leads.
local function takes_leads(user)
    return user.active and user.role == "AGENT"
end

local limit = tonumber(cliengo.args[1]) or 50
local users = list.filter(cliengo.users.list(), takes_leads)
if #users == 0 then
    error("no user takes leads: change takes_leads")
end

local shares = list.map(users, function(user)
    return { user = user.name, leads = 0 }
end)

-- The whole list is read before the first lead is given away: a lead with an owner leaves this list.
local leads = cliengo.contacts.list{ status = "NEW", assigned_to = "UNASSIGNED", limit = limit }
for position, lead in ipairs(leads) do
    local turn = (position - 1) % #users + 1
    cliengo.contacts.update(lead.id, { assignedTo = users[turn].id })
    shares[turn].leads = shares[turn].leads + 1
    print(lead.id .. " goes to " .. users[turn].name)
end

return shares
