local phones, new, letters = 0, 0, 0
local contacts = cliengo.contacts.list()
for _, contact in contacts do
    if contact.phone then phones += 1 end
    if contact.status == "NEW" then new += 1 end
    letters += #contact.id
end
return `{#contacts} {phones} {new} {letters}`
