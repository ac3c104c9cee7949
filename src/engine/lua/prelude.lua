-- What is easiest said in Lua itself, in words that both dialects know: raising errors as tables, and the
-- calls that lead to one.
local error, select, tostring, xpcall = error, select, tostring, xpcall
local concat, unpack = table.concat, table.unpack

local prelude = {}

prelude.error = {
    __tostring = function(problem)
        local text = tostring(problem.message)
        if problem.method then
            text = problem.method .. " " .. problem.path .. ": " .. text
        end
        if problem.hint then
            text = text .. " (" .. problem.hint .. ")"
        end
        return text
    end,
}

-- A native function gives a failure or a value; raising here keeps the failure a table. Where it gives both,
-- the value is a list with one number, which would lose digits on its own way here.
function prelude.wrap(native)
    return function(...)
        local failure, value = native(...)
        if failure ~= nil then
            if value ~= nil then
                return value[1]
            end
            error(failure, 0)
        end
        return value
    end
end

-- A function that is written in Lua: `check` gives a failure, or nil and what the function is called with.
function prelude.checked(check, doing)
    local function go(failure, ...)
        if failure ~= nil then
            error(failure, 0)
        end
        return doing(...)
    end
    return function(...)
        return go(check(...))
    end
end

-- A call that may have functions of the script called. They are called here, so that they can yield;
-- `note` sees their error while the calls that led to it still stand, and `drop` ends the call then.
function prelude.steps(native, resume, drop, note)
    return function(...)
        local failure, value, token, step, arguments = native(...)
        while token do
            local done, result = xpcall(step, note, unpack(arguments, 1, arguments.n))
            if not done then
                drop(token)
                error(result, 0)
            end
            failure, value, token, step, arguments = resume(token, result)
        end
        if failure ~= nil then
            error(failure, 0)
        end
        return value
    end
end

-- The rows of a lazy list, one a call. A row that was handed out is not kept.
function prelude.rows(native)
    local page, at, count = nil, 0, 0
    return function()
        if at == count then
            local failure
            failure, page = native()
            if failure ~= nil then
                error(failure, 0)
            end
            at, count = 0, page and #page or 0
            if count == 0 then
                return nil
            end
        end
        at = at + 1
        local row = page[at]
        page[at] = false
        return row
    end
end

function prelude.print(write)
    return function(...)
        local words = {}
        for index = 1, select("#", ...) do
            words[index] = tostring((select(index, ...)))
        end
        write(concat(words, "\t"))
    end
end

-- A module runs once; what it returned is kept under the name it was found by.
function prelude.require(load)
    local loaded, loading = {}, {}
    return function(name)
        local failure, key, chunk = load(name)
        if failure ~= nil then
            error(failure, 0)
        end
        if loaded[key] == nil then
            if loading[key] then
                error("the modules require each other in a circle: " .. key, 2)
            end
            loading[key] = true
            local value = chunk()
            loading[key] = nil
            loaded[key] = value == nil or value
        end
        return loaded[key]
    end
end

return prelude
