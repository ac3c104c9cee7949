local function failure(call)
    local ok, problem = pcall(call)
    assert(not ok, "it did not fail")
    return {
        kind = problem.kind, status = problem.status, message = problem.message, hint = problem.hint,
        retryable = problem.retryable, method = problem.method, path = problem.path, text = tostring(problem),
    }
end
return {
    failure(function() cliengo.contacts.list{ statu = "NEW" } end),
    failure(function() cliengo.contacts.each{ status = "NEWW" } end),
    failure(function() cliengo.contacts.count{ limit = -1 } end),
    failure(function() cliengo.contacts.list{ limit = "many" } end),
    failure(function() cliengo.contacts.find{ since = "last week" } end),
    failure(function() cliengo.contacts.list{ colour = "red" } end),
    failure(function() cliengo.contacts.list("NEW") end),
    failure(function() cliengo.contacts.list{ website_id = "a", websiteId = "b" } end),
}
