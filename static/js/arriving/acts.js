/* What is done at the door. */
import { digest, readCode } from "./codes.js";
import { fill, hour, isolate, say, words } from "./door.js";
import { clock, keepPerson, people } from "./kept.js";
import { outbox, refresh } from "./exchange.js";
import { mayEnter, render } from "./shown.js";

export async function arrive(person, method, seatFound = false) {
  const name = isolate(person.name);
  if (person.at) return say(fill(words.already, { name, time: hour(person.at) }), "waiting");
  if (["cancelled", "declined"].includes(person.state)) return say(fill(words.cancelled, { name }), "refused");
  if (!mayEnter(person) && !seatFound) return say(fill(words.noPlace, { name }), "refused");
  person.at = clock.now().toISOString(); // at once, so that a second tap or scan finds it noted
  const entry = await outbox.add({ number: person.number, how: method, at: person.at, seat_found: seatFound });
  if (seatFound) person.state = "confirmed";
  await keepPerson(person);
  say(fill(words.noted, { name, time: hour(entry.at) }));
  render();
  outbox.send();
}

export async function undo(person) {
  person.at = null;
  await outbox.add({ number: person.number, undo: true });
  await keepPerson(person);
  say(fill(words.undone, { name: isolate(person.name) }), "neutral");
  render();
  outbox.send();
}

/* A code that was scanned or typed. A list that is not of this minute is brought before saying no. */
export async function enter(typed) {
  const code = readCode(typed);
  if (!code) return say(words.unknown, "refused");
  const wanted = code.badge ?? (await digest(code.receipt));
  const findPerson = () => [...people.values()].find((person) => person.code === wanted);
  if (!findPerson() && outbox.online) await refresh();
  const person = findPerson();
  return person ? arrive(person, "code") : say(words.unknown, "refused");
}

/* Somebody who has not registered, kept until the network is back. */
export async function walkIn(form) {
  const { id, name, capacity, phone, association, workshop, seat_found: seat } = form.elements;
  const person = {
    name: name.value,
    capacity: capacity.value,
    phone: phone.value,
    association: association.value,
    workshop: workshop?.value,
  };
  await outbox.add({ id: id.value, walk_in: person, seat_found: !!seat?.checked });
  say(fill(words.walkedIn, { name: isolate(name.value) }));
  form.reset();
  id.value = crypto.randomUUID();
  form.closest("details").open = false;
  render();
}
