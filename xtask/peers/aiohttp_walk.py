"""The complete walk as Python programmers write it with aiohttp: the pages of a window at once, eight
requests under way, then the same with what is older than the oldest contact seen."""
import asyncio
import sys
from datetime import datetime, timedelta

import aiohttp

url, key = sys.argv[1:3]
PAGE, LAST_OFFSET, AT_ONCE = 50, 1000, 8


async def page(session, gate, until, offset):
    query = {"limit": PAGE, "offset": offset}
    if until:
        query["until"] = until
    async with gate, session.get(f"{url}/contacts", params=query) as answer:
        answer.raise_for_status()
        return (await answer.json())["results"]


def after(date):
    """A millisecond later, for until may leave out the instant that it names."""
    instant = datetime.fromisoformat(date.replace("Z", "+00:00")) + timedelta(milliseconds=1)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def walk(session):
    seen, until, gate = set(), None, asyncio.Semaphore(AT_ONCE)
    while True:
        offsets = range(0, LAST_OFFSET + 1, PAGE)
        pages = await asyncio.gather(*(page(session, gate, until, offset) for offset in offsets))
        rows = [contact for page in pages for contact in page]
        for contact in rows:
            if contact["id"] not in seen:
                seen.add(contact["id"])
                yield contact
        if len(pages[-1]) < PAGE:
            return
        until = after(rows[-1]["creationDate"])


async def main():
    contacts = phones = new = letters = 0
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {key}"}) as session:
        async for contact in walk(session):
            contacts += 1
            phones += contact.get("phone") is not None
            new += contact.get("status") == "NEW"
            letters += len(contact["id"])
    print(contacts, phones, new, letters)


asyncio.run(main())
