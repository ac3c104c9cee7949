local created = cliengo.contacts.create{ website_id = cliengo.sites.list()[1].id, name = "Ana", customFields = {} }
local raw = cliengo.call{ path = "/contacts/" .. created.id }.body
return { created.customFields, raw.customFields, created.websiteName, created.status, created.creationDate }
