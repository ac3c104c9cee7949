local site = cliengo.sites.list()[1].id
local function create(name, options)
    return cliengo.contacts.create({ websiteId = site, name = name, email = "once@example.com" }, options)
end
local function said(...)
    local _, problem = pcall(cliengo.contacts.create, ...)
    return problem.message .. " / " .. tostring(problem.hint)
end
local before = cliengo.contacts.count()
local first = create("Ana", { once = "ana" })
local again = create("Another", { once = "ana" })
local other = create("Leo", { once = "leo" })
create("Mia", {})
cliengo.once("ana", function() return "no contact" end)
local nested = cliengo.once("nested", function() return create("Eva", { once = "nested" }).name end)
return {
    first.id == again.id, again.name, other.name, nested,
    create("Ana", { once = "ana" }).id == first.id,
    cliengo.contacts.count() - before,
    said({ websiteId = site, name = "Ana" }, { onec = "ana" }),
    said({ websiteId = site, name = "Ana" }, { key = "ana" }),
    said({ websiteId = site, name = "Ana" }, { once = " " }),
    said({ websiteId = site, name = "Ana" }, { once = 5 }),
    said({ websiteId = site, status = "NEW" }, { once = "few" }),
    said({ websiteId = site, name = "Ana" }, "ana"),
}
