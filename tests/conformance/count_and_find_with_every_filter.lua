local filters = {
    {},
    { query = "bruno" },
    { query = "no such words at all" },
    { assigned_to = "UNASSIGNED" },
    { assignedTo = "unassigned" },
    { assigned_to = "5e8f0a1b2c3d4e5f60718401" },
    { website_id = "5e8f0a1b2c3d4e5f60718302" },
    { websiteId = "5e8f0a1b2c3d4e5f60718302" },
    { status = "CLIENT" },
    { status = "client" },
    { since = "2026-01-01" },
    { ["until"] = "2025-12-31" },
    { since = "2026-05-06T10:00:00Z", ["until"] = "2026-05-06T07:00:00-03:00" },
    { last_updated = "2026-05-05" },
    { limit = 7 },
    { limit = 0 },
    { limit = 1000 },
    { status = "NEW", website_id = "5e8f0a1b2c3d4e5f60718301", limit = 5 },
    { status = cliengo.null, limit = 3 },
}

local result = {}
for _, filter in ipairs(filters) do
    local newest = cliengo.contacts.find(filter)
    table.insert(result, { count = cliengo.contacts.count(filter), newest = newest and newest.id or "nobody" })
end
return { result, cliengo.contacts.count(), #cliengo.contacts.list() }
