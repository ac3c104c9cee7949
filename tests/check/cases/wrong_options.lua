-- Watches and schedules whose options cannot be right, or whose handler is missing.
cliengo.watch.new_contacts({ id = "leads", evry = "5m" }, function() end)
cliengo.watch.updated_contacts({ id = "two words", on_failur = function() end }, function() end)
cliengo.schedule.cron("0 25 * * *", { id = "late" }, function() end)
cliengo.schedule.cron("0 9 * * *", { id = "nine", tz = "America/Bogata" }, function() end)
cliengo.schedule.every("1h", { id = "hour", overlap = "queue" }, function() end)
cliengo.watch.new_contacts({ id = "alone" })
cliengo.schedule.every("1h")
cliengo.watch.new_contacts({ id = "post", on_failure = "ops@example.test" }, function() end)
