-- Everything in the modules phone and email, happy and failing.
local phone = require "phone"
local email = require "email"

local function failure(call, ...)
    local ok, problem = pcall(call, ...)
    assert(not ok, "it did not fail")
    return { problem.kind, problem.message, problem.hint }
end

local function all(call, region)
    local found = {}
    for _, number in ipairs{ "011 15 5555-0199", "+52 1 222 123 4567", "0 15 11 96123 4567", "123", "" } do
        local answer = call(number, region)
        table.insert(found, answer == nil and "nothing" or answer)
    end
    return found
end

return {
    e164 = { all(phone.e164, "AR"), all(phone.e164, "BR"), all(phone.e164), phone.e164(nil, "AR") == nil },
    valid = { all(phone.valid, "AR"), phone.valid(nil), phone.valid() },
    country = all(phone.country, "ar"),
    kind = all(phone.kind, "AR"),
    format = {
        phone.format("011 15 5555-0199", "AR"), phone.format("011 15 5555-0199", "AR", "national"),
        phone.format("+5491155550199", nil, "RFC3966"), phone.format("1", "AR") == nil,
    },
    whatsapp = { all(phone.whatsapp, "AR"), phone.whatsapp("11 5555-0199", "AR") },
    email = {
        email.valid(" Ana@Example.com "), email.valid("ana@example"), email.valid(nil), email.valid(),
        email.normalize(" Ana@Example.COM "), email.normalize("A.na+x@gmail.com", { mailbox = true }),
        email.normalize("x") == nil, email.domain("ana@Example.com.ar"), email.domain(nil) == nil,
        email.suggest("ana@gmial.com"), email.suggest("ana@gmail.com") == nil, email.is_free("ana@uol.com.br"),
        email.is_free("ana@example.com"),
    },
    failures = {
        failure(phone.e164, "1", "Argentina"), failure(phone.e164, 5491155550199), failure(phone.valid, "1", 54),
        failure(phone.format, "1", "AR", "nationl"), failure(phone.kind, "1", "AR", "x"),
        failure(email.valid, 5), failure(email.normalize, "a", { mailbx = true }), failure(email.normalize, "a", true),
    },
}
