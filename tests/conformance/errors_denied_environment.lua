local function failure(call)
    local ok, problem = pcall(call)
    assert(not ok, "it did not fail")
    return {
        kind = problem.kind, status = problem.status, message = problem.message, hint = problem.hint,
        retryable = problem.retryable, method = problem.method, path = problem.path, text = tostring(problem),
    }
end
return {
    failure(function() cliengo.env("HOME") end),
    failure(function() cliengo.env("CLIENGO_API_KEY") end),
    failure(function() cliengo.env("NO_SUCH_VARIABLE") end),
}
