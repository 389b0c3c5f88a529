// Numbers and texts as people read them.

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** `12,345` @param {number} n */
export function exactNumber(n) {
  return WHOLE.format(n);
}

/** `12.3k`; the exact value belongs into a title beside it. @param {number} n */
export function short(n) {
  if (!Number.isFinite(n)) return "–";
  const size = Math.abs(n);
  if (size >= 1e9) return `${trim(n / 1e9)}G`;
  if (size >= 1e6) return `${trim(n / 1e6)}M`;
  if (size >= 1e4) return `${trim(n / 1e3)}k`;
  if (size >= 100 || Number.isInteger(n)) return WHOLE.format(n);
  return trim(n);
}

/** Three digits at the most. @param {number} n */
function trim(n) {
  return String(Number(n.toFixed(Math.abs(n) >= 100 ? 0 : Math.abs(n) >= 10 ? 1 : 2)));
}

/** Nanoseconds in the unit that reads best. @param {number | null | undefined} nanos */
export function duration(nanos) {
  if (nanos === null || nanos === undefined || !Number.isFinite(nanos)) return "–";
  if (nanos < 1e3) return `${Math.round(nanos)} ns`;
  if (nanos < 1e6) return `${trim(nanos / 1e3)} µs`;
  if (nanos < 1e9) return `${trim(nanos / 1e6)} ms`;
  if (nanos < 60e9) return `${trim(nanos / 1e9)} s`;
  if (nanos < 3600e9) return `${trim(nanos / 60e9)} min`;
  return `${trim(nanos / 3600e9)} h`;
}

/** @param {number} bytes */
export function bytes(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${trim(bytes / 1024)} KiB`;
  if (bytes < 1024 ** 3) return `${trim(bytes / 1024 ** 2)} MiB`;
  return `${trim(bytes / 1024 ** 3)} GiB`;
}

/** A share of 1 as per cent. @param {number} share */
export function percent(share) {
  if (!Number.isFinite(share)) return "–";
  if (share === 0) return "0 %";
  return share < 0.001 ? "< 0.1 %" : `${trim(share * 100)} %`;
}

/** Per second, or in the unit in which the number is at least one. @param {number} perSecond */
export function rate(perSecond) {
  if (!Number.isFinite(perSecond)) return "–";
  if (perSecond === 0) return "0 /s";
  if (perSecond >= 1) return `${short(perSecond)} /s`;
  if (perSecond * 60 >= 1) return `${trim(perSecond * 60)} /min`;
  return `${trim(perSecond * 3600)} /h`;
}

/**
 * Log content as it can be shown: what would change the direction of the text, move the cursor or be invisible is
 * written out. New lines and tabs stay.
 *
 * @param {unknown} value
 */
export function visible(value) {
  return String(value).replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}

/** @param {string} text @param {number} most */
export function cut(text, most) {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
