-- Too many arguments, and too few.
local id = cliengo.args[1]
print(cliengo.contacts.get())
print(cliengo.contacts.get(id, id))
cliengo.contacts.update(id)
cliengo.contacts.set_status(id, "NEW", "now", 1)
cliengo.sleep()
