local limit = tonumber(cliengo.args[1])
local contacts, phones, new, letters = 0, 0, 0, 0
for contact in cliengo.contacts.each{ limit = limit } do
    contacts += 1
    if contact.phone then phones += 1 end
    if contact.status == "NEW" then new += 1 end
    letters += #contact.id
end
return `{contacts} {phones} {new} {letters}`
