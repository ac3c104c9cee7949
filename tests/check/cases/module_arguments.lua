local json = require "json"
-- What a call would say of its arguments is told before it.
local encode = json.encode
json.decode(5)
json.decod("1")
json.decode()
json.decode("1", "2")
json.encode({ a = 1 }, { prety = true })
json.encode({ a = 1 }, { pretty = "yes" })
json.encode({ a = 1 }, 5)
json.decode({ text = "1" })
encode(1, { pretti = true })
return json.encode(1, { pretty = true })
