local contact = cliengo.contacts.get("6a0000000000000000000001")
return { contact.name, contact.lastName, contact.geoip.city, contact.leadFields["¿Qué?"], contact.age, contact.status, contact["utmSource"] }
