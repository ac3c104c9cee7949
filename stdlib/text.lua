-- text: compares, cleans and lays out texts, such as names and phone numbers.
--
--     local text = require "text"
--     text.fold("Begoña Núñez") == text.fold("BEGONA NUNEZ")   -- true
--     text.digits("+54 9 11 5555-0199")                        -- "5491155550199"
--     print(text.column("Sede São Bento", 20) .. text.column(12, 5, "right"))
--
-- Any field of a contact can be absent, so nil reads as an empty text everywhere.
-- Letters are the letters of Spanish and Portuguese; others stay as they are. Lengths count characters.

local text = {}

-- The same place in each is the same letter.
local UPPER = "ÁÀÂÃÄÅÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÝÑÇ"
local LOWER = "áàâãäåéèêëíìîïóòôõöúùûüýñç"
local PLAIN = "aaaaaaeeeeiiiiooooouuuuync"

local function letters_of(value)
    local letters = {}
    for letter in string.gmatch(value, utf8.charpattern) do
        table.insert(letters, letter)
    end
    return letters
end

-- From each letter of one alphabet to the letter at its place in another.
local function translation(from, to)
    local table_of, targets = {}, letters_of(to)
    for place, letter in ipairs(letters_of(from)) do
        table_of[letter] = targets[place]
    end
    return table_of
end

local lower_of, upper_of = translation(UPPER, LOWER), translation(LOWER, UPPER)
local plain_of = translation(LOWER, PLAIN)

local function lower(letter)
    return lower_of[letter] or string.lower(letter)
end

local function upper(letter)
    return upper_of[letter] or string.upper(letter)
end

local function fail(name, problem)
    error("text." .. name .. ": " .. problem, 0)
end

-- True for a number that all its digits can be written of.
local function whole(value)
    return type(value) == "number" and value % 1 == 0 and value >= -2 ^ 63 and value < 2 ^ 63
end

-- The text that an argument is; nil is an empty one.
local function read(name, value)
    if value == nil or value == cliengo.null then
        return ""
    end
    if type(value) ~= "string" then
        fail(name, "needs text")
    end
    return value
end

local function blank(letter)
    return letter == "\u{A0}" or string.find(letter, "^%s") ~= nil
end

-- The text without blanks at its ends, the no-break space (U+00A0) among them.
function text.trim(value)
    local letters = letters_of(read("trim", value))
    local first, last = 1, #letters
    while first <= last and blank(letters[first]) do
        first = first + 1
    end
    while last > first and blank(letters[last]) do
        last = last - 1
    end
    return table.concat(letters, "", first, last)
end

-- The text in lower case without accents (á → a, ñ → n, ç → c), for comparing what people typed.
function text.fold(value)
    local folded = {}
    for _, letter in ipairs(letters_of(read("fold", value))) do
        -- Some keyboards send an accent as a character of its own, which follows its letter.
        if letter < "\u{300}" or letter > "\u{36F}" then
            local small = lower(letter)
            table.insert(folded, plain_of[small] or small)
        end
    end
    return table.concat(folded)
end

-- The text with a capital at the beginning of each word: "MARÍA josé" → "María José".
function text.title(value)
    local letters, begins = letters_of(read("title", value)), true
    for place, letter in ipairs(letters) do
        letters[place] = (begins and upper or lower)(letter)
        begins = letter == " " or letter == "-"
    end
    return table.concat(letters)
end

-- The text as a name for files, tags and addresses: "Clínica São Bento" → "clinica-sao-bento".
function text.slug(value)
    local dashed = string.gsub(text.fold(read("slug", value)), "[^a-z0-9]+", "-")
    return (string.gsub(string.gsub(dashed, "^%-", ""), "%-$", ""))
end

-- Only the digits 0 to 9, for comparing phone numbers.
function text.digits(value)
    return (string.gsub(read("digits", value), "[^0-9]", ""))
end

-- The text or whole number in exactly `width` characters, for tables: filled with blanks at the right, or
-- at the left with "right" as the side, and cut with "…" where it is longer.
function text.column(value, width, side)
    if whole(value) then
        value = string.format("%d", value)
    end
    local letters = letters_of(read("column", value))
    if type(width) ~= "number" or width % 1 ~= 0 or width < 1 then
        fail("column", "the width must be a whole number from 1")
    end
    if side ~= nil and side ~= "left" and side ~= "right" then
        fail("column", 'the side must be "left" or "right"')
    end
    if #letters > width then
        return table.concat(letters, "", 1, width - 1) .. "…"
    end
    local words, blanks = table.concat(letters), string.rep(" ", width - #letters)
    return side == "right" and blanks .. words or words .. blanks
end

-- True where the text begins with `start`, letter for letter: fold both where that is too strict.
function text.starts_with(value, start)
    value, start = read("starts_with", value), read("starts_with", start)
    return string.sub(value, 1, #start) == start
end

-- True where the text holds `part`, letter for letter.
function text.contains(value, part)
    return string.find(read("contains", value), read("contains", part), 1, true) ~= nil
end

-- What a value is as text; nil is nothing, and neither is an empty text.
local function written(name, value)
    if value == nil or value == cliengo.null then
        return nil
    end
    if whole(value) then
        return string.format("%d", value)
    end
    local kind = type(value)
    if (kind ~= "string" and kind ~= "number" and kind ~= "boolean") or (kind == "number" and value % 1 ~= value % 1) then
        fail("template", '"' .. name .. '" is no text')
    end
    if kind == "number" and value % 1 == 0 then
        fail("template", '"' .. name .. '" is too large a number')
    end
    local words = tostring(value)
    return words ~= "" and words or nil
end

-- What a name such as geoip.city means among the values.
local function value_of(name, values)
    local value = values
    for part in string.gmatch(name, "[^.]+") do
        if type(value) ~= "table" then
            return nil
        end
        value = value[part]
    end
    return value
end

-- The text that stands for what is between two pairs of braces.
local function filled(inside, values)
    local name, default = inside, ""
    local bar = string.find(inside, "|", 1, true)
    if bar then
        name, default = string.sub(inside, 1, bar - 1), text.trim(string.sub(inside, bar + 1))
    end
    name = text.trim(name)
    if name == "" or string.find(name, "[%s{}]") then
        fail("template", '"{{' .. inside .. '}}" names no value')
    end
    return written(name, value_of(name, values)) or default
end

-- The pattern with a value in each pair of braces: "Hola {{name|amigo}}, de {{geoip.city}}". A name with
-- dots looks into objects; what stands behind the bar is for a value that is absent or empty.
function text.template(pattern, values)
    pattern = read("template", pattern)
    if type(values) ~= "table" then
        fail("template", "needs the values as an object")
    end
    local parts, at = {}, 1
    while true do
        local open = string.find(pattern, "{{", at, true)
        if not open then
            break
        end
        local close = string.find(pattern, "}}", open, true)
        if not close then
            fail("template", '"{{" is not closed by "}}"')
        end
        table.insert(parts, string.sub(pattern, at, open - 1))
        table.insert(parts, filled(string.sub(pattern, open + 2, close - 1), values))
        at = close + 2
    end
    table.insert(parts, string.sub(pattern, at))
    return table.concat(parts)
end

return text
