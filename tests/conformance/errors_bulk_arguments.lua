local function failure(call)
    local ok, problem = pcall(call)
    assert(not ok, "it did not fail")
    return { kind = problem.kind, text = tostring(problem) }
end
local many = cliengo.contacts
return {
    failure(function() many.get_many("6a0000000000000000000001") end),
    failure(function() many.get_many{ id = "6a0000000000000000000001" } end),
    failure(function() many.get_many{ "6a0000000000000000000001", 5 } end),
    failure(function() many.delete_many{ { id = "6a0000000000000000000001" } } end),
    failure(function() many.delete_many{ "6a0000000000000000000001", cliengo.null } end),
    failure(function() many.create_many{ { name = "Ana" }, "Leo" } end),
    failure(function() many.update_many{ "6a0000000000000000000001" } end),
    failure(function() many.update_many({}, { concurency = 2 }) end),
    failure(function() many.update_many({}, { concurrency = 0 }) end),
    failure(function() many.update_many({}, { stop_on_error = "yes" }) end),
    failure(function() many.update_many() end),
}
