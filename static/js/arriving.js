/* The door of a meeting, with the network or without. The list of who comes and the entries not sent yet are
   kept in IndexedDB; each entry has an id made here, so that the server notes it once however often it is sent.
   Without this script the page is a plain form. */
(() => {
  "use strict";

  const door = document.getElementById("door");
  if (!door || !window.indexedDB || !window.crypto?.randomUUID) return; // then the plain form serves
  const data = door.dataset;
  const words = JSON.parse(data.words);
  const workshops = JSON.parse(data.workshops);
  const mayRun = "mayRun" in data;
  const place = (name) => door.querySelector(`[data-${name}]`);
  const fill = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
  const isolate = (name) => `\u2068${name}\u2069`;
  const CHUNK = 200;
  const MOST_FOUND = 20;

  /* Time: the server's, since the clock of a telephone may be wrong. Kept for when there is no network. */
  let offset = 0;
  const now = () => new Date(Date.now() + offset);
  const clock = (at) => new Date(Date.parse(at) + Number(data.zone) * 60000).toISOString().slice(11, 16); // as on the pages
  const mayKeep = () => now() >= new Date(data.from) && now() < new Date(data.until);

  /* What is kept on this device. */
  const NAME = `door ${data.meeting}`;
  const CACHE = `door ${new URL(data.page, location.href).href}`;
  let base = null;
  const open = () => new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("people", { keyPath: "number" });
      asked.result.createObjectStore("queue", { keyPath: "order", autoIncrement: true });
      asked.result.createObjectStore("conflicts", { keyPath: "id" });
      asked.result.createObjectStore("about");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const inStore = (name, mode, act) => new Promise((resolve, reject) => {
    const work = base.transaction(name, mode);
    const asked = act(work.objectStore(name));
    work.oncomplete = () => resolve(asked?.result);
    work.onerror = work.onabort = () => reject(work.error);
  });
  const all = (name) => inStore(name, "readonly", (store) => store.getAll());
  const put = (name, value, key) => inStore(name, "readwrite", (store) => store.put(value, key));
  const remove = (name, key) => inStore(name, "readwrite", (store) => store.delete(key));

  let people = new Map();
  let queue = [];
  let conflicts = [];
  let device = "";
  let csrf = data.csrf;
  let signedOut = false;
  let refused = "";
  let online = navigator.onLine;

  /* Letters as the platform compares them (core/text/folding.py, for names). */
  const LETTERS = { ٱ: "ا", ى: "ي", ی: "ي", ے: "ي", ة: "ه", ھ: "ه", ہ: "ه", ە: "ه", ک: "ك", گ: "ك", ݣ: "ك", ڭ: "ك", پ: "ب", ڤ: "ف", چ: "ج", ـ: "", œ: "oe", æ: "ae", "’": "'", "‘": "'", ʼ: "'" };
  const fold = (text) => text.normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "").toLowerCase().replace(/./gu, (letter) => LETTERS[letter] ?? letter);

  /* A receipt as it was given out, from an address, a scanner or fingers; or the code of a badge. */
  const readCode = (typed) => {
    const last = typed.trim().replace(/\/+$/, "").split("/").pop();
    const badge = last.match(/^[A-Z]{2,4}\d{1,2}:([0-9A-F]{20})$/i);
    if (badge) return { badge: badge[1].toLowerCase() };
    const letters = last.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");
    return letters.length === 16 && !/U/.test(letters) ? { receipt: letters.match(/.{4}/g).join("-") } : null;
  };
  const digest = async (receipt) => {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(receipt)));
    return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("").slice(0, 20);
  };

  /* What is shown. */
  const say = (sentence, kind = "done") => {
    const said = place("said");
    said.textContent = sentence;
    said.className = `door-said notice notice-${kind}`;
    said.hidden = false;
  };
  const status = () => {
    const parts = [];
    if (signedOut) parts.push(words.signedOut);
    else if (!online) parts.push(words.offline);
    else if (refused) parts.push(refused);
    if (queue.length) parts.push(fill(words.queue, { count: queue.length }));
    else if (online && !signedOut) parts.push(words.online);
    place("status").textContent = parts.join(" ");
    door.classList.toggle("is-offline", !online);
  };
  const mayEnter = (person) => ["confirmed", "offered", "invited"].includes(person.state);
  const row = (person) => {
    const item = document.getElementById("door-row").content.cloneNode(true).firstElementChild;
    const [state, button] = [item.querySelector(".state"), item.querySelector("button")];
    item.querySelector("bdi").textContent = person.name;
    const about = [workshops[person.workshop] ?? person.about ?? words.noWorkshop];
    if (person.state !== "confirmed") about.push(words.states[person.state] ?? person.state);
    if (queue.some((each) => each.number === person.number)) about.push(words.waits);
    item.querySelector(".row-meta").textContent = about.join(" · ");
    const waits = person.state === "waiting";
    if (person.at) {
      state.textContent = fill(words.at, { time: clock(person.at) });
      state.hidden = false;
      button.className = "button button-quiet";
      button.textContent = words.undo;
      button.addEventListener("click", () => undo(person));
    } else if (mayEnter(person) || (waits && mayRun)) {
      button.classList.toggle("button-secondary", waits);
      button.textContent = waits ? words.seat : words.arrive;
      button.addEventListener("click", () => arrive(person, "name", waits));
    } else button.remove();
    item.querySelector("button")?.setAttribute("aria-label", `${button.textContent}: ${person.name}`);
    return item;
  };
  const show = (list, found) => { list.replaceChildren(...found.map(row)); list.hidden = !found.length; };
  const find = () => {
    const typed = box.value;
    const wanted = fold(typed).split(/\s+/).filter(Boolean);
    const isShort = wanted.join("").length < 3;
    const found = isShort ? [] : [...people.values()].filter((each) => wanted.every((word) => each.folded.includes(word))).slice(0, MOST_FOUND);
    show(place("found"), found);
    return found;
  };
  const render = () => {
    const there = [...people.values()].filter((each) => each.at);
    if (people.size) {
      place("present").textContent = there.filter(mayEnter).length;
      place("expected").textContent = [...people.values()].filter((each) => ["confirmed", "invited"].includes(each.state)).length;
      if (there.length) show(place("latest"), there.sort((one, other) => other.at.localeCompare(one.at)).slice(0, 8));
      if (box.value) find();
    }
    place("conflict-list").replaceChildren(...conflicts.map((each) => {
      const item = document.createElement("li");
      item.className = "row";
      item.textContent = each.sentence;
      return item;
    }));
    place("conflicts").hidden = !conflicts.length;
    status();
  };

  /* What is done at the door. */
  const enqueue = async (entry) => {
    const whole = { id: crypto.randomUUID(), at: now().toISOString(), ...entry };
    whole.order = await put("queue", whole);
    queue.push(whole);
    return whole;
  };
  const keepPerson = async (person) => {
    people.set(person.number, person);
    if (mayKeep()) await put("people", person);
  };
  async function arrive(person, how, seatFound = false) {
    const name = isolate(person.name);
    if (person.at) return say(fill(words.already, { name, time: clock(person.at) }), "waiting");
    if (["cancelled", "declined"].includes(person.state)) return say(fill(words.cancelled, { name }), "refused");
    if (!mayEnter(person) && !seatFound) return say(fill(words.noPlace, { name }), "refused");
    person.at = now().toISOString(); // at once, so that a second tap or scan finds it noted
    const entry = await enqueue({ number: person.number, how, at: person.at, seat_found: seatFound });
    if (seatFound) person.state = "confirmed";
    await keepPerson(person);
    say(fill(words.noted, { name, time: clock(entry.at) }));
    render();
    send();
  }
  async function undo(person) {
    person.at = null;
    await enqueue({ number: person.number, undo: true });
    await keepPerson(person);
    say(fill(words.undone, { name: isolate(person.name) }), "neutral");
    render();
    send();
  }
  async function scanned(typed) {
    const code = readCode(typed);
    if (!code) return say(words.unknown, "refused");
    const wanted = code.badge ?? await digest(code.receipt);
    const known = () => [...people.values()].find((each) => each.code === wanted);
    if (!known() && online) await refresh();
    const person = known();
    return person ? arrive(person, "code") : say(words.unknown, "refused");
  }

  /* To the server and back. What is not sent is tried again, quickly at first: a network that has just come back
     often fails the first request. */
  const PAUSES = [200, 500, 1000, 2000, 5000]; // milliseconds before the next try; the last one stands
  const HANGS = 20000; // milliseconds after which a request is given up: its network may be gone
  const GRACE = 500; // milliseconds that a request under way has when the network returns
  let sending = false;
  let failures = 0;
  let again = null; // the timer of the next try
  let under = null; // what gives up the request that is under way
  const post = async () => {
    under = new AbortController();
    const hangs = setTimeout(() => under.abort(), HANGS);
    try {
      return await fetch(data.entries, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
        body: JSON.stringify({ device, entries: queue.slice(0, CHUNK) }),
        redirect: "manual",
        signal: under.signal,
      });
    } finally { clearTimeout(hangs); }
  };
  const sendAgain = () => {
    clearTimeout(again);
    if (!queue.length) { failures = 0; return; }
    again = setTimeout(send, PAUSES[Math.min(failures, PAUSES.length - 1)]);
    failures += 1;
  };
  /* From the shortest pause again: there is a reason to think that it works now. */
  const sendNow = () => { failures = 0; return send(); };
  async function send() {
    if (sending || !queue.length) return status();
    sending = true;
    try {
      while (queue.length) {
        let answer = await post();
        if (answer.status === 403) { // the page had been open too long: a fresh token, once
          if (!await refresh()) break;
          answer = await post();
        }
        online = true;
        if (answer.type === "opaqueredirect" || answer.status === 403) { signedOut = true; break; }
        if (!answer.ok) {
          refused = answer.headers.get("Content-Type")?.includes("json") ? (await answer.json()).error : words.refused;
          break;
        }
        refused = "";
        if (!await settle((await answer.json()).answers)) break;
      }
    } catch { online = false; }
    sending = false;
    sendAgain();
    render();
  }
  async function settle(answers) {
    let settled = 0; // of those sent: others may have joined the queue meanwhile
    for (const each of answers) {
      const index = queue.findIndex((entry) => entry.id === each.id);
      if (index < 0) continue;
      const [entry] = queue.splice(index, 1);
      settled += 1;
      await remove("queue", entry.order);
      const isLater = queue.some((other) => other.number && other.number === each.number);
      if (each.number && !isLater) {
        const person = people.get(each.number) ?? { number: each.number, name: each.name, folded: fold(each.name), workshop: null };
        await keepPerson({ ...person, state: each.state, at: each.at });
      } else if (!each.number && people.has(entry.number)) {
        await keepPerson({ ...people.get(entry.number), at: null });
      }
      const isFine = each.answer === "noted" || each.answer === "undone" || (each.answer === "already" && !each.elsewhere);
      if (isFine) continue;
      const name = each.name ?? people.get(entry.number)?.name ?? entry.walk_in?.name;
      const conflict = { id: each.id, sentence: each.name || !name ? each.sentence : `${isolate(name)} – ${each.sentence}` };
      conflicts.push(conflict);
      await put("conflicts", conflict);
    }
    return settled;
  }
  async function refresh() {
    try {
      const answer = await fetch(data.list, { redirect: "manual" });
      online = true;
      signedOut = answer.type === "opaqueredirect" || answer.status === 403;
      if (!answer.ok) return false;
      const list = await answer.json();
      offset = new Date(list.now) - Date.now();
      csrf = list.csrf;
      const waiting = new Map(queue.filter((each) => each.number).map((each) => [each.number, each]));
      people = new Map(list.people.map((each) => {
        const entry = waiting.get(each.number); // what this door has not sent yet stands until it is answered
        const at = entry ? (entry.undo ? null : entry.at) : each.at;
        return [each.number, { ...each, at, folded: fold(each.name) }];
      }));
      if (mayKeep()) {
        await inStore("people", "readwrite", (store) => { store.clear(); for (const each of people.values()) store.put(each); });
        await put("about", offset, "offset");
      }
      return true;
    } catch {
      online = false;
      return false;
    } finally { render(); }
  }

  /* The page itself, for when there is no network. */
  async function keepPage() {
    if (!mayKeep() || !navigator.serviceWorker || !window.caches || !online) return;
    try {
      await navigator.serviceWorker.register(data.worker, { scope: data.page });
      const cache = await caches.open(CACHE);
      const page = await fetch(data.page, { redirect: "manual" });
      if (page.ok) await cache.put(data.page, page);
      const parts = performance.getEntriesByType("resource").map((each) => each.name).filter((each) => new URL(each).pathname.startsWith("/static/"));
      await cache.addAll([...new Set(parts)]);
      door.classList.add("is-kept");
    } catch { /* no worker here: the list is kept all the same, as long as the page stays open */ }
  }
  async function forgetPage() {
    await window.caches?.delete(CACHE);
    await (await navigator.serviceWorker?.getRegistration(data.page))?.unregister();
  }
  async function forget() {
    await forgetPage();
    base.close();
    await new Promise((resolve) => { const asked = indexedDB.deleteDatabase(NAME); asked.onsuccess = asked.onerror = asked.onblocked = resolve; });
  }
  const isOver = () => now() >= new Date(data.until);
  const isSettled = () => !queue.length && !conflicts.length;

  /* The camera. */
  async function prepareCamera() {
    let can = false;
    try { can = !!navigator.mediaDevices?.getUserMedia && (await window.BarcodeDetector?.getSupportedFormats())?.includes("qr_code"); } catch { /* none */ }
    place("scanner").hidden = !can;
    place("no-scanner").hidden = can;
    if (!can) return;
    const [button, video] = [place("scan"), door.querySelector("video")];
    const [start, detector] = [button.textContent, new window.BarcodeDetector({ formats: ["qr_code"] })];
    let stream = null;
    let last = ["", 0];
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
      stream = null;
      video.hidden = true;
      button.textContent = start;
    };
    const look = async () => {
      if (!stream) return;
      try {
        const [code] = await detector.detect(video);
        if (code && (code.rawValue !== last[0] || Date.now() - last[1] > 3000)) {
          last = [code.rawValue, Date.now()];
          navigator.vibrate?.(80);
          await scanned(code.rawValue);
        } else if (code) last[1] = Date.now();
      } catch { /* a frame that was not there yet */ }
      setTimeout(look, 150);
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
      } catch { stop(); say(words.camera, "refused"); }
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden && stream) stop(); });
  }

  const box = door.querySelector("#q");
  function listen() {
    box.addEventListener("input", () => { place("nobody")?.remove(); find(); });
    place("find").addEventListener("submit", (event) => {
      event.preventDefault();
      if (readCode(box.value)) { scanned(box.value); box.value = ""; return show(place("found"), []); }
      if (!find().length) say(words.nobody, "waiting");
    });
    place("walk-in").addEventListener("submit", async (event) => {
      const form = event.target;
      const { name, capacity, phone, association, workshop, seat_found: seat } = form.elements;
      if (!name.value.trim()) return; // the server says so
      event.preventDefault();
      event.stopPropagation();
      if (await refresh()) return form.submit(); // it answers at once
      const walkIn = { name: name.value, capacity: capacity.value, phone: phone.value, association: association.value, workshop: workshop?.value };
      await enqueue({ id: form.elements.id.value, walk_in: walkIn, seat_found: !!seat?.checked });
      say(fill(words.walkedIn, { name: isolate(name.value) }));
      form.reset();
      form.elements.id.value = crypto.randomUUID();
      form.closest("details").open = false;
      render();
    });
    place("seen").addEventListener("click", async () => {
      conflicts = [];
      await inStore("conflicts", "readwrite", (store) => store.clear());
      render();
    });
    place("forget").addEventListener("click", async () => {
      if (!window.confirm(queue.length ? fill(words.lose, { count: queue.length }) : words.forget)) return;
      await forget();
      location.assign(data.leave);
    });
    window.addEventListener("online", async () => {
      online = true;
      const old = under; // if it began on the network that is gone, it never ends
      setTimeout(() => old?.abort(), GRACE);
      await sendNow();
      refresh();
    });
    window.addEventListener("offline", () => { online = false; status(); });
    document.addEventListener("visibilitychange", async () => { if (!document.hidden) { await sendNow(); refresh(); } });
    setInterval(async () => {
      if (!queue.length && !document.hidden) await refresh();
      if (isOver() && isSettled()) { await forget(); location.reload(); }
    }, 20000);
  }

  async function begin() {
    base = await open();
    device = await inStore("about", "readonly", (store) => store.get("device"));
    if (!device) await put("about", device = crypto.randomUUID(), "device");
    offset = await inStore("about", "readonly", (store) => store.get("offset")) ?? 0;
    [queue, conflicts] = [await all("queue"), await all("conflicts")];
    if (isOver()) { // what was not sent yet is all that may stay
      if (isSettled()) return forget();
      await forgetPage();
      await inStore("people", "readwrite", (store) => store.clear());
    }
    people = new Map((await all("people")).map((each) => [each.number, each]));
    listen();
    await prepareCamera();
    render();
    if (queue.length) await send();
    await refresh();
    place("device").hidden = false;
    await keepPage();
    door.classList.add("is-ready");
  }
  begin().catch(() => { /* no storage here: the plain form serves */ });
})();
