"""Updates so many contacts, one after another, as a Python programmer would with requests."""
import sys

import requests

url, key, count = sys.argv[1:4]
session = requests.Session()
session.headers["Authorization"] = f"Bearer {key}"
ids = []
for offset in range(0, 1000, 50):
    answer = session.get(f"{url}/contacts", params={"limit": 50, "offset": offset})
    answer.raise_for_status()
    ids += [contact["id"] for contact in answer.json()["results"]]
for number, contact in enumerate(ids[: int(count)]):
    rating = 1 + number % 5
    answer = session.patch(f"{url}/contacts/{contact}", json={"rating": rating})
    answer.raise_for_status()
