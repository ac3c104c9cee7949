local site = "5e8f0a1b2c3d4e5f60718301"
local upsert = cliengo.contacts.upsert
local made = upsert({ email = "Ana@Example.com", phone = "+54 9 11 4444-0001" }, { website_id = site, lastName = "Paz", rating = 4, note = "new" })
local by_name = upsert("email", { email = " ana@EXAMPLE.com", last_name = "Gil", status = "client" })
local by_phone = upsert({ "phone" }, { phone = "0054 9 11 44440001", name = "Ana" })
local untouched = upsert({ email = "ana@example.com" }, { lastName = "Gil" })
local by_id = upsert("id", { id = made.id, rating = 1 })
local by_both = upsert({ email = "ana@example.com", phone = "5491144440001" }, { rating = 2 })
local odd = upsert({ phone = "5491155550001" }, {})
return { made, by_name, by_phone, untouched, by_id, by_both, odd, odd.last_update_date, cliengo.contacts.count() }
