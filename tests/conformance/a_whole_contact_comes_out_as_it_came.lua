local contact = cliengo.contacts.get("6a0000000000000000000001")
contact.holes = nil
return contact
