-- What may be right is left alone: names that are set later, shadowed ones, values that only a run knows.
local list = require "list"
local field, options = cliengo.args[1], { [cliengo.args[1]] = "NEW" }
local function later() return counted end
counted = later() or 0
for contact in cliengo.contacts.each(options) do
    contact.score = 1
    print(contact.score, contact[field], contact.geoip and contact.geoip.city)
end
local contact = cliengo.contacts.find{ [field] = "x" }
contact = { anything = 1 }
print(contact.anything)
local function own(cliengo, contacts)
    cliengo.whatever(contacts.nothing)
    return function() return cliengo.more end
end
local find = cliengo.contacts.find
local ok, problem = pcall(cliengo.contacts.get, "x")
print(find{ query = "Ana" }, ok, problem, problem.kind)
local function write()
    print(cliengo.contacts.update(own({}, {}), { name = cliengo.null }))
    cliengo.contacts.update("id", { rating = 5.0, sellPrice = 1e2 })
    cliengo.contacts.update(table.unpack{ "id", { rating = 5 } })
end
print(write, cliengo.call{ path = "/account", method = "get" })
cliengo.watch.new_contacts({ id = "a", on_failure = function(event) print(event.anything) end }, own)
cliengo.watch.deleted_contacts({ id = "b", timeout = field }, function(gone, event) print(gone.id, event.key) end)
cliengo.schedule.every("1h", { id = "c", misfire_max = 3, misfire = field }, own)
print(list.map(cliengo.users.list(), function(user) return user.anything end))
local mine, named, merged = cliengo.contacts.list(), cliengo.contacts.list(), cliengo.contacts.get("x")
table.insert(mine, { anything = 1 })
named[#named + 1] = { anything = 2 }
merged[field] = 3
print(mine[1].anything, named[1].anything, merged.anything)
_G.set_below = 1
print(set_below, { rating = 5.0 })
local words = { "a", "b" }
repeat local word = table.remove(words) until word == "a"
print(`{#words} {string.upper("x")}`, _G ~= nil, if #words > 0 then 1 else 2)
local set, passed, aliased, merged_later = { statsu = 1 }, { statsu = 1 }, { statsu = 1 }, { statsu = 1 }
set.statsu, set.status = nil, "NEW"
own(passed, passed)
local alias = aliased
alias.statsu = nil
table.insert(merged_later, "x")
print(cliengo.contacts.count(set), cliengo.contacts.count(passed), cliengo.contacts.count(aliased))
print(cliengo.contacts.count(merged_later))
if field then
    cliengo.watch.new_contacts({ id = "either" }, own)
else
    cliengo.watch.new_contacts({ id = "either" }, own)
end
local function register(id) cliengo.watch.new_contacts({ id = id }, own) end
register("d")
register("e")
goodbye = function(...) return select("#", ...) end
return goodbye(1)
