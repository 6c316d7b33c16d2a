/* What stands in for the browser: a clock that is moved by hand, a server whose answers are held ready. */

/* Timers that go off when the clock is moved past them. */
export class Clock {
  now = 0;
  #timers = new Map();
  #count = 0;

  setTimeout = (act, pause) => {
    this.#count += 1;
    this.#timers.set(this.#count, { act, at: this.now + pause });
    return this.#count;
  };

  clearTimeout = (timer) => this.#timers.delete(timer);

  /* Moves on by so many milliseconds, letting what each timer starts come to rest. */
  async pass(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      const [number, timer] = [...this.#timers].sort(([, first], [, second]) => first.at - second.at)[0] ?? [];
      if (!timer || timer.at > end) break;
      this.#timers.delete(number);
      this.now = timer.at;
      timer.act();
      await rest();
    }
    this.now = end;
  }
}

/* All that was promised and can be kept is kept. */
export const rest = () => new Promise((resolve) => setImmediate(resolve));

/* An answer of a server, as fetch gives it. */
export const answer = (status, body, type = "application/json") => ({
  status,
  ok: status < 400,
  type: "basic",
  headers: new Headers({ "Content-Type": type }),
  json: async () => body,
});

/* It says to each entry that it was noted. */
export const noted = (entries) => answer(200, { answers: entries.map(({ id }) => ({ id, answer: "noted" })) });

/* It never answers: the request ends when it is given up. */
export const hang = (_entries, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
  });

export const fail = () => {
  throw new TypeError("no network");
};
