/** Says something for a moment, wherever the reader is. @param {string} text @param {"info" | "error"} [kind] */
export function toast(text, kind = "info") {
  window.dispatchEvent(new CustomEvent("ld-toast", { detail: { text, kind } }));
}

/** @param {string} text @param {string} what */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied`);
  } catch {
    toast(`This browser did not allow copying; the page must be served over HTTPS or from this machine.`, "error");
  }
}
