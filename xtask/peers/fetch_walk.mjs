// The complete walk as Node programmers write it with fetch: the pages of a window at once, eight
// requests under way, then the same with what is older than the oldest contact seen.
const [url, key] = process.argv.slice(2);
const page = 50, lastOffset = 1000, atOnce = 8;

async function fetchPage(until, offset) {
  const query = new URLSearchParams({ limit: page, offset });
  if (until) query.set("until", until);
  const answer = await fetch(`${url}/contacts?${query}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).results;
}

async function fetchWindow(until) {
  const pages = [];
  let next = 0;
  const worker = async () => {
    while (next * page <= lastOffset) {
      const turn = next++;
      pages[turn] = await fetchPage(until, turn * page);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return pages;
}

async function* walk() {
  const seen = new Set();
  let until;
  for (;;) {
    const pages = await fetchWindow(until);
    const rows = pages.flat();
    for (const contact of rows) {
      if (seen.has(contact.id)) continue;
      seen.add(contact.id);
      yield contact;
    }
    if (pages.at(-1).length < page) return;
    // A millisecond later, for until may leave out the instant that it names.
    until = new Date(Date.parse(rows.at(-1).creationDate) + 1).toISOString();
  }
}

let contacts = 0, phones = 0, fresh = 0, letters = 0;
for await (const contact of walk()) {
  contacts += 1;
  if (contact.phone != null) phones += 1;
  if (contact.status === "NEW") fresh += 1;
  letters += contact.id.length;
}
console.log(contacts, phones, fresh, letters);
