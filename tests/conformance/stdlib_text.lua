-- Everything in the module text, with its edges.
local list = require "list"
local text = require "text"

local samples = {
    "", "   ", "\t Ana María \n", "\u{A0}Córdoba\u{A0}", "BEGOÑA NÚÑEZ-ÇELIK", "São João d'Oeste",
    "Cafe\u{301} 🎉 №5", "+54 (011) 5555-0199 int. 3", "--a--", "ÀÂÄÅÏÔÖÜÝ ΔΣ ß", "٣",
}

local function complaint(call)
    local ok, problem = pcall(call)
    return ok and "none" or problem
end

return {
    trim = list.map(samples, text.trim),
    fold = list.map(samples, text.fold),
    title = list.map(samples, text.title),
    slug = list.map(samples, text.slug),
    digits = list.map(samples, text.digits),
    columns = list.map(samples, function(sample) return text.column(sample, 10) end),
    right = list.map(samples, function(sample) return text.column(sample, 10, "right") end),
    column = { text.column(7, 3, "right"), text.column(-12, 2), text.column("🎉🎉", 1), text.column("ñ", 1, "left") },
    starts_with = {
        text.starts_with("Ñandú", "Ña"), text.starts_with("Ñandú", "ñ"), text.starts_with("a", ""),
        text.starts_with("", "a"), text.starts_with("a.c", "a%"), text.starts_with("ab", "abc"),
    },
    contains = {
        text.contains("ana@prueba.test", ".test"), text.contains("100%", "%"), text.contains("abc", ".b"),
        text.contains("", ""), text.contains("🎉", "🎉"), text.contains("abc", "d"),
    },
    absent = {
        text.trim(nil), text.fold(nil), text.title(nil), text.slug(nil), text.digits(nil),
        text.column(nil, 2), text.starts_with(nil, "a"), text.contains(nil, ""),
    },
    complaints = {
        complaint(function() text.trim(1) end),
        complaint(function() text.fold({}) end),
        complaint(function() text.title(true) end),
        complaint(function() text.slug(1) end),
        complaint(function() text.digits(1155) end),
        complaint(function() text.column(1.5, 3) end),
        complaint(function() text.column("a", 0) end),
        complaint(function() text.column("a", "3") end),
        complaint(function() text.column("a", 3, "middle") end),
        complaint(function() text.starts_with("a", 1) end),
        complaint(function() text.contains({}, "a") end),
    },
}
