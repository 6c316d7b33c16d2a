/* The page of the door: its places, and its words as the server translated them. */
export const door = document.getElementById("door");
export const data = door?.dataset ?? {};
export const words = JSON.parse(data.words ?? "{}");
export const workshops = JSON.parse(data.workshops ?? "{}");
export const mayRun = "mayRun" in data;

export const place = (name) => door.querySelector(`[data-${name}]`);
export const fill = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
export const isolate = (name) => `\u2068${name}\u2069`;

/* The hour of a moment, as on the pages. */
export const hour = (at) => new Date(Date.parse(at) + Number(data.zone) * 60000).toISOString().slice(11, 16);

export const say = (sentence, kind = "done") => {
  const said = place("said");
  said.textContent = sentence;
  said.className = `door-said notice notice-${kind}`;
  said.hidden = false;
};
