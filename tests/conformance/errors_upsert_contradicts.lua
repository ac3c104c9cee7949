local before = cliengo.contacts.count()
local site = cliengo.sites.list()[1].id
local _, problem = pcall(cliengo.contacts.upsert, { email = "a@b.test" }, { email = "d@e.test", websiteId = site })
return { problem.kind, problem.message, cliengo.contacts.count() - before }
