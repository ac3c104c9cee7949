-- retry: does something again that failed for a while. What it takes is said in src/stdlib/retry.rs: when its
-- options come here they are checked, each is there, and times are seconds.

local retry = {}

-- True where the same may go through later.
local function may_pass(problem)
    return type(problem) == "table" and problem.retryable == true
end

function retry.run(doing, options)
    local again, wait, attempt = options.when or may_pass, options.wait, 1
    while true do
        local results = table.pack(pcall(doing))
        if results[1] then
            return table.unpack(results, 2, results.n)
        end
        if attempt >= options.attempts or not again(results[2]) then
            error(results[2], 0)
        end
        cliengo.sleep(math.min(wait, options.most))
        wait, attempt = wait * options.factor, attempt + 1
    end
end

return retry
