-- Counts the contacts of the last 7 days by status, site and user: as a table to read, as rows, and as a page.
--
--     cliengo run scripts/nightly_report.lua                      the table
--     cliengo run scripts/nightly_report.lua -o csv > report.csv  the rows, for a spreadsheet
--     cliengo run --allow-write reports scripts/nightly_report.lua reports/week.html  a page with charts

local fs = require "fs"
local list = require "list"
local report = require "report"

-- Change this: any age, such as 1d or 4w.
local AGE = "7d"

local user_names = { UNASSIGNED = "nobody" }
for _, user in ipairs(cliengo.users.list()) do
    user_names[user.id] = user.name
end

-- Whole days, so that two reports of one day count the same.
local day = string.sub(cliengo.now("-" .. AGE), 1, 10)
local contacts = cliengo.contacts.list{ since = day }

-- Contacts without the field are counted under a dash.
local function status_of(contact)
    return contact.status or "-"
end

local function site_of(contact)
    return contact.websiteName or "-"
end

local function user_of(contact)
    return user_names[contact.assignedTo or "UNASSIGNED"] or "-"
end

local columns = {
    { name = "status", value = status_of },
    { name = "site", value = site_of },
    { name = "user", value = user_of },
}

local rows, sections = list.map({}, "by"), {}
for _, column in ipairs(columns) do
    local counts = list.map(list.group_by(contacts, column.value), function(group)
        return { by = column.name, value = group.key, contacts = #group.items }
    end)
    -- The most first; what has as many comes by name.
    counts = list.sort_by(list.sort_by(counts, "value"), "contacts", "desc")
    table.move(counts, 1, #counts, #rows + 1, rows)
    local chart = { kind = "bar", items = counts, label = "value", value = "contacts" }
    table.insert(sections, { heading = "By " .. column.name, chart = chart })
end

local title = #contacts .. " contacts since " .. day
print(report.table(rows, { title = title, columns = { "by", "value", "contacts" } }))

local page = cliengo.args[1]
if page then
    fs.write(page, report.html{ title = title, language = "en", sections = sections })
end

return rows
