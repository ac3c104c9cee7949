-- A person knows better of a line.
print(contcts) -- cliengo: ignore
cliengo.contacts.count() -- cliengo: ignore, it warms the cache up
print(contcts)
