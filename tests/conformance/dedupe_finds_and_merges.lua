-- Everything in the module dedupe, happy and failing.
local dedupe = require "dedupe"

local function failure(call, ...)
    local ok, problem = pcall(call, ...)
    assert(not ok, "it did not fail")
    return { problem.kind, problem.message, problem.hint }
end

local contacts = {
    { id = "1", name = "Ana Pérez", phone = "011 15 5555-0199", creationDate = "2026-02-01T00:00:00.000Z" },
    { id = "2", name = "PEREZ, Ana", phone = "+54 9 11 5555 0199", creationDate = "2026-01-01T00:00:00.000Z" },
    { id = "3", name = "Luis Gómez", email = "luis@example.com" },
    { id = "4", name = "Luís Gomes", email = " Luis@Example.com", rating = 4 },
    { id = "5", name = "Eva" },
    { id = "6", name = "Ana Peres" },
}
return {
    found = dedupe.find(contacts),
    by_name = dedupe.find(contacts, { by = { "name" }, least = 0.9 }),
    by_email = dedupe.find(contacts, { by = { "email" } }),
    none = { dedupe.find({}), dedupe.find(contacts, { least = 1 }) },
    score = dedupe.score(contacts[1], contacts[2], { region = "AR" }),
    different = dedupe.score(contacts[1], contacts[3]),
    merged = dedupe.merge({ contacts[4], contacts[3] }),
    of_the_account = #dedupe.find(cliengo.contacts.list{ limit = 50 }) >= 0,
    failures = {
        failure(dedupe.find, nil), failure(dedupe.find, { 5 }), failure(dedupe.find, {}, { by = { "phne" } }),
        failure(dedupe.find, {}, { least = 85 }), failure(dedupe.find, {}, { region = "Peru" }),
        failure(dedupe.find, {}, { leats = 1 }), failure(dedupe.score, {}), failure(dedupe.merge, {}),
    },
}
