// OpenTelemetry numbers 1 to 24 in six classes; 0 is none.

/** From the most to the least severe, the order of stacked bars from their base. */
export const CLASSES = ["fatal", "error", "warn", "info", "debug", "trace", "none"];

const SIGNS = { fatal: "◆", error: "●", warn: "▲", info: "■", debug: "□", trace: "·", none: " " };

/** @param {number | undefined} number */
export function classOf(number) {
  if (!number) return "none";
  return ["trace", "debug", "info", "warn", "error", "fatal"][Math.min(5, Math.floor((number - 1) / 4))];
}

/** A sign with a shape of its own, so that colour is never alone. @param {string} name */
export function sign(name) {
  return SIGNS[/** @type {keyof typeof SIGNS} */ (name)] ?? " ";
}
