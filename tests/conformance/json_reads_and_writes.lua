local json = require "json"

local function failure(text)
    local ok, problem = pcall(json.decode, text)
    assert(not ok, "it did not fail")
    return { problem.kind, problem.message }
end
local value = json.decode('{ "b": [], "a": {}, "n": [1, 1.5, -0.25, 100.0], "t": "ñ\\u00f1\\n", "no": null, "yes": true }')
return {
    value = value,
    keys = json.encode(value),
    pretty = json.encode({ list = { 1, { two = 2 } } }, { pretty = true }),
    exact = json.decode("[9007199254740993, -9007199254740993, 9223372036854775807, 18446744073709551616]"),
    alone = json.decode("9007199254740993"),
    again = json.encode(json.decode("9007199254740993")),
    nothing = { json.decode("null") == nil, json.encode(cliengo.null) },
    words = { json.decode('"text"'), json.decode("true"), json.decode(" 12 ") },
    absent = json.decode('{ "a": null }'),
    contact = json.encode({ tags = cliengo.args, name = cliengo.contacts.get("6a0000000000000000000001").name }),
    failures = {
        failure(""), failure("{"), failure('{ "a": 1,\n  "b": }'), failure("[1, 2"), failure("1 2"), failure("nil"),
        failure('"\\ud800"'), failure("1e999"), failure("[" .. string.rep("[", 100000)),
    },
}
