-- Modules that are not there, and functions that the standard library does not have.
local lists = require "lits"
local text = require "text"
local helper = require "../helper"
print(lists.map, text.slugg("A B"), text.slug("A B"), helper)
