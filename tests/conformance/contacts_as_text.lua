local site = cliengo.sites.list()[1]
return { tostring(site), "site: " .. tostring(site), tostring(cliengo.args) }
