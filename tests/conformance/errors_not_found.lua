local function failure(call)
    local ok, problem = pcall(call)
    assert(not ok, "it did not fail")
    return {
        kind = problem.kind, status = problem.status, message = problem.message, hint = problem.hint,
        retryable = problem.retryable, method = problem.method, path = problem.path, text = tostring(problem),
    }
end
return {
    failure(function() cliengo.contacts.get("6a00000000000000000000ff") end),
    failure(function() cliengo.contacts.update("6a00000000000000000000ff", { rating = 1 }) end),
    failure(function() cliengo.contacts.delete("6a00000000000000000000ff") end),
    failure(function() cliengo.contacts.notes("6a00000000000000000000ff") end),
    failure(function() cliengo.sites.get("nowhere/else") end),
    failure(function() cliengo.call{ path = "/no/such/route" } end),
}
