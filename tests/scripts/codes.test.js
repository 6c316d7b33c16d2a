/* What a scanner, a camera or fingers give at a door (static/js/arriving/). */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { digest, readCode } from "../../static/js/arriving/codes.js";
import { fold } from "../../static/js/arriving/letters.js";

globalThis.crypto ??= webcrypto; // node 18 has it elsewhere

test("a receipt is read from an address, from small letters, and with letters for digits", () => {
  const receipt = { receipt: "AB1D-0FGH-1JKM-NPQR" };
  for (const typed of [
    "AB1D-0FGH-1JKM-NPQR",
    "http://x/ar/registrations/AB1D-0FGH-1JKM-NPQR/",
    "abld ofgh ijkm npqr",
  ]) {
    assert.deepEqual(readCode(typed), receipt);
  }
});

test("a badge is read; a name or a code of another place is none", () => {
  assert.deepEqual(readCode("OR1:0123456789ABCDEF0123"), { badge: "0123456789abcdef0123" });
  for (const typed of ["Fatima", "http://elsewhere/nothing", "AB1D-0FGH-1JKM-NPQU", ""])
    assert.equal(readCode(typed), null);
});

test("a receipt is recognised by twenty digits of its SHA-256", async () => {
  assert.equal(await digest("abc"), "ba7816bf8f01cfea4141");
});

test("letters that are one letter to a reader are one letter", () => {
  assert.equal(fold("فَاطِمَة الزَّهْراء"), fold("فاطمه الزهراء"));
  assert.equal(fold("Éloïse d’Œ"), "eloise d'oe");
});
