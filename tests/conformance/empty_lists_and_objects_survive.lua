local id = "6a0000000000000000000001"
local contact = cliengo.contacts.get(id)
local body = { customFields = contact.customFields, tags = contact.tags, geoip = contact.geoip }
local sent = cliengo.call{ method = "PATCH", path = "/contacts/" .. id, body = { extraParams = { kept = contact.notes, empty = contact.customFields } } }
local extra = cliengo.contacts.get(id).extraParams
return { body, contact.logs, extra, cliengo.contacts.list{ query = "no such words at all" }, sent.status }
