/* Joined by deploy/join.py: change static/js/arriving/, not this. */
(() => {
"use strict";

/* The page itself, kept for when there is no network: a service worker (worker.js) serves it from a cache. */

/* The cache of the page at `address`, which the worker knows by how its name ends. */
const cacheOf = ({ kind, address }) => `${kind} ${new URL(address, location.href).href}`;

/* Keeps the page: its `address`, that of its `worker`, the `kind` of page it is; and the static files it loaded.
   Whether that was possible. */
async function keepPage(page) {
  if (!navigator.serviceWorker || !window.caches) return false;
  try {
    await navigator.serviceWorker.register(page.worker, { scope: page.address });
    const cache = await caches.open(cacheOf(page));
    const answer = await fetch(page.address, { redirect: "manual" });
    if (answer.ok) await cache.put(page.address, answer);
    const loaded = performance.getEntriesByType("resource").map((file) => file.name);
    const files = loaded.filter((file) => new URL(file).pathname.startsWith("/static/"));
    await cache.addAll([...new Set(files)]);
    return true;
  } catch {
    return false; // no worker here: it goes on as long as the page stays open
  }
}

async function forgetPage(page) {
  await window.caches?.delete(cacheOf(page));
  await (await navigator.serviceWorker?.getRegistration(page.address))?.unregister();
}

/* Codes that are shown at the door. */

/* A receipt as it was given out, from an address, a scanner or fingers; or the code of a badge; else null. */
const readCode = (typed) => {
  const last = typed.trim().replace(/\/+$/, "").split("/").pop();
  const badge = last.match(/^[A-Z]{2,4}\d{1,2}:([0-9A-F]{20})$/i);
  if (badge) return { badge: badge[1].toLowerCase() };
  const letters = last
    .toUpperCase()
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1")
    .replace(/[^0-9A-Z]/g, "");
  return letters.length === 16 && !/U/.test(letters) ? { receipt: letters.match(/.{4}/g).join("-") } : null;
};

/* What recognises a receipt in the list of the device (queries.doors.badge_code). */
const digest = async (receipt) => {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(receipt)));
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("").slice(0, 20);
};

/* The page of the door: its places, and its words as the server translated them. */
const door = document.getElementById("door");
const data = door?.dataset ?? {};
const words = JSON.parse(data.words ?? "{}");
const workshops = JSON.parse(data.workshops ?? "{}");
const mayRun = "mayRun" in data;

const place = (name) => door.querySelector(`[data-${name}]`);
const fill = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
const isolate = (name) => `\u2068${name}\u2069`;

/* The hour of a moment, as on the pages. */
const hour = (at) => new Date(Date.parse(at) + Number(data.zone) * 60000).toISOString().slice(11, 16);

const say = (sentence, kind = "done") => {
  const said = place("said");
  said.textContent = sentence;
  said.className = `door-said notice notice-${kind}`;
  said.hidden = false;
};

/* The server's time, since the clock of a telephone may be wrong. `offset` is kept for when there is no network. */
class ServerClock {
  offset = 0;
  #device;

  /* `device`: what its own clock says, in milliseconds. */
  constructor(device = () => Date.now()) {
    this.#device = device;
  }

  now() {
    return new Date(this.#device() + this.offset);
  }

  /* The server has just said that it is `now`. */
  follow(now) {
    this.offset = Date.parse(now) - this.#device();
  }
}

/* What a device keeps for one page: a database of the browser (IndexedDB) with some named stores. */

const settled = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

class Store {
  #base;
  #name;

  /* The database `name` with `stores`, by name what createObjectStore asks for; made when it is not there. */
  static async open(name, stores) {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      for (const [store, options] of Object.entries(stores)) asked.result.createObjectStore(store, options);
    };
    return new Store(name, await settled(asked));
  }

  constructor(name, base) {
    this.#name = name;
    this.#base = base;
  }

  all(store) {
    return this.#within(store, "readonly", (rows) => rows.getAll());
  }

  get(store, key) {
    return this.#within(store, "readonly", (rows) => rows.get(key));
  }

  /* Writes one row; resolves with its key. */
  put(store, row, key) {
    return this.#within(store, "readwrite", (rows) => rows.put(row, key));
  }

