/* The camera, where the browser can read codes with it. */
import { enter } from "./acts.js";
import { door, place, say, words } from "./door.js";

const LOOKS = 150; // milliseconds between two looks
const SAME = 3000; // milliseconds for which a code still held there is the same one

const canDetect = async () => {
  try {
    const formats = navigator.mediaDevices?.getUserMedia && (await window.BarcodeDetector?.getSupportedFormats());
    return !!formats?.includes("qr_code");
  } catch {
    return false;
  }
};

export async function prepareCamera() {
  const can = await canDetect();
  place("scanner").hidden = !can;
  place("no-scanner").hidden = can;
  if (!can) return;
  const [button, video] = [place("scan"), door.querySelector("video")];
  const [start, detector] = [button.textContent, new window.BarcodeDetector({ formats: ["qr_code"] })];
  let stream = null;
  let last = { code: "", at: 0 };
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.hidden = true;
    button.textContent = start;
  };
  const look = async () => {
    if (!stream) return;
    try {
      const [found] = await detector.detect(video);
      const isNew = found && (found.rawValue !== last.code || Date.now() - last.at > SAME);
      if (found) last = { code: found.rawValue, at: Date.now() };
      if (isNew) {
        navigator.vibrate?.(80);
        await enter(found.rawValue);
      }
    } catch {
      /* a frame that was not there yet */
    }
    setTimeout(look, LOOKS);
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
    } catch {
      stop();
      say(words.camera, "refused");
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && stream) stop();
  });
}
