-- A colon would hand the namespace over as the first argument.
local contacts = cliengo.contacts
print(cliengo.contacts:count())
print(contacts:count{ status = "NEW" })
print(("x"):rep(3))
local json = require "json"
print(json:decode("1"))
