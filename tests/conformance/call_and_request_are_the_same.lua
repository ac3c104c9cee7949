local path = "/contacts/6a0000000000000000000002"
local a = cliengo.call{ path = path }
local b = cliengo.request{ method = "get", path = path:sub(2), query = cliengo.null, headers = { ["x-note"] = 5 } }
local text = cliengo.call{ method = "POST", path = path .. "/notes", body = '{"message":"as text"}' }
local page = cliengo.call{ path = "/contacts", query = { limit = 2, status = "CLIENT" } }
return { a.status, a.body, b.status, b.body, text.status, text.body.message, #page.body.results, a.headers["content-type"] }
