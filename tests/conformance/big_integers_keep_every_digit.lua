local id = "6a0000000000000000000001"
local body = cliengo.call{ path = "/contacts/" .. id }.body
cliengo.call{ method = "PATCH", path = "/contacts/" .. id, body = { extraParams = { big = body.facebookId, low = body.negativeId } } }
local contact = cliengo.contacts.get(id)
return { body.facebookId, body.negativeId, body.edge, body.unsignedId, tostring(body.facebookId), contact.extraParams }
