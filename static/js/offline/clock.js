/* The server's time, since the clock of a telephone may be wrong. `offset` is kept for when there is no network. */
export class ServerClock {
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
