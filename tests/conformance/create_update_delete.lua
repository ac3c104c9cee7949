local made = cliengo.contacts.create{ website_id = "5e8f0a1b2c3d4e5f60718301", name = "Ana", last_name = "Paz", age = 30, zipCode = "1414" }
local changed = cliengo.contacts.update(made.id, { rating = 5, dueDate = "2026-06-01", sell_price = 12.5, note = "ok", assigned_to = "unassigned" })
local gone = cliengo.contacts.delete(made.id)
local ok, problem = pcall(cliengo.contacts.get, made.id)
return { made, changed, gone, ok, problem.kind }
