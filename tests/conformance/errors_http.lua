local http = require "http"
local function failure(name, ...)
    local ok, problem = pcall(http[name], ...)
    assert(not ok, "it did not fail")
    -- What would allow it is a flag in the program, and words in the library.
    local hint = problem.kind ~= "denied" and problem.hint or nil
    return { kind = problem.kind, message = problem.message, hint = hint, retryable = problem.retryable }
end
local hook = "https://hooks.example.com/T0"
return {
    failure("get", hook),
    failure("post", hook, { json = { text = "hola" } }),
    failure("put", "https://hooks.example.com:8443/", { body = "a" }),
    failure("patch", "http://[::1]:8080/"),
    failure("delete", "http://169.254.169.254/"),
    failure("request", { method = "head", url = "http://0x7f.1:81/" }),
    failure("get", "http://hooks.example.com@127.0.0.1/"),
    failure("get", "file:///etc/passwd"),
    failure("get", "hooks.example.com"),
    failure("get", "http://a.example\\@b.example/"),
    failure("get", hook, { timout = "5s" }),
    failure("get", hook, { timeout = "soon" }),
    failure("get"),
    failure("request", { method = "TRACE", url = hook }),
    failure("request", { method = "GET" }),
}
