local id = "6a0000000000000000000001"
local before = cliengo.contacts.get(id).phone
local after = cliengo.contacts.update(id, { phone = cliengo.null, name = "Zoë" })
return { before, after.phone == nil, after.name, cliengo.contacts.get(id).phone == nil }
