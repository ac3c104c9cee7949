local csv = require "csv"

local function failure(work, ...)
    local ok, problem = pcall(work, ...)
    assert(not ok, "it did not fail")
    return { problem.kind, problem.message, problem.hint }
end
local people = {
    { name = "Ana \"M\"", phone = "+54 9 11 5555-0001", zoo = { 1, { a = true } }, email = "ana@example.com" },
    { name = "=1+1", rating = 5, note = "línea 1\nlínea 2", last = "-3", empty = cliengo.null },
}
local text = csv.format(people)
return {
    objects = csv.parse("\u{feff}name;phone;note\r\nAna;5555;\"a;b\"\"c\"\"\r\nd\"\r\n\r\nLeo;;\r\n;;\r\n"),
    lists = csv.parse("a\tb\n1\t2\n", { header = false }),
    told = csv.parse("a|b;c\n1|2;3\n", { delimiter = "|" }),
    excel = csv.parse("sep=;\na,1;b\nx;y\n"),
    unnamed = csv.parse(" a ,b,,\n1,2,,\n"),
    nothing = { csv.parse(""), csv.parse("\u{feff}\n"), csv.parse("a,b\n"), csv.format({}), csv.format({ {} }) },
    text = text,
    again = csv.parse(text),
    columns = csv.format(people, { columns = { "zoo", "name", "missing" }, delimiter = ";" }),
    bare = csv.format(people, { columns = { "name" }, header = false, guard = false }),
    guarded = csv.parse("a\n'=1\n", { guard = false }),
    rows = csv.format({ { 1, "b", true }, { 2.5, cliengo.null, "@x" } }),
    named = csv.format({ { 1, 2 } }, { columns = { "a", "b" } }),
    failures = {
        failure(csv.parse, "a,b\n1,2\n\n1,2,3\n"), failure(csv.parse, "a,b\n\"x\ny\",2\n1\n"),
        failure(csv.parse, "a,b\n1,2\n1\n", { header = false }), failure(csv.parse, "a,b\n\"1,2\n"),
        failure(csv.parse, "a,b,a\n"), failure(csv.parse, "a,\n1,2\n"),
        failure(csv.parse, "a", { delimiter = ";;" }), failure(csv.parse, "a", { delimter = ";" }),
        failure(csv.parse, 5), failure(csv.format, "a"), failure(csv.format, { 1 }),
        failure(csv.format, { { a = 1 }, { 2 } }), failure(csv.format, { { 1 }, { a = 2 } }),
        failure(csv.format, { { a = 1 } }, { columns = "a" }), failure(csv.format, {}, { columns = { 1 } }),
    },
}
