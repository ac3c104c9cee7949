local function failure(call)
    local ok, problem = pcall(call)
    assert(not ok, "it did not fail")
    return {
        kind = problem.kind, status = problem.status, message = problem.message, hint = problem.hint,
        retryable = problem.retryable, method = problem.method, path = problem.path, text = tostring(problem),
    }
end
return {
    failure(function() cliengo.contacts.lsit() end),
    failure(function() cliengo.contacts.lsit{ limit = 1 } end),
    failure(function() cliengo.contact.list() end),
    failure(function() cliengo.sites.create{} end),
    failure(function() cliengo.contacts.chatbot("x") end),
    failure(function() cliengo.slep("1s") end),
    failure(function() cliengo.users.zzzzzzzz() end),
    failure(function() local _ = cliengo.arguments end),
}
