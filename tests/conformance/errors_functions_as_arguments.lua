local function f() end
local function said(call, ...)
    local _, problem = pcall(call, ...)
    return tostring(problem)
end
return {
    said(cliengo.contacts.get, f),
    said(cliengo.contacts.list, f),
    said(cliengo.contacts.update, "6a00000000000000000000ff", { name = f }),
    said(cliengo.log.info, f),
    said(cliengo.log.info, "text", { at = f }),
    said(cliengo.account.get, f),
}
