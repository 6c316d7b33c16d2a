/* To the server and back: what this door saw goes, the list of who comes is brought. */
import { isTurnedAway, Outbox } from "../offline/outbox.js";
import { data, isolate, words } from "./door.js";
import { clock, device, keepConflict, keepPeople, keepPerson, people, store } from "./kept.js";
import { fold } from "./letters.js";

let csrf = data.csrf;
const shown = []; // what shows how things stand

export const whenChanged = (show) => shown.push(show);
const changed = () => {
  for (const show of shown) show();
};

export const outbox = new Outbox({
  unexplained: words.refused,
  keep: (entry) => store.put("queue", entry),
  drop: (order) => store.remove("queue", order),
  now: () => clock.now(),
  renew: refresh,
  answered,
  changed,
  post: (entries, signal) =>
    fetch(data.entries, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify({ device: device.id, entries }),
      redirect: "manual",
      signal,
    }),
});

/* What the server made of an entry: the person as they now stand, or a sentence to look at. */
async function answered(entry, answer) {
  const isLater = outbox.entries.some((other) => other.number && other.number === answer.number);
  if (answer.number && !isLater) {
    const unknown = { number: answer.number, name: answer.name, folded: fold(answer.name), workshop: null };
    await keepPerson({ ...(people.get(answer.number) ?? unknown), state: answer.state, at: answer.at });
  } else if (!answer.number && people.has(entry.number)) {
    await keepPerson({ ...people.get(entry.number), at: null });
  }
  const isKnown = answer.answer === "already" && !answer.elsewhere;
  if (isKnown || answer.answer === "noted" || answer.answer === "undone") return;
  const name = answer.name ?? people.get(entry.number)?.name ?? entry.walk_in?.name;
  const sentence = answer.name || !name ? answer.sentence : `${isolate(name)} – ${answer.sentence}`;
  await keepConflict({ id: answer.id, sentence });
}

/* Brings the list, the time and a fresh token; whether the server gave them. */
export async function refresh() {
  try {
    const answer = await fetch(data.list, { redirect: "manual" });
    outbox.online = true;
    outbox.signedOut = isTurnedAway(answer);
    if (!answer.ok) return false;
    const list = await answer.json();
    clock.follow(list.now);
    csrf = list.csrf;
    await keepPeople(list.people.map(asSeenHere));
    return true;
  } catch {
    outbox.online = false;
    return false;
  } finally {
    changed();
  }
}

/* What this door has not sent yet stands until it is answered. */
function asSeenHere(person) {
  const entry = outbox.entries.filter((other) => other.number === person.number).at(-1);
  const noted = entry?.undo ? null : entry?.at;
  return { ...person, at: entry ? noted : person.at, folded: fold(person.name) };
}
