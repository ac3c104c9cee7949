-- Names and values that cannot be right, by the checks of the call itself.
local id, word = cliengo.args[1], cliengo.args[2]
print(cliengo.contacts.count{ statu = "NEW", limit = 5 })
print(cliengo.contacts.count{ status = "OLD", since = word })
print(cliengo.contacts.count{ since = "last week" })
cliengo.contacts.update(id, { rating = 6, name = word })
cliengo.contacts.update(id, { ratng = word })
cliengo.contacts.update(id, { creationDate = word })
cliengo.contacts.update(id, {})
cliengo.contacts.create{ name = "Ana" }
cliengo.contacts.create{ website_id = word, age = "old" }
cliengo.contacts.create({ website_id = word }, { onse = "x" })
cliengo.contacts.upsert("email", { email = word, rting = 5 })
cliengo.contacts.set_status(id, "NWE")
cliengo.contacts.update_many({ { id = id, rating = 9 } }, { concurency = 2 })
cliengo.sleep("2 fortnights")
print(cliengo.now("-2y"))
print(cliengo.call{ methd = "GET", path = "/account" })
cliengo.contacts.upsert("emial", { emial = word })
cliengo.contacts.upsert({ fone = word }, { rating = 5 })
