"""A page decoded again and again by the module that is named: json or orjson."""
import importlib
import sys

module, file, rounds = sys.argv[1:4]
loads = importlib.import_module(module).loads
with open(file, "rb") as source:
    text = source.read()
rows = []
for _ in range(int(rounds)):
    rows = loads(text)
print(len(rows))
