return { "text", 1, -1.5, true, { { 1, { a = { "b" } } } }, { ["a b"] = 1, z = "ñ", nothing = cliengo.null } }
