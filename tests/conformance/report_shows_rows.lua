-- Everything in the module report, happy and failing.
local report = require "report"

local function failure(call, ...)
    local ok, problem = pcall(call, ...)
    assert(not ok, "it did not fail")
    return { problem.kind, problem.message, problem.hint }
end

local rows = {
    { name = "Ñandú", rating = 5, tags = { "vip" }, active = true }, { name = "<b>|x|", rating = 12.5 }, {},
}
local groups = { { key = "NEW", items = { 1, 2, 3 } }, { key = "CLIENT", items = { 1 } }, { items = {} } }

return {
    table = {
        report.table(rows), report.table(rows, { columns = { "rating", "phone" }, title = "Contacts" }),
        report.table({ { "a", 1 }, { "bc" } }), report.table({}),
    },
    bars = {
        report.bars(groups, { label = "key", value = "items", width = 6, title = "Groups" }),
        report.bars({ a = 1, b = 0.5 }, { width = 1 }), report.bars({ { "x", 0 } }), report.bars({}),
    },
    markdown = { report.markdown(rows), report.markdown({ { 1, 2 } }, { title = "*T*" }) },
    html = report.html{
        title = "<Leads>", subtitle = "2026", language = "en",
        sections = {
            { heading = "A & B", text = "one\ntwo", table = rows },
            { table = { rows = rows, columns = { "name" } }, chart = { items = groups, label = "key", value = "items" } },
            { chart = { kind = "line", items = { { "Mon", 1 }, { "Tue", 2.5 } } } },
        },
    },
    failures = {
        failure(report.table, nil), failure(report.table, { 5 }), failure(report.table, rows, { columns = { 5 } }),
        failure(report.table, rows, { colums = {} }), failure(report.bars, "x"), failure(report.bars, { { "a", -1 } }),
        failure(report.bars, groups), failure(report.bars, {}, { width = 0 }), failure(report.markdown, "x"),
        failure(report.html, {}), failure(report.html, { title = "a", sections = { { char = {} } } }),
        failure(report.html, { title = "a", sections = { { chart = { kind = "pie", items = {} } } } }),
    },
}
