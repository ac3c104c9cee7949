-- Calls that do nothing but give something, which nobody takes.
cliengo.contacts.list{ status = "NEW" }
cliengo.contacts.count()
local function look(id)
    cliengo.contacts.get(id)
    return cliengo.contacts.find{ query = id }
end
cliengo.users.list()
cliengo.contacts.delete(look("ana").id)
print(cliengo.contacts.count())