  remove(store, key) {
    return this.#within(store, "readwrite", (rows) => rows.delete(key));
  }

  /* `rows` instead of all that was there. */
  replace(store, rows) {
    return this.#within(store, "readwrite", (kept) => {
      kept.clear();
      for (const row of rows) kept.put(row);
    });
  }

  /* The database and all that is in it goes. */
  async forget() {
    this.#base.close();
    const asked = indexedDB.deleteDatabase(this.#name);
    await new Promise((resolve) => {
      asked.onsuccess = asked.onerror = asked.onblocked = resolve;
    });
  }

  #within(store, mode, act) {
    return new Promise((resolve, reject) => {
      const work = this.#base.transaction(store, mode);
      const asked = act(work.objectStore(store));
      work.oncomplete = () => resolve(asked?.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
  }
}

/* What this device keeps of the meeting, from the eve to the end of its day: the list of who comes, what it has not
   sent yet, answers to look at. In memory as well, where the page reads it. */

const page = { kind: "door", address: data.page, worker: data.worker };
const clock = new ServerClock();
const people = new Map(); // by their number
const conflicts = [];
const device = { id: "" };
let store = null;

const mayKeep = () => clock.now() >= new Date(data.from) && clock.now() < new Date(data.until);
const isOver = () => clock.now() >= new Date(data.until);

async function openKept() {
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

async function readPeople() {
  for (const person of await store.all("people")) people.set(person.number, person);
}

async function keepPerson(person) {
  people.set(person.number, person);
  if (mayKeep()) await store.put("people", person);
}

/* The list as the server has just sent it. */
async function keepPeople(list) {
  people.clear();
  for (const person of list) people.set(person.number, person);
  if (!mayKeep()) return;
  await store.replace("people", list);
  await store.put("about", clock.offset, "offset");
}

async function keepConflict(conflict) {
  conflicts.push(conflict);
  await store.put("conflicts", conflict);
}

async function forgetConflicts() {
  conflicts.length = 0;
  await store.replace("conflicts", []);
}

/* The names go; what was not sent yet stays. */
async function forgetPeople() {
  await forgetPage(page);
  await store.replace("people", []);
}

async function forgetAll() {
  await forgetPage(page);
  await store.forget();
}

/* What was done on this device and has not been answered by the server yet: kept, sent in its order, tried again.
   Each entry has an id made here, so that the server takes it once however often it is sent (core/offline.py). */

const PAUSES = [200, 500, 1000, 2000, 5000]; // milliseconds before the next try; the last one stands
const HANGS = 20000; // milliseconds after which a request is given up: its network may be gone
const GRACE = 500; // milliseconds that a request under way has when the network returns
const CHUNK = 200; // entries in a request

const browser = {
  setTimeout: (act, pause) => setTimeout(act, pause),
  clearTimeout: (timer) => clearTimeout(timer),
  newId: () => crypto.randomUUID(),
};

/* Whether an answer leads to signing in, or says that this person may not. */
const isTurnedAway = (answer) => answer.type === "opaqueredirect" || answer.status === 403;

class Outbox {
  entries = []; // in the order in which they were made
  online = true;
  signedOut = false;
  refused = ""; // why the server took none of them, in its words
  #page;
  #world;
  #sending = false;
  #failures = 0;
  #again = null; // the timer of the next try
  #underWay = null; // what gives up the request that is under way

  /* `page` is what this outbox is for:
       keep(entry)             writes an entry down and resolves with its place in the order;
       drop(order)             forgets it;
       now()                   the time, a Date;
       post(entries, signal)   sends some of them, resolves with the answer of the server (a Response);
       renew()                 asks for what a refused page lacks, a fresh token; whether there is one;
       answered(entry, answer) does what follows from the answer to an entry;
       changed()               shows how things stand;
       unexplained             the sentence for a refusal without one.
     `world`: timers and new ids, for tests. */
  constructor(page, world = browser) {
    this.#page = page;
    this.#world = world;
  }

  /* An act, with the id and the hour it is known by; it is sent when `send` is called. */
  async add(act) {
    const entry = { id: this.#world.newId(), at: this.#page.now().toISOString(), ...act };
    entry.order = await this.#page.keep(entry);
    this.entries.push(entry);
    return entry;
  }

  /* Sends all there is, and tries again later what could not be sent. */
  async send() {
    if (this.#sending || !this.entries.length) return this.#page.changed();
    this.#sending = true;
    try {
      while (this.entries.length && (await this.#sendSome()));
    } catch {
      this.online = false;
    }
    this.#sending = false;
    this.#sendLater();
    this.#page.changed();
  }

  /* The same, from the shortest pause again: there is a reason to think that it works now. */
  sendNow() {
    this.#failures = 0;
    return this.send();
  }

  /* The network is back. A request that began on the one that is gone may never end. */
  networkReturned() {
    this.online = true;
    const old = this.#underWay;
    this.#world.setTimeout(() => old?.abort(), GRACE);
    return this.sendNow();
  }

  networkGone() {
    this.online = false;
    this.#page.changed();
  }

  /* Sends the oldest; whether it is worth going on. */
  async #sendSome() {
    let answer = await this.#post();
    if (answer.status === 403) {
      // The page had been open too long: a fresh token, once.
      if (!(await this.#page.renew())) return false;
      answer = await this.#post();
    }
    this.online = true;
    if (isTurnedAway(answer)) {
      this.signedOut = true;
      return false;
    }
    if (!answer.ok) {
      const isSaid = answer.headers.get("Content-Type")?.includes("json");
      this.refused = isSaid ? (await answer.json()).error : this.#page.unexplained;
      return false;
    }
    this.refused = "";
    return this.#settle((await answer.json()).answers);
  }

  async #post() {
    const request = new AbortController();
    this.#underWay = request;
    const hangs = this.#world.setTimeout(() => request.abort(), HANGS);
    try {
      return await this.#page.post(this.entries.slice(0, CHUNK), request.signal);
    } finally {
      this.#world.clearTimeout(hangs);
    }
  }

  /* Whether any of the answers was to an entry that waits; others may have joined them meanwhile. */
  async #settle(answers) {
    let isAny = false;
    for (const answer of answers) {
      const place = this.entries.findIndex((entry) => entry.id === answer.id);
      if (place < 0) continue;
      const [entry] = this.entries.splice(place, 1);
      isAny = true;
      await this.#page.drop(entry.order);
      await this.#page.answered(entry, answer);
    }
    return isAny;
  }

  /* Quickly at first: a network that has just come back often fails the first request. */
  #sendLater() {
    this.#world.clearTimeout(this.#again);
    if (!this.entries.length) {
      this.#failures = 0;
      return;
    }
    this.#again = this.#world.setTimeout(() => this.send(), PAUSES[Math.min(this.#failures, PAUSES.length - 1)]);
    this.#failures += 1;
  }
}

/* Letters as the platform compares them (core/text/folding.py, for names). */
const LETTERS = {
  ٱ: "ا",
  ى: "ي",
  ی: "ي",
  ے: "ي",
  ة: "ه",
  ھ: "ه",
  ہ: "ه",
  ە: "ه",
  ک: "ك",
  گ: "ك",
  ݣ: "ك",
  ڭ: "ك",
  پ: "ب",
  ڤ: "ف",
  چ: "ج",
  ـ: "",
  œ: "oe",
  æ: "ae",
  "’": "'",
  "‘": "'",
  ʼ: "'",
};

const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\p{Mn}\p{Cf}]/gu, "")
    .toLowerCase()
    .replace(/./gu, (letter) => LETTERS[letter] ?? letter);

/* To the server and back: what this door saw goes, the list of who comes is brought. */

let csrf = data.csrf;
const shown = []; // what shows how things stand

const whenChanged = (show) => shown.push(show);
const changed = () => {
  for (const show of shown) show();
};

const outbox = new Outbox({
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
async function refresh() {
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

/* What the page shows: how things stand, who was found, the latest, what is to be looked at. */

const MOST_FOUND = 20;
const MOST_LATEST = 8;

const box = door?.querySelector("#q");
const mayEnter = (person) => ["confirmed", "offered", "invited"].includes(person.state);

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

const showNobody = () => show(place("found"), []);

/* Shows who answers to what is typed; they are returned. */
const find = () => {
  const wanted = fold(box.value).split(/\s+/).filter(Boolean);
  const isShort = wanted.join("").length < 3;
  const answers = (person) => wanted.every((word) => person.folded.includes(word));
  const found = isShort ? [] : [...people.values()].filter(answers).slice(0, MOST_FOUND);
  show(place("found"), found);
  return found;
};

const showPeople = () => {
  const all = [...people.values()];
  const there = all.filter((person) => person.at);
  place("present").textContent = there.filter(mayEnter).length;
  place("expected").textContent = all.filter((person) => ["confirmed", "invited"].includes(person.state)).length;
  const latest = there.sort((one, other) => other.at.localeCompare(one.at)).slice(0, MOST_LATEST);
  if (latest.length) show(place("latest"), latest);
  if (box.value) find();
};

const render = () => {
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

/* What is done at the door. */

async function arrive(person, how, seatFound = false) {
  const name = isolate(person.name);
  if (person.at) return say(fill(words.already, { name, time: hour(person.at) }), "waiting");
  if (["cancelled", "declined"].includes(person.state)) return say(fill(words.cancelled, { name }), "refused");
  if (!mayEnter(person) && !seatFound) return say(fill(words.noPlace, { name }), "refused");
  person.at = clock.now().toISOString(); // at once, so that a second tap or scan finds it noted
  const entry = await outbox.add({ number: person.number, how, at: person.at, seat_found: seatFound });
  if (seatFound) person.state = "confirmed";
  await keepPerson(person);
  say(fill(words.noted, { name, time: hour(entry.at) }));
  render();
  outbox.send();
}

async function undo(person) {
  person.at = null;
  await outbox.add({ number: person.number, undo: true });
  await keepPerson(person);
  say(fill(words.undone, { name: isolate(person.name) }), "neutral");
  render();
  outbox.send();
}

/* A code that was scanned or typed. A list that is not of this minute is brought before saying no. */
async function enter(typed) {
  const code = readCode(typed);
  if (!code) return say(words.unknown, "refused");
  const wanted = code.badge ?? (await digest(code.receipt));
  const known = () => [...people.values()].find((person) => person.code === wanted);
  if (!known() && outbox.online) await refresh();
  const person = known();
  return person ? arrive(person, "code") : say(words.unknown, "refused");
}

/* Somebody who has not registered, kept until the network is back. */
async function walkIn(form) {
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

/* The camera, where the browser can read codes with it. */

const LOOKS = 150; // milliseconds between two looks
const SAME = 3000; // milliseconds for which a code still held there is the same one

const canDetect = async () => {
  try {
    const formats = navigator.mediaDevices?.getUserMedia && (await window.BarcodeDetector?.getSupportedFormats());
    return !!formats?.includes("qr_code");
  } catch {
    return false;
  }
};

async function prepareCamera() {
  const can = await canDetect();
  place("scanner").hidden = !can;
  place("no-scanner").hidden = can;
  if (!can) return;
  const [button, video] = [place("scan"), door.querySelector("video")];
  const [start, detector] = [button.textContent, new window.BarcodeDetector({ formats: ["qr_code"] })];
  let stream = null;
  let last = { code: "", at: 0 };
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.hidden = true;
    button.textContent = start;
  };
  const look = async () => {
    if (!stream) return;
    try {
      const [found] = await detector.detect(video);
      const isNew = found && (found.rawValue !== last.code || Date.now() - last.at > SAME);
      if (found) last = { code: found.rawValue, at: Date.now() };
      if (isNew) {
        navigator.vibrate?.(80);
        await enter(found.rawValue);
      }
    } catch {
      /* a frame that was not there yet */
    }
    setTimeout(look, LOOKS);
  };
  button.addEventListener("click", async () => {
    if (stream) return stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      button.textContent = button.dataset.stop;
      await video.play();
      look();
    } catch {
      stop();
      say(words.camera, "refused");
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && stream) stop();
  });
}

/* The door of a meeting, with the network or without. The list of who comes and the entries not sent yet are kept
   on the device (kept.js); what is done there is sent when it can be (sending.js, on ../offline/).
   Without this script the page is a plain form. */

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
})();
