-- Watches and schedules without a name, in a handler, and beside a write.
local options = { status = "NEW" }
local function on_lead(lead)
    cliengo.schedule.every("1h", { id = "later" }, function() end)
    cliengo.contacts.add_note(lead.id, "seen")
end
cliengo.watch.new_contacts(on_lead)
cliengo.watch.updated_contacts({ status = "NEW" }, on_lead)
cliengo.watch.deleted_contacts(options, on_lead)
cliengo.watch.updated_contacts({ id = "changes" }, function(contact)
    cliengo.watch.new_contacts({ id = contact.id }, on_lead)
end)
cliengo.contacts.create{ websiteId = cliengo.args[1], name = "Ana" }
function on_change(contact)
    cliengo.watch.deleted_contacts({ id = contact.id }, function() end)
end
local watch = cliengo.watch
watch.updated_contacts({ id = "by-name" }, on_change)
