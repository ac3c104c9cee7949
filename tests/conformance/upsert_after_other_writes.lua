local site = "5e8f0a1b2c3d4e5f60718301"
local upsert = cliengo.contacts.upsert
local ana = upsert({ email = "ana@example.com" }, { website_id = site })
cliengo.call{ method = "POST", path = "/contacts", body = { email = "leo@example.com", websiteId = site } }
local leo = upsert({ email = "leo@example.com" }, { name = "Leo" })
cliengo.call{ method = "PATCH", path = "/contacts/" .. ana.id, body = { email = "new@example.com" } }
local same = upsert({ email = "new@example.com" }, { name = "Ana" }).id == ana.id
cliengo.contacts.delete(leo.id)
local anew = upsert({ email = "leo@example.com" }, { website_id = site }).id ~= leo.id
local zoe = upsert({ name = "Zoe Z", status = "NEW" }, { website_id = site })
cliengo.contacts.set_status(zoe.id, "CLIENT")
local by_status = upsert({ name = "Zoe Z", status = "CLIENT" }, { rating = 4 }).id == zoe.id
return { leo.name, same, anew, by_status, cliengo.contacts.count() }
