-- What text.template puts into a pattern.
local text = require "text"

local ana = { name = "Ana", phone = "", rating = 4, share = 0.5, vip = true, geoip = { city = "Córdoba" }, tags = { "a" } }

local function complaint(pattern, values)
    local ok, problem = pcall(text.template, pattern, values)
    return ok and "none" or problem
end

local patterns = {
    "", "Hola", "Hola {{name}}", "{{ name }}, {{geoip.city}}!", "{{name}}{{name}}", "{{phone|sin teléfono}}",
    "{{lastName | }}.", "{{lastName}}.", "{{rating}} {{share}} {{vip}}", "{{geoip.country.code|??}}",
    "{{name.first|-}}", "{ {name} } }}", "{{ñ|🎉}}", "%d {{name}} $1 \\ %%",
}
local filled = {}
for _, pattern in ipairs(patterns) do
    table.insert(filled, text.template(pattern, ana))
end
return {
    filled = filled,
    nothing = text.template(nil, ana),
    none = text.template("{{n|x}}{{m}}", { n = cliengo.null, m = -2^53 }),
    contact = text.template("{{name|?}} {{status}}", cliengo.contacts.find()) ~= "",
    complaints = {
        complaint("{{name", ana), complaint("{{}}", ana), complaint("{{ |x}}", ana), complaint("{{first name}}", ana),
        complaint("{{{name}}}", ana), complaint("{{geoip}}", ana), complaint("{{tags}}", ana), complaint("{{name}}", nil),
        complaint("{{name}}", "Ana"), complaint(5, ana),
        complaint("{{n}}", { n = 1e21 }), complaint("{{n}}", { n = 0/0 }), complaint("{{n}}", { n = 1/0 }), complaint("{{n}}", { n = print }),
    },
}
