-- Watches and schedules that would be kept under one name.
local function handler() end
cliengo.watch.new_contacts({ id = "twice" }, handler)
cliengo.schedule.every("1h", { id = "twice" }, handler)
cliengo.watch.updated_contacts({ id = "twice" }, handler)
local options = { id = "nightly", tz = "America/Bogota" }
cliengo.schedule.cron("0 2 * * *", options, handler)
cliengo.schedule.cron("0 3 * * *", options, handler)
cliengo.watch.new_contacts({ id = "known" }, handler)
cliengo.watch.new_contacts({ id = "known" }, handler) -- cliengo: ignore
