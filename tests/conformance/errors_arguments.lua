local function failure(call)
    local ok, problem = pcall(call)
    assert(not ok, "it did not fail")
    return {
        kind = problem.kind, status = problem.status, message = problem.message, hint = problem.hint,
        retryable = problem.retryable, method = problem.method, path = problem.path, text = tostring(problem),
    }
end
return {
    failure(function() cliengo.contacts.get() end),
    failure(function() cliengo.contacts.get(nil) end),
    failure(function() cliengo.contacts.get("") end),
    failure(function() cliengo.contacts.get("..") end),
    failure(function() cliengo.contacts.get(12) end),
    failure(function() cliengo.contacts.get(cliengo.contacts.get("6a0000000000000000000001")) end),
    failure(function() cliengo.contacts.get("6a0000000000000000000001", 2) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001") end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", { rating = 1 }, 3, 4) end),
    failure(function() cliengo.contacts.update("6a0000000000000000000001", "rating") end),
    failure(function() cliengo.contacts.add_tag("6a0000000000000000000001", 5) end),
    failure(function() cliengo.contacts.add_note("6a0000000000000000000001") end),
    failure(function() cliengo.now(1) end),
    failure(function() cliengo.sleep("soon") end),
    failure(function() cliengo.sleep(-1) end),
    failure(function() cliengo.sleep(true) end),
    failure(function() cliengo.call() end),
    failure(function() cliengo.conversations.create{ websiteID = "x" } end),
    failure(function() cliengo.conversations.create{ websiteId = "x" } end),
}
