local ids = {}
for contact in cliengo.contacts.each{ concurrency = 2, checkpoint = "pair", limit = 60 } do
    ids[#ids + 1] = contact.id
end
local list = cliengo.contacts.list{ concurrency = 64, limit = 60 }
local same = #list == #ids
for place, contact in ipairs(list) do
    same = same and contact.id == ids[place]
end
local wrong = {}
for place, options in ipairs({ { concurrency = 65 }, { checkpoint = "a/b" }, { chekpoint = "x" }, { concurrency = "two" } }) do
    local _, problem = pcall(cliengo.contacts.each, options)
    wrong[place] = { problem.message, problem.hint or "" }
end
return { same, wrong }
