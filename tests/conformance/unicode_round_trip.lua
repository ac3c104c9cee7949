local words = "Zoë 👩🏽‍🚀 日本語 \"'\\ \u{0001}\t\n\u{2028} é e\u{0301} \u{10FFFF} \0 end"
local made = cliengo.contacts.create{ websiteId = "5e8f0a1b2c3d4e5f60718301", name = words, customFields = { ["clé 🗝"] = words } }
local found = cliengo.contacts.find{ query = "日本語" }
return { made.name == words, found.id == made.id, found.name == words, found.customFields["clé 🗝"] == words, found.name }
