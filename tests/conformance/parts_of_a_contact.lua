local contacts, id = cliengo.contacts, "6a0000000000000000000002"
contacts.add_tag(id, "vip")
contacts.add_tag(id, "año ✨")
contacts.add_note(id, "llamó")
contacts.add_message(id, "¡Hola!")
local notes, messages, kinds = contacts.notes(id), contacts.messages(id), {}
for _, event in ipairs(contacts.history(id)) do table.insert(kinds, event.type) end
return { contacts.get(id).tags, #notes, notes[1].message, messages[#messages].message, kinds }
