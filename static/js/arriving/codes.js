/* Codes that are shown at the door. */

/* A receipt as it was given out, from an address, a scanner or fingers; or the code of a badge; else null. */
export const readCode = (typed) => {
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
export const digest = async (receipt) => {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(receipt)));
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("").slice(0, 20);
};
