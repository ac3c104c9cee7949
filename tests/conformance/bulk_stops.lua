local none = "6a00000000000000000000ff"
local contacts = cliengo.contacts.list{ limit = 3 }
local ids = { contacts[1].id, none, contacts[2].id, contacts[3].id }
local one_at_a_time = { concurrency = 1, stopOnError = true }
local changes = {}
for _, id in ipairs(ids) do table.insert(changes, { id = id, rating = 5 }) end
local function say(results)
    local words = {}
    for _, result in ipairs(results) do
        table.insert(words, result.ok and "ok" or result.error.kind .. ": " .. result.error.message)
    end
    return words
end
local made = cliengo.contacts.create_many({ { name = "no site" }, { name = "no site either" } }, one_at_a_time)
local _, again = pcall(function() error(cliengo.contacts.get_many({ none })[1].error) end)
return {
    again.status, again.method, tostring(again),
    say(cliengo.contacts.get_many(ids, one_at_a_time)), say(made),
    say(cliengo.contacts.update_many(changes, one_at_a_time)),
    say(cliengo.contacts.delete_many(ids, one_at_a_time)),
    say(cliengo.contacts.get_many(ids, { concurrency = 1, stop_on_error = false })),
}
