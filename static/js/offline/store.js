/* What a device keeps for one page: a database of the browser (IndexedDB) with some named stores. */

const settled = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

export class Store {
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
