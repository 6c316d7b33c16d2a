/* What this device keeps of the meeting, from the eve to the end of its day: the list of who comes, what it has not
   sent yet, answers to look at. In memory as well, where the page reads it. */
import { ServerClock } from "../offline/clock.js";
import { forgetPage } from "../offline/page.js";
import { Store } from "../offline/store.js";
import { data } from "./door.js";

export const page = { kind: "door", address: data.page, worker: data.worker };
export const clock = new ServerClock();
export const people = new Map(); // by their number
export const conflicts = [];
export const device = { id: "" };
export let store = null;

export const mayKeep = () => clock.now() >= new Date(data.from) && clock.now() < new Date(data.until);
export const isOver = () => clock.now() >= new Date(data.until);

export async function openKept() {
  store = await Store.open(`door ${data.meeting}`, {
    people: { keyPath: "number" },
    queue: { keyPath: "order", autoIncrement: true },
    conflicts: { keyPath: "id" },
    about: {},
  });
  device.id = await store.get("about", "device");
  if (!device.id) {
    device.id = crypto.randomUUID();
    await store.put("about", device.id, "device");
  }
  clock.offset = (await store.get("about", "offset")) ?? 0;
  conflicts.push(...(await store.all("conflicts")));
}

export async function readPeople() {
  for (const person of await store.all("people")) people.set(person.number, person);
}

export async function keepPerson(person) {
  people.set(person.number, person);
  if (mayKeep()) await store.put("people", person);
}

/* The list as the server has just sent it. */
export async function keepPeople(list) {
  people.clear();
  for (const person of list) people.set(person.number, person);
  if (!mayKeep()) return;
  await store.replace("people", list);
  await store.put("about", clock.offset, "offset");
}

export async function keepConflict(conflict) {
  conflicts.push(conflict);
  await store.put("conflicts", conflict);
}

export async function forgetConflicts() {
  conflicts.length = 0;
  await store.replace("conflicts", []);
}

/* The names go; what was not sent yet stays. */
export async function forgetPeople() {
  await forgetPage(page);
  await store.replace("people", []);
}

export async function forgetAll() {
  await forgetPage(page);
  await store.forget();
}
