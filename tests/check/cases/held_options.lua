-- Options and fields in a variable that is set once are looked at where they are written.
local filter = { statsu = "NEW" }
print(cliengo.contacts.count(filter), cliengo.contacts.count(filter))
local fields = { rating = 9 }
local function rate(id)
    cliengo.contacts.update(id, fields)
end
local options = { id = "held", every = "5 moons" }
cliengo.watch.new_contacts(options, function(lead) rate(lead.id) end)
local nameless = { status = "NEW" }
cliengo.watch.updated_contacts(nameless, function(lead) rate(lead.id) end)
