// An event as the API gives it, seen as a list of fields.

const FIXED = [
  ["@timestamp", "@timestamp"],
  ["level", "log.level"],
  ["service", "service.name"],
  ["source", "log.source"],
  ["trace.id", "trace.id"],
  ["span.id", "span.id"],
];

const TELLING = new Set(["http.request.method", "url.path", "http.response.status_code", "event.duration"]);

/** All fields by their names in queries, the fixed ones first. @param {any} event @returns {[string, any][]} */
export function flatten(event) {
  /** @type {[string, any][]} */
  const fields = FIXED.filter(([key]) => event[key]).map(([key, name]) => [name, event[key]]);
  const attributes = Object.entries(event.attributes ?? {}).sort(([a], [b]) => a.localeCompare(b));
  return [...fields, ...attributes, ["event.id", event.id]];
}

/** @param {any} event @param {string} field */
export function value(event, field) {
  const fixed = FIXED.find(([, name]) => name === field);
  const found = fixed ? event[fixed[0]] : Object.hasOwn(event.attributes ?? {}, field) ? event.attributes[field] : field === "event.id" ? event.id : undefined;
  return Array.isArray(found) ? found.join(", ") : (found ?? "");
}

const MOST_EXTRAS = 4;
const LONG_MESSAGE = 80;

/**
 * What a short message leaves out: fields of the sender's own, and how a request went.
 *
 * @param {any} event @param {string[]} columns those that are shown anyway
 * @returns {[string, any][]}
 */
export function extras(event, columns) {
  const message = String(event.message ?? "");
  if (message.length > LONG_MESSAGE || message.includes("\n")) return [];
  return Object.entries(event.attributes ?? {})
    .filter(([name, of]) => (!name.includes(".") || TELLING.has(name)) && !columns.includes(name) && !message.includes(String(of)) && String(of).length <= LONG_MESSAGE)
    .sort(([a], [b]) => Number(TELLING.has(b)) - Number(TELLING.has(a)) || a.localeCompare(b))
    .slice(0, MOST_EXTRAS);
}

/** The words of a query that a reader wants to see in the text. @param {string} query */
export function words(query) {
  const found = query
    .replace(/(^|[\s(])(-|NOT\s+)("[^"]*"|\S+)/g, " ")
    .replace(/[\p{L}_@][\p{L}\p{N}_.@$/-]*:(\([^)]*\)|"[^"]*"|\S+)/gu, (clause) => (clause.startsWith("message:") ? clause.slice(8) : " "))
    .match(/"[^"]+"|[\p{L}\p{N}_]+/gu);
  return (found ?? []).map((word) => word.replaceAll('"', "").toLowerCase()).filter((word) => word.length > 1 && !/^(and|or|not|to)$/.test(word));
}
