local function failure(match, fields)
    local ok, problem = pcall(cliengo.contacts.upsert, match, fields)
    assert(not ok, "it did not fail")
    return { kind = problem.kind, text = tostring(problem) }
end
local site = "5e8f0a1b2c3d4e5f60718301"
for number = 1, 2 do cliengo.contacts.create{ websiteId = site, email = "twin@example.com", name = "Twin " .. number } end
local before = cliengo.contacts.count()
return {
    failure({ email = "twin@example.com" }, { rating = 5 }),
    failure({ emial = "a@b.co" }, { rating = 5 }),
    failure({ email = "" }, { rating = 5 }),
    failure({ email = cliengo.null }, { rating = 5 }),
    failure({}, { rating = 5 }),
    failure(5, { rating = 5 }),
    failure("email", { rating = 5 }),
    failure({ tags = "vip" }, { rating = 5 }),
    failure({ email = "a@b.co" }, { raiting = 5 }),
    failure({ email = "a@b.co" }, { rating = 6 }),
    failure({ email = "a@b.co" }, { tags = { "vip" } }),
    failure({ email = "a@b.co" }, { creation_date = "2026-01-01" }),
    failure({ email = "a@b.co" }, { rating = 5 }),
    failure({ email = "a@b.co" }),
    failure({ id = "6a00000000000000000000ff" }, { websiteId = site, rating = 5 }),
    failure({ id = "6a0000000000000000000001", email = "a@b.co" }, { websiteId = site }),
    cliengo.contacts.count() == before,
}
