local conversations, site = cliengo.conversations, cliengo.sites.list()[1]
local all = conversations.list()
local first = conversations.get(all[1].id)
local before = conversations.count(site.id)
local made = conversations.create{ companyId = cliengo.account.get().id, website_id = site.id, channel = "WEB", from = "API", url = "https://x.test/?a=ñ" }
return { #all, first, #conversations.messages(first.id), conversations.count(site.id) - before, made.url, made.websiteId == site.id }
