local function outer()
    local function inner() return cliengo.contacts.get("6a0000000000000000000002").name end
    return inner()
end
local later = function(id) return cliengo.contacts.get(id).status end
local counts = require("modules/counts")
local again = require("./modules/counts")
return { outer(), later("6a0000000000000000000002"), counts.of("CLIENT") == cliengo.contacts.count{ status = "CLIENT" }, again.twice(4) }
