/* The outbox of a device (static/js/offline/outbox.js): kept, sent in order, once each, tried again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerClock } from "../../static/js/offline/clock.js";
import { CHUNK, GRACE, HANGS, Outbox } from "../../static/js/offline/outbox.js";
import { answer, Clock, fail, hang, noted, rest } from "./world.js";

/* A page with an outbox, and what happened there. `replies` are given in their order, then all is noted. */
function page(...replies) {
  const clock = new Clock();
  const seen = { kept: [], posts: [], answers: [], renewed: 0 };
  const ids = Array.from({ length: 300 }, (_, place) => `id ${place + 1}`);
  const outbox = new Outbox(
    {
      unexplained: "Not sent.",
      keep: async (entry) => seen.kept.push(entry),
      drop: async (order) => {
        delete seen.kept[order - 1];
      },
      now: () => new Date(clock.now),
      post: async (entries, signal) => {
        seen.posts.push({ at: clock.now, ids: entries.map((entry) => entry.id) });
        return (replies.shift() ?? noted)(entries, signal);
      },
      renew: async () => {
        seen.renewed += 1;
        return true;
      },
      answered: async (entry, { answer }) => seen.answers.push([entry.id, answer]),
      changed: () => {},
    },
    { ...clock, newId: () => ids.shift() },
  );
  return { clock, outbox, seen };
}

const times = (seen) => seen.posts.map((post) => post.at);

test("an act gets an id and its hour, is kept until it is answered, then forgotten", async () => {
  const { outbox, seen } = page();
  const entry = await outbox.add({ number: 7 });
  assert.deepEqual(entry, { id: "id 1", at: "1970-01-01T00:00:00.000Z", number: 7, order: 1 });
  assert.deepEqual(seen.kept, [entry]);
  await outbox.send();
  assert.deepEqual(seen.answers, [["id 1", "noted"]]);
  assert.deepEqual([outbox.entries, seen.kept.filter(Boolean)], [[], []]);
});

test("an act that was given its id keeps it", async () => {
  const { outbox } = page();
  assert.equal((await outbox.add({ id: "of the form" })).id, "of the form");
});

test("after a failure the pauses are 0.2, 0.5, 1, 2 and then 5 seconds, with the same ids", async () => {
  const { clock, outbox, seen } = page(fail, fail, fail, fail, fail, fail);
  await outbox.add({});
  await outbox.send();
  assert.equal(outbox.online, false);
  await clock.pass(60_000);
  assert.deepEqual(times(seen), [0, 200, 700, 1700, 3700, 8700, 13_700]);
  assert.ok(seen.posts.every((post) => post.ids[0] === "id 1"));
  assert.deepEqual([outbox.online, outbox.entries.length], [true, 0]);
});

test("what is sent after a success starts from the shortest pause", async () => {
  const { clock, outbox, seen } = page(fail, fail, noted, fail);
  await outbox.add({});
  await outbox.send();
  await clock.pass(10_000);
  await outbox.add({});
  await outbox.send();
  await clock.pass(10_000);
  assert.deepEqual(times(seen), [0, 200, 700, 10_000, 10_200]);
});

test("when the network returns the pauses start anew", async () => {
  const { clock, outbox, seen } = page(fail, fail, fail, fail, fail);
  await outbox.add({});
  await outbox.send();
  await clock.pass(2000);
  await outbox.networkReturned();
  await clock.pass(200);
  assert.deepEqual(times(seen), [0, 200, 700, 1700, 2000, 2200]);
});

test("a request that hangs is given up after 20 seconds, and its entries go again", async () => {
  const { clock, outbox, seen } = page(hang);
  await outbox.add({});
  outbox.send();
  await clock.pass(HANGS - 1);
  assert.equal(seen.posts.length, 1);
  await clock.pass(201);
  assert.deepEqual(times(seen), [0, HANGS + 200]);
  assert.equal(outbox.entries.length, 0);
});

