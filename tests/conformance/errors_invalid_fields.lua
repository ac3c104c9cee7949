local function failure(call)
    local ok, problem = pcall(call)
    assert(not ok, "it did not fail")
    return {
        kind = problem.kind, status = problem.status, message = problem.message, hint = problem.hint,
        retryable = problem.retryable, method = problem.method, path = problem.path, text = tostring(problem),
    }
end
return {
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { rating = 6 }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { rating = 2.5 }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { rating = "5" }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { status = "ACTVE" }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { stauts = "ACTIVE" }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { phone = 5491155550001 }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { phone = { 1, 2 } }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { name = true }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { dueDate = "tomorrow" }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { lastName = "X" }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { tags = { "vip" } }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { sub_status = "a", subStatus = "b" }) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", {}) end),
    failure(function() cliengo.contacts.create{ name = "Ana" } end),
    failure(function() cliengo.contacts.create{ websiteId = "5e8f0a1b2c3d4e5f60718301", rating = 3 } end),
    failure(function() cliengo.contacts.create{ websiteId = 5 } end),
    failure(function() cliengo.contacts.set_status("6a0000000000000000000001", "CLEINT") end),
}
