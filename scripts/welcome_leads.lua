-- Looks after new leads as they come: each that has no owner gets one in turn, and a note. At nine
-- on working days it counts those that are still NEW.
--
--     cliengo serve scripts/welcome_leads.lua      keeps at it
--     cliengo run scripts/welcome_leads.lua        once, for cron or a timer of systemd

local list = require "list"

-- Change these: which users take leads, and where nine o'clock is.
local function takes_leads(user)
    return user.active and user.role == "AGENT"
end
local ZONE = "America/Argentina/Buenos_Aires"

cliengo.watch.new_contacts({ id = "welcome-leads", status = "NEW", every = "1m" }, function(lead, event)
    if lead.assignedTo ~= "UNASSIGNED" then
        return
    end
    local users = list.filter(cliengo.users.list(), takes_leads)
    local owner = users[event.id % #users + 1]
    cliengo.contacts.update(lead.id, { assignedTo = owner.id })
    -- A handler may be called again after a crash. The note is written once all the same.
    cliengo.once(event.key .. "/note", function()
        cliengo.contacts.add_note(lead.id, "Welcome: seen, and given to " .. owner.name)
    end)
    print(lead.id .. " goes to " .. owner.name)
end)

cliengo.schedule.cron("0 9 * * MON-FRI", { id = "count-new-leads", tz = ZONE }, function()
    print("still NEW: " .. cliengo.contacts.count{ status = "NEW" })
end)
