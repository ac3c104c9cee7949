// The loop that a Node programmer would write with fetch.
const [url, key, contact, count] = process.argv.slice(2);
for (let done = 0; done < Number(count); done += 1) {
  const answer = await fetch(`${url}/contacts/${contact}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const body = await answer.json();
  if (body.id !== contact) throw new Error("another contact");
}
