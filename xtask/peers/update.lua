-- Updates so many contacts, one after another or several at a time.
local how, count = cliengo.args[1], tonumber(cliengo.args[2])
local changes = {}
for contact in cliengo.contacts.each{ limit = 1000 } do
    if #changes == count then break end
    table.insert(changes, { id = contact.id, rating = 1 + #changes % 5 })
end
if how == "each" then
    for _, change in ipairs(changes) do
        assert(cliengo.contacts.update(change.id, { rating = change.rating }).rating == change.rating)
    end
else
    for _, outcome in ipairs(cliengo.contacts.update_many(changes)) do assert(outcome.ok, outcome.error) end
end
