local function failure(call)
    local ok, problem = pcall(call)
    assert(not ok, "it did not fail")
    return {
        kind = problem.kind, status = problem.status, message = problem.message, hint = problem.hint,
        retryable = problem.retryable, method = problem.method, path = problem.path, text = tostring(problem),
    }
end
return {
    failure(function() cliengo.call{ path = "https://evil.test/x" } end),
    failure(function() cliengo.call{ path = "//evil.test/x" } end),
    failure(function() cliengo.call{ path = "/../x" } end),
    failure(function() cliengo.call{ path = "/contacts/%2e%2E/account" } end),
    failure(function() cliengo.call{ path = "\\\\evil.test" } end),
    failure(function() cliengo.call{ path = "/a b" } end),
    failure(function() cliengo.call{ path = "/account", headers = { Authorization = "Bearer x" } } end),
    failure(function() cliengo.call{ path = "/account", headers = { HOST = "evil.test" } } end),
    failure(function() cliengo.call{ path = "/account", headers = { ["x-a\r\nhost"] = "b" } } end),
    failure(function() cliengo.call{ path = "/account", headers = { ["x-a"] = "b\r\nhost: evil.test" } } end),
    failure(function() cliengo.call{ method = "TRACE", path = "/account" } end),
    failure(function() cliengo.call{ pth = "/account" } end),
    failure(function() cliengo.call{ path = "/account", query = { a = { 1 } } } end),
    failure(function() cliengo.call{ path = "/contacts", query = { offset = 5000 } } end),
}
