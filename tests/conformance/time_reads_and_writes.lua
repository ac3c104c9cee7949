-- Everything in the module time, happy and failing.
local time = require "time"

local bogota = "America/Bogota"
local at = "2026-11-25T02:30:45.250Z"

local function failure(call, ...)
    local ok, problem = pcall(call, ...)
    assert(not ok, "it did not fail")
    return { problem.kind, problem.message, problem.hint }
end

return {
    parse = {
        time.parse("2026-11-25"), time.parse("25/11/2026 14:30", { zone = bogota }), time.parse(1795617000),
        time.parse(1795617000000), time.parse("11/25/2026", { day_first = false }),
        time.parse("25|11|26", { format = "%d|%m|%y" }), time.parse("25 de noviembre de 2026 a las 14:30"),
        time.parse("Wed, 25 Nov 2026 11:30:00 -0300"), time.parse(cliengo.now()) <= cliengo.now(),
    },
    format = {
        time.format(at), time.format(at, "%d/%m/%Y"), time.format(at, "%H:%M", bogota),
        time.format(at, "%A %-d de %B", bogota, "es"), time.format(at, "%a, %d %b", nil, "pt"),
        time.format(0, "%Y %%"), time.format("2026-11-25", nil, nil, nil),
    },
    add = { time.add(at, "2d"), time.add(at, "-3h"), time.add("2026-01-31", "1mo"), time.add(at, "1d", bogota) },
    between = {
        time.between("2026-11-01", at), time.between("2026-11-01", at, "day"), time.between(at, "2026-11-01", "hour"),
        time.between("2020-02-29", "2026-02-28", "year", bogota),
    },
    start_of = { time.start_of(at, "day"), time.start_of(at, "week", bogota), time.start_of(at, "QUARTER") },
    end_of = { time.end_of(at, "day"), time.end_of(at, "month", bogota), time.end_of(at, "minute") },
    parts = time.parts(at, bogota),
    in_zone = time.in_zone(at, "america/argentina/buenos_aires"),
    is_business = {
        time.is_business("2026-11-25T15:00:00Z"), time.is_business("2026-11-28T15:00:00Z"),
        time.is_business("2026-11-25T23:30:00Z", { zone = bogota, to = "19:00" }),
        time.is_business("2026-12-25T15:00:00Z", { holidays = { "2026-12-25" } }),
        time.is_business("2026-11-29T15:00:00Z", { days = { 7 } }),
    },
    failures = {
        failure(time.parse, "soon"), failure(time.parse, nil), failure(time.parse, "11/25/2026"),
        failure(time.parse, "x", { format = "%d" }), failure(time.parse, "x", { fromat = "%d" }), failure(time.parse, true),
        failure(time.format, at, "%"), failure(time.format, at, "%d", "Bogota"), failure(time.format, at, nil, nil, "fr"),
        failure(time.add, at, "soon"), failure(time.add, at, "99999y"), failure(time.between, at, at, "days"),
        failure(time.start_of, at, "second"), failure(time.end_of, at), failure(time.in_zone, at),
        failure(time.is_business, at, { days = { 8 } }), failure(time.is_business, at, { from = "9" }),
        failure(time.is_business, at, { holidays = { "Christmas" } }),
    },
}
