local phone = require "phone"
local contact = cliengo.contacts.create{ websiteId = cliengo.sites.list()[1].id, name = "Ana", phone = "+5491155550199" }
local nothing = phone.e164("no number", "AR")
local after = cliengo.contacts.update(contact.id, { phone = nothing, rating = 1 })
local found = cliengo.contacts.find{ query = "nobody is called this" }
local kept = cliengo.contacts.update(contact.id, { name = found, rating = 2 })
local cleared = cliengo.contacts.update(contact.id, { phone = cliengo.null })
return { after.phone, kept.name, cleared.phone == nil, { rating = 1, phone = nothing } }
