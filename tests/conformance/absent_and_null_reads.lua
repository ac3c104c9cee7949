local contact = cliengo.contacts.get("6a0000000000000000000001")
local bare = cliengo.contacts.get("6a0000000000000000000002")
return { contact.email == nil, contact.gender == nil, bare.tags == nil, bare.geoip == nil, bare.last_name == nil, cliengo.null == nil }
