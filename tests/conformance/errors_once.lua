local function step() return 1 end
local function said(...)
    local _, problem = pcall(cliengo.once, ...)
    return tostring(problem)
end
return {
    said("key", "text"),
    said("key"),
    said(step),
    said("", step),
    said("key", step, 1),
    said("inside", function() return cliengo.once("inside", step) end),
    cliengo.once("inside", step),
}
