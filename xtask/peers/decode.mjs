// A page decoded by JSON.parse, again and again, from the bytes that came.
import { readFileSync } from "node:fs";

const [file, rounds] = process.argv.slice(2);
const bytes = readFileSync(file);
let count = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  count = JSON.parse(bytes.toString()).length;
}
console.log(count);
