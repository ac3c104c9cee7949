-- Arguments of list, retry and text that cannot be right: their functions are in every build.
local list = require "list"
local retry = require "retry"
local text = require "text"
local items, word = cliengo.contacts.list(), cliengo.args[1]
local function itself(item) return item end
print(list.map(items), list.map(items, "name", 3), list.map("Ana", itself), list.map(items, 5), list.map(items, word))
print(list.filter(function() end, itself), list.filter(items, { "name" }), list.filter(items, function(it) return it.phone end))
print(list.sort_by(items, "name", "down"), list.sort_by(items, "name", "desc"), list.unique(items), list.unique(items, 1))
print(list.chunk(items, 0), list.chunk(items, "2"), list.chunk(items, 2))
print(retry.run(), retry.run("now"), retry.run(itself, 5), retry.run(itself, { attemps = 5 }))
print(retry.run(itself, { attempts = 0, wait = "soon", factor = "2", when = true }))
print(retry.run(itself, { whn = function() return true end }), retry.run(itself, { wait = function() return 1 end }))
print(retry.run(itself, { attempts = 5, wait = 1, factor = 1.5, most = "1m", when = function() return true end }))
print(text.trim(5), text.trim("a", "b"), text.fold(nil), text.digits({}))
print(text.column("a"), text.column("a", 0), text.column("a", 3, "middle"), text.column(5, 3, "right"))
print(text.template("{{name}}"), text.template("{{name}}", word), text.template("{{name}}", "Ana"))
print(text.starts_with(word, 1), text.contains(true, word))
