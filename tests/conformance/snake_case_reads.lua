local contact = cliengo.contacts.get("6a0000000000000000000001")
local listed = cliengo.contacts.find{ query = "Zoë" }
return {
    contact.website_id, contact.websiteId, contact.last_name, contact.utm_source, contact.lead_fields["日本"],
    listed.website_id, listed.creation_date == listed.creationDate, contact.no_such_field == nil,
}
