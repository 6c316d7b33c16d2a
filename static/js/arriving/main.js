/* The door of a meeting, with the network or without. The list of who comes and the entries not sent yet are kept
   on the device (kept.js); what is done there is sent when it can be (exchange.js, on ../offline/).
   Without this script the page is a plain form. */
import { keepPage } from "../offline/page.js";
import { arrive, enter, undo, walkIn } from "./acts.js";
import { prepareCamera } from "./camera.js";
import { readCode } from "./codes.js";
import { data, door, fill, place, say, words } from "./door.js";
import { conflicts, forgetAll, forgetConflicts, forgetPeople, isOver, mayKeep } from "./kept.js";
import { openKept, page, people, readPeople, store } from "./kept.js";
import { outbox, refresh, whenChanged } from "./exchange.js";
import { box, find, render, showNobody } from "./shown.js";

const LOOKS_AGAIN = 20000; // milliseconds between two looks at the list of who comes

const isSettled = () => !outbox.entries.length && !conflicts.length;

const ACTS = {
  arrive: (person) => arrive(person, "name"),
  seat: (person) => arrive(person, "name", true),
  undo,
};

function listenToPeople() {
  door.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-act]");
    if (button) ACTS[button.dataset.act](people.get(Number(button.dataset.number)));
  });
  box.addEventListener("input", () => {
    place("nobody")?.remove();
    find();
  });
  place("find").addEventListener("submit", (event) => {
    event.preventDefault();
    if (readCode(box.value)) {
      enter(box.value);
      box.value = "";
      return showNobody();
    }
    if (!find().length) say(words.nobody, "waiting");
  });
  place("walk-in").addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.elements.name.value.trim()) return; // the server says so
    event.preventDefault();
    event.stopPropagation();
    if (await refresh())
      form.submit(); // it answers at once
    else await walkIn(form);
  });
}

function listenToDevice() {
  place("seen").addEventListener("click", async () => {
    await forgetConflicts();
    render();
  });
  place("forget").addEventListener("click", async () => {
    const count = outbox.entries.length;
    if (!window.confirm(count ? fill(words.lose, { count }) : words.forget)) return;
    await forgetAll();
    location.assign(data.leave);
  });
}

function listenToNetwork() {
  window.addEventListener("online", async () => {
    await outbox.networkReturned();
    refresh();
  });
  window.addEventListener("offline", () => outbox.networkGone());
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return;
    await outbox.sendNow();
    refresh();
  });
  setInterval(async () => {
    if (!outbox.entries.length && !document.hidden) await refresh();
    if (!isOver() || !isSettled()) return;
    await forgetAll();
    location.reload();
  }, LOOKS_AGAIN);
}

async function begin() {
  outbox.online = navigator.onLine;
  await openKept();
  outbox.entries = await store.all("queue");
  if (isOver()) {
    // What was not sent yet is all that may stay.
    if (isSettled()) return forgetAll();
    await forgetPeople();
  }
  await readPeople();
  listenToPeople();
  listenToDevice();
  listenToNetwork();
  whenChanged(render);
  await prepareCamera();
  render();
  if (outbox.entries.length) await outbox.send();
  await refresh();
  place("device").hidden = false;
  if (mayKeep() && outbox.online && (await keepPage(page))) door.classList.add("is-kept");
  door.classList.add("is-ready");
}

/* Without storage the plain form serves. */
if (door && window.indexedDB && window.crypto?.randomUUID) begin().catch(() => {});
