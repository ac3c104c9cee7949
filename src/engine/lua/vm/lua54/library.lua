-- What Lua 5.4 lacks for a stranger's script: tables that cannot be written to, and functions that do not run
-- past the end of a run.
local error, ipairs, next, rawget, setmetatable, type = error, ipairs, next, rawget, setmetatable, type

local library = {}

-- The empty tables that read from another one.
local fronts = setmetatable({}, { __mode = "k" })

local function refuse()
    error("attempt to modify a readonly table", 2)
end

-- Lets this empty table read from `contents`, and be written to by nobody.
function library.front(table, contents)
    fronts[table] = true
    return setmetatable(table, {
        __index = contents,
        __newindex = refuse,
        __pairs = function()
            return function(_, name)
                return next(contents, name)
            end
        end,
        __metatable = false,
        contents = contents,
    })
end

-- Makes this empty table the globals of a script, in front of those that it may not change.
function library.globals(own, builtins)
    return setmetatable(own, {
        __index = builtins,
        __pairs = function()
            local all = {}
            for _, table in ipairs({ builtins, own }) do
                for name, value in next, table do
                    all[name] = value
                end
            end
            return next, all
        end,
        __metatable = false,
    })
end

function library.rawset(plain)
    return function(table, name, value)
        if fronts[table] then
            error("attempt to modify a readonly table", 2)
        end
        return plain(table, name, value)
    end
end

-- The end of a run is an error that is raised in a hook, and what handles it runs without hooks: it could go
-- on for ever.
function library.xpcall(plain, ended)
    return function(body, handler, ...)
        return plain(body, function(...)
            if ended() then
                return ...
            end
            return handler(...)
        end, ...)
    end
end

-- The collector calls a finalizer without hooks, too.
function library.setmetatable(plain)
    return function(table, ...)
        local metatable = ...
        if type(metatable) == "table" and rawget(metatable, "__gc") ~= nil then
            error("__gc is not available", 2)
        end
        return plain(table, ...)
    end
end

return library
