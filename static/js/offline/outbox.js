/* What was done on this device and has not been answered by the server yet: kept, sent in its order, tried again.
   Each entry has an id made here, so that the server takes it once however often it is sent (core/offline.py). */

export const PAUSES = [200, 500, 1000, 2000, 5000]; // milliseconds before the next try; the last one stands
export const HANGS = 20000; // milliseconds after which a request is given up: its network may be gone
export const GRACE = 500; // milliseconds that a request under way has when the network returns
export const CHUNK = 200; // entries in a request

const browser = {
  setTimeout: (act, pause) => setTimeout(act, pause),
  clearTimeout: (timer) => clearTimeout(timer),
  newId: () => crypto.randomUUID(),
};

/* Whether an answer leads to signing in, or says that this person may not. */
export const isTurnedAway = (answer) => answer.type === "opaqueredirect" || answer.status === 403;

export class Outbox {
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
