/* What the page shows: how things stand, who was found, the latest, what is to be looked at. */
import { door, fill, hour, mayRun, place, words, workshops } from "./door.js";
import { conflicts, people } from "./kept.js";
import { fold } from "./letters.js";
import { outbox } from "./exchange.js";

const MOST_FOUND = 20;
const MOST_LATEST = 8;

export const box = door?.querySelector("#q");
export const mayEnter = (person) => ["confirmed", "offered", "invited"].includes(person.state);

const status = () => {
  const { entries, online, signedOut, refused } = outbox;
  const parts = [];
  if (signedOut) parts.push(words.signedOut);
  else if (!online) parts.push(words.offline);
  else if (refused) parts.push(refused);
  if (entries.length) parts.push(fill(words.queue, { count: entries.length }));
  else if (online && !signedOut) parts.push(words.online);
  place("status").textContent = parts.join(" ");
  door.classList.toggle("is-offline", !online);
};

const about = (person) => {
  const parts = [workshops[person.workshop] ?? person.about ?? words.noWorkshop];
  if (person.state !== "confirmed") parts.push(words.states[person.state] ?? person.state);
  if (outbox.entries.some((entry) => entry.number === person.number)) parts.push(words.waits);
  return parts.join(" · ");
};

/* What can be done for somebody, as the name of the act and the words of its button. */
const act = (person) => {
  if (person.at) return ["undo", words.undo];
  if (mayEnter(person)) return ["arrive", words.arrive];
  return person.state === "waiting" && mayRun ? ["seat", words.seat] : null;
};

/* Somebody in a list. The button says its act and whom it is about; main.js listens. */
const row = (person) => {
  const item = document.getElementById("door-row").content.cloneNode(true).firstElementChild;
  const [state, button] = [item.querySelector(".state"), item.querySelector("button")];
  item.querySelector("bdi").textContent = person.name;
  item.querySelector(".row-meta").textContent = about(person);
  if (person.at) {
    state.textContent = fill(words.at, { time: hour(person.at) });
    state.hidden = false;
  }
  const [name, label] = act(person) ?? [];
  if (!name) {
    button.remove();
    return item;
  }
  button.classList.toggle("button-quiet", name === "undo");
  button.classList.toggle("button-secondary", name === "seat");
  button.textContent = label;
  button.setAttribute("aria-label", `${label}: ${person.name}`);
  Object.assign(button.dataset, { act: name, number: person.number });
  return item;
};

const show = (list, found) => {
  list.replaceChildren(...found.map(row));
  list.hidden = !found.length;
};

export const showNobody = () => show(place("found"), []);

/* Shows who answers to what is typed; they are returned. */
export const find = () => {
  const wanted = fold(box.value).split(/\s+/).filter(Boolean);
  const isShort = wanted.join("").length < 3;
  const answers = (person) => wanted.every((word) => person.folded.includes(word));
  const found = isShort ? [] : [...people.values()].filter(answers).slice(0, MOST_FOUND);
  show(place("found"), found);
  return found;
};

const showPeople = () => {
  const all = [...people.values()];
  const arrived = all.filter((person) => person.at);
  place("present").textContent = arrived.filter(mayEnter).length;
  place("expected").textContent = all.filter((person) => ["confirmed", "invited"].includes(person.state)).length;
  const latest = arrived.sort((first, second) => second.at.localeCompare(first.at)).slice(0, MOST_LATEST);
  if (latest.length) show(place("latest"), latest);
  if (box.value) find();
};

export const render = () => {
  if (people.size) showPeople();
  const items = conflicts.map((conflict) => {
    const item = document.createElement("li");
    item.className = "row";
    item.textContent = conflict.sentence;
    return item;
  });
  place("conflict-list").replaceChildren(...items);
  place("conflicts").hidden = !conflicts.length;
  status();
};
