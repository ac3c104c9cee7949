-- retry: does something again that failed for a while.
--
--     local retry = require "retry"
--     local answer = retry.run(function()
--         return http.get("https://api.example.com/prices")
--     end, { attempts = 5 })
--
-- The calls of `cliengo` retry by themselves. This is for what they do not repeat, for other services, and for
-- several calls that have to go through together.

local retry = {}

local OPTIONS = { attempts = true, wait = true, factor = true, most = true, when = true }
local SECONDS = { ms = 0.001, s = 1, m = 60, h = 3600 }

local function fail(problem)
    error("retry.run: " .. problem, 0)
end

local function check_number(name, value, least)
    if type(value) ~= "number" or value < least then
        fail(name .. " must be a number from " .. least)
    end
    return value
end

-- A length of time in seconds.
local function seconds(name, value)
    local number, unit
    if type(value) == "string" then
        number, unit = string.match(value, "^(%d+%.?%d*)(%l+)$")
        number = tonumber(number)
    elseif type(value) == "number" then
        number, unit = value, "s"
    end
    if not number or number < 0 or not SECONDS[unit] then
        fail(name .. ' must be a length of time such as "2s"')
    end
    return number * SECONDS[unit]
end

local function check_options(options)
    if type(options) ~= "table" then
        fail("the options must be an object")
    end
    for name in pairs(options) do
        if not OPTIONS[name] then
            fail('there is no option "' .. tostring(name) .. '"; it takes attempts, wait, factor, most, when')
        end
    end
    if options.when ~= nil and type(options.when) ~= "function" then
        fail("when must be a function")
    end
end

-- True where the same may go through later.
local function may_pass(problem)
    return type(problem) == "table" and problem.retryable == true
end

-- Calls the function, and again while its error has `retryable`: `attempts` times in all (3 unless given),
-- after `wait` ("1s"), each time `factor` (2) as long and no longer than `most` ("30s"). `when` is a function
-- of the error that says instead what is worth another attempt. Gives what the function gives, or raises its
-- last error.
function retry.run(doing, options)
    if type(doing) ~= "function" then
        fail("needs a function")
    end
    options = options == nil and {} or options
    check_options(options)
    local attempts = check_number("attempts", options.attempts or 3, 1)
    local factor = check_number("factor", options.factor or 2, 1)
    local wait, most = seconds("wait", options.wait or "1s"), seconds("most", options.most or "30s")
    local again = options.when or may_pass
    local attempt = 1
    while true do
        local results = table.pack(pcall(doing))
        if results[1] then
            return table.unpack(results, 2, results.n)
        end
        if attempt >= attempts or not again(results[2]) then
            error(results[2], 0)
        end
        cliengo.sleep(math.min(wait, most))
        wait, attempt = wait * factor, attempt + 1
    end
end

return retry
