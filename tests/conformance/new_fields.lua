-- A field that is not there can be looked up and written; looking alone leaves nothing behind.
local fields = { note = cliengo.null }
local missing = fields.phone == nil
fields.name = "Ana"
fields["rating"] = 5
return { fields = fields, missing = missing, arguments = cliengo.args }
