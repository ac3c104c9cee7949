local contact = cliengo.contacts.get("6a0000000000000000000001")
return { contact.holes, #contact.holes, contact.holes[3] }
