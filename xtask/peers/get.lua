local id, count = cliengo.args[1], tonumber(cliengo.args[2])
for _ = 1, count do
    local contact = cliengo.contacts.get(id)
    assert(contact.id == id)
end
