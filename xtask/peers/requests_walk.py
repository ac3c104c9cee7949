"""The complete walk as Python programmers write it with requests: page by page up to the offset that
the API refuses, then the same again with what is older than the oldest contact seen."""
import sys
from datetime import datetime, timedelta

import requests

url, key = sys.argv[1:3]
PAGE, LAST_OFFSET = 50, 1000

session = requests.Session()
session.headers["Authorization"] = f"Bearer {key}"


def page(until, offset):
    query = {"limit": PAGE, "offset": offset}
    if until:
        query["until"] = until
    answer = session.get(f"{url}/contacts", params=query)
    answer.raise_for_status()
    return answer.json()["results"]


def after(date):
    """A millisecond later, for until may leave out the instant that it names."""
    instant = datetime.fromisoformat(date.replace("Z", "+00:00")) + timedelta(milliseconds=1)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def walk():
    seen, until, more = set(), None, True
    while more:
        for offset in range(0, LAST_OFFSET + 1, PAGE):
            rows = page(until, offset)
            for contact in rows:
                if contact["id"] not in seen:
                    seen.add(contact["id"])
                    yield contact
            more = len(rows) == PAGE
            if not more:
                break
            oldest = rows[-1]["creationDate"]
        until = after(oldest)


contacts = phones = new = letters = 0
for contact in walk():
    contacts += 1
    phones += contact.get("phone") is not None
    new += contact.get("status") == "NEW"
    letters += len(contact["id"])
print(contacts, phones, new, letters)