test("one begun on a network that is gone has half a second once it is back", async () => {
  const { clock, outbox, seen } = page(hang);
  await outbox.add({});
  outbox.send();
  await clock.pass(3000);
  outbox.networkGone();
  assert.equal(outbox.online, false);
  outbox.networkReturned();
  await clock.pass(GRACE + 200);
  assert.deepEqual(times(seen), [0, 3000 + GRACE + 200]);
  assert.deepEqual([outbox.online, outbox.entries.length], [true, 0]);
});

test("one request at a time; what is added meanwhile goes with the next", async () => {
  const { outbox, seen } = page();
  await outbox.add({});
  const sending = outbox.send();
  await outbox.add({});
  await Promise.all([sending, outbox.send()]);
  assert.deepEqual(
    seen.posts.map((post) => post.ids),
    [["id 1"], ["id 2"]],
  );
});

test("many go by the chunk, in the order in which they were made", async () => {
  const { outbox, seen } = page();
  for (let number = 0; number <= CHUNK; number += 1) await outbox.add({ number });
  await outbox.send();
  assert.deepEqual(
    seen.posts.map((post) => post.ids.length),
    [CHUNK, 1],
  );
  assert.deepEqual(
    seen.answers.map(([id]) => id),
    Array.from({ length: CHUNK + 1 }, (_, place) => `id ${place + 1}`),
  );
});

test("what the server did not answer stays, and is sent again", async () => {
  const { clock, outbox, seen } = page(
    ([first]) => noted([first]),
    () => answer(200, { answers: [] }),
  );
  await outbox.add({});
  await outbox.add({});
  await outbox.send();
  assert.deepEqual(
    outbox.entries.map((entry) => entry.id),
    ["id 2"],
  );
  await clock.pass(200);
  assert.deepEqual(
    seen.posts.map((post) => post.ids),
    [["id 1", "id 2"], ["id 2"], ["id 2"]],
  );
  assert.equal(outbox.entries.length, 0);
});

test("an answer to what this device never sent is left alone", async () => {
  const { outbox, seen } = page((entries) => noted([{ id: "another" }, ...entries]));
  await outbox.add({});
  await outbox.send();
  assert.deepEqual(seen.answers, [["id 1", "noted"]]);
});

test("a page that was open too long gets a fresh token, once", async () => {
  const { outbox, seen } = page(() => answer(403, {}));
  await outbox.add({});
  await outbox.send();
  assert.deepEqual([seen.renewed, seen.posts.length, outbox.signedOut], [1, 2, false]);
});

test("who is signed out keeps everything", async () => {
  for (const away of [() => ({ ...answer(0), type: "opaqueredirect", ok: false }), () => answer(403, {})]) {
    const { outbox } = page(away, away);
    await outbox.add({});
    await outbox.send();
    assert.deepEqual([outbox.signedOut, outbox.online, outbox.entries.length], [true, true, 1]);
  }
});

test("a refusal of all is said in the server's words, or else in the page's, until it is over", async () => {
  const { clock, outbox } = page(
    () => answer(409, { error: "It is not the day." }),
    () => answer(502, null, "text/html"),
  );
  await outbox.add({});
  await outbox.send();
  assert.equal(outbox.refused, "It is not the day.");
  await clock.pass(200);
  assert.equal(outbox.refused, "Not sent.");
  await clock.pass(500);
  assert.deepEqual([outbox.refused, outbox.entries.length], ["", 0]);
});

test("nothing to send asks nothing of the server", async () => {
  const { clock, outbox, seen } = page();
  await outbox.sendNow();
  await clock.pass(60_000);
  await rest();
  assert.deepEqual(seen.posts, []);
});

test("the server's time is followed, though the clock of the device is wrong", () => {
  const clock = new ServerClock(() => 5000);
  clock.follow("1970-01-01T01:00:00Z");
  assert.equal(clock.now().toISOString(), "1970-01-01T01:00:00.000Z");
});
