local site = "5e8f0a1b2c3d4e5f60718301"
local odd, none = "6a0000000000000000000001", "6a00000000000000000000ff"
local got = cliengo.contacts.get_many{ odd, none, odd }
local made = cliengo.contacts.create_many({
    { website_id = site, name = "Ana" },
    { websiteId = site, name = 5 },
    { name = "Leo" },
    { websiteId = site, name = "Zoe", customFields = {} },
}, { concurrency = 1 })
local ana, zoe = made[1].value.id, made[4].value.id
local changed = cliengo.contacts.update_many({
    { id = ana, rating = 5 },
    { id = none, rating = 5 },
    { id = zoe, fields = { sub_status = "x", email = cliengo.null } },
    { id = zoe, rating = 6 },
    { rating = 1 },
    { id = zoe, rating = 1, fields = { rating = 2 } },
    { id = ana },
}, { concurrency = 1 })
local gone = cliengo.contacts.delete_many({ ana, none, zoe, ana }, { concurrency = 1 })
return {
    got, made, changed, gone, got[1].value.last_update_date, #cliengo.contacts.get_many{},
    #cliengo.contacts.create_many({}, {}), tostring(got[1].value.facebookId),
}
