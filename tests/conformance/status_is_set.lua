local id = "6a0000000000000000000001"
local answer = cliengo.contacts.set_status(id, "long_term")
return { answer.status, cliengo.contacts.get(id).status, cliengo.contacts.update(id, { status = "active" }).status }
