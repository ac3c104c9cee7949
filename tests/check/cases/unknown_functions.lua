-- What the registry does not have, under its own name or under another.
local contacts = cliengo.contacts
local fresh = contacts.lst{ status = "NEW" }
local sites = cliengo.site.list()
print(cliengo.arg, cliengo.args)
return { fresh, sites, contacts.list{ limit = 1 } }
