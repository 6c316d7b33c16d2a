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

export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\p{Mn}\p{Cf}]/gu, "")
    .toLowerCase()
    .replace(/./gu, (letter) => LETTERS[letter] ?? letter);
