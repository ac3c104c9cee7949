local contact = cliengo.contacts.get("6a0000000000000000000001")
return { contact.rating, contact.wholeBalance, contact.thirds, contact.huge, contact.geoip.latitude, contact.geoip.longitude, contact.age + 1, contact.wholeBalance / 5, 3.0, 0.1, 1e3, -0.5, contact.rating * 2 }
