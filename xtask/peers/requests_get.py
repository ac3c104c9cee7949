"""The loop that a Python programmer would write with requests."""
import sys

url, key, contact, count = sys.argv[1:5]
if int(count):
    import requests

    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {key}"
    for _ in range(int(count)):
        answer = session.get(f"{url}/contacts/{contact}")
        answer.raise_for_status()
        assert answer.json()["id"] == contact
else:
    import requests  # the start-up is part of both runs, and so of neither
