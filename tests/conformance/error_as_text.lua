local ok, problem = pcall(cliengo.contacts.get, "6a00000000000000000000ff")
local _, hinted = pcall(cliengo.contacts.list, { statu = "NEW" })
return { ok, tostring(problem), "it said: " .. tostring(problem), tostring(hinted) }
