-- Fields of what surely is a contact, an event or a run.
local list = require "list"
for contact in cliengo.contacts.each{ status = "NEW" } do
    print(contact.emial, contact.email, contact.website_id)
end
local contacts = cliengo.contacts.list()
for _, contact in ipairs(contacts) do
    print(contact.fone)
end
print(contacts[1].nmae)
local one = cliengo.contacts.find{ query = "Ana" }
print(one and one.last_name, one.lastNam)
for _, contact in ipairs(list.filter(contacts, function(contact) return contact.phon end)) do
    print(contact.ratin)
end
cliengo.watch.new_contacts({ id = "new" }, function(lead, event)
    print(lead.statsu, event.kye)
end)
cliengo.schedule.every("1h", { id = "hourly" }, function(run)
    print(run.deu)
end)
local watch = cliengo.watch
local function on_lead(lead)
    print(lead.webSite)
end
local function on_any(lead)
    print(lead.webSite)
end
watch.new_contacts({ id = "by-its-name" }, on_lead)
watch.updated_contacts({ id = "and-called" }, on_any)
on_any({ webSite = "ours" })
