// Small changes to query text. The language itself is the server's.

const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9_./@-]*$/;
const OPERATOR = /^(and|or|not|to)$/i;

/** @param {unknown} value */
export function literal(value) {
  const text = String(value);
  return PLAIN.test(text) && !OPERATOR.test(text) ? text : `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** @param {string} name */
export function fieldName(name) {
  return [...name].map((c, i) => (/[\p{L}_@]/u.test(c) || (i > 0 && /[\p{N}.-]/u.test(c)) ? c : `\\${c}`)).join("");
}

/** @param {string} field @param {unknown} value */
export function clause(field, value) {
  return value === "" ? `NOT ${fieldName(field)}:*` : `${fieldName(field)}:${literal(value)}`;
}

/** What stands in front of the first pipe of a query, and its pipes. @param {string} query @returns {{where: string, pipes: string[]}} */
export function split(query) {
  const pieces = [""];
  let quoted = false;
  for (let i = 0; i < query.length; i++) {
    const c = query[i];
    if (c === "\\" || (!quoted && query.startsWith("||", i))) pieces[pieces.length - 1] += query.slice(i, ++i + 1);
    else if (c === "|" && !quoted) pieces.push("");
    else {
      if (c === '"') quoted = !quoted;
      pieces[pieces.length - 1] += c;
    }
  }
  const [where, ...pipes] = pieces.map((piece) => piece.trim());
  return { where, pipes };
}

/** @param {string} where @param {string[]} pipes */
function join(where, pipes) {
  return [where, ...pipes].join(" | ").trim();
}

/** A column as the pipe `sort` takes it. @param {string} name */
export function columnName(name) {
  return /^[\p{L}_@][\p{L}\p{N}_.@]*(\([\p{L}\p{N}_.@]*\))?$/u.test(name) ? name : `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

const SORT = /^sort\s+/i;

/** What the last pipe sorts by, or nothing. @param {string} query */
export function sortedBy(query) {
  const last = split(query).pipes.at(-1) ?? "";
  return SORT.test(last) ? last.replace(SORT, "") : "";
}

/** Sorts the rows, behind all other pipes. @param {string} query @param {string} order */
export function sortBy(query, order) {
  const { where, pipes } = split(query);
  return join(where, [...pipes.filter((pipe, i) => i < pipes.length - 1 || !SORT.test(pipe)), `sort ${order}`]);
}

/** Adds a condition to a query; a query with an OR outside of parentheses is put into some. @param {string} query @param {string} condition */
export function and(query, condition) {
  const { where, pipes } = split(query);
  return join(both(where, condition), pipes);
}

/** @param {string} text @param {string} condition */
function both(text, condition) {
  if (!text || text === "*") return condition;
  if (text.split(/\s+(?![^(]*\))/).includes(condition)) return text;
  return /\bOR\b|\bor\b|\|\|/.test(text.replace(/\([^()]*\)|"[^"]*"/g, "")) ? `(${text}) ${condition}` : `${text} ${condition}`;
}

/** @param {string} query @param {string} field @param {unknown} value */
export function filterFor(query, field, value) {
  return and(query, clause(field, value));
}

/** @param {string} query @param {string} field @param {unknown} value */
export function filterOut(query, field, value) {
  return and(query, value === "" ? `${fieldName(field)}:*` : `-${clause(field, value)}`);
}

/** The pipes, and what each makes, for completion. */
export const PIPES = [
  ["stats", "count(), p95(FIELD) by FIELD, bin(5m)"],
  ["top", "10 FIELD: the most frequent values"],
  ["uniq", "FIELD, ...: each value once"],
  ["where", "rows that a condition holds for"],
  ["eval", "NAME = a + b * 2"],
  ["extract", '"user=%{user} " from FIELD'],
  ["sort", "-COLUMN, COLUMN"],
  ["limit", "N: the first rows"],
  ["fields", "COLUMN, ...: these columns"],
];

/**
 * The word at a place, for completion: a field name, a value and its field, the name of a pipe, or a column in a pipe.
 *
 * @param {string} text
 * @param {number} caret
 * @returns {{kind: "field" | "value" | "pipe" | "column", field: string, prefix: string, start: number} | null}
 */
export function wordAt(text, caret) {
  const before = text.slice(0, caret);
  if ((before.match(/(^|[^\\])"/g) ?? []).length % 2 === 1) return null;
  const start = Math.max(...[" ", "(", "\n", "\t", "|", ","].map((c) => before.lastIndexOf(c))) + 1;
  const word = before.slice(start).replace(/^-/, "");
  const from = caret - word.length;
  const pipe = split(before).pipes.at(-1);
  if (pipe !== undefined) {
    if (/^[a-z]*$/i.test(pipe) && pipe === word) return { kind: "pipe", field: "", prefix: word, start: from };
    if (!/^(where|filter)\s/i.test(pipe)) return { kind: "column", field: "", prefix: word, start: from };
  }
  const colon = word.indexOf(":");
  if (colon < 0) return { kind: "field", field: "", prefix: word, start: from };
  return { kind: "value", field: word.slice(0, colon), prefix: word.slice(colon + 1).replace(/^[<>]=?/, ""), start: from + colon + 1 };
}
