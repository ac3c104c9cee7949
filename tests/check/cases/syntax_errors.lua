-- All that the parser finds; nothing else is said of a script that does not parse.
local one = = 1
print(undefined)
local three = )
