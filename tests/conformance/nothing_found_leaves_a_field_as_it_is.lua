-- What a function gives that finds nothing leaves a field as it is; null clears it.
local phone = require "phone"

local made = cliengo.contacts.create{ websiteId = cliengo.sites.list()[1].id, name = "Ana", phone = "+5491155550199" }
local function updated(fields)
    return cliengo.contacts.update(made.id, fields).phone
end
local nothing = phone.e164("12345", "AR")
return {
    updated{ phone = phone.e164("no number", "AR"), rating = 1 },
    updated{ phone = nothing, rating = 2 },
    updated{ phone = phone.country("x"), rating = 3 },
    nothing == nil,
    updated{ phone = cliengo.null } == nil,
}
