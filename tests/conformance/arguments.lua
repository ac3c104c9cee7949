return { cliengo.args, #cliengo.args, cliengo.args[1] }
