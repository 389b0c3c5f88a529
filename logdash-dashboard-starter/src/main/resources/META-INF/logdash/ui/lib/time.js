// Times as people write them (`15m`, `now-1h/h`, ISO-8601) and as pages show them.

export const PRESETS = [
  ["5m", "Last 5 minutes"],
  ["15m", "Last 15 minutes"],
  ["30m", "Last 30 minutes"],
  ["1h", "Last hour"],
  ["3h", "Last 3 hours"],
  ["6h", "Last 6 hours"],
  ["12h", "Last 12 hours"],
  ["24h", "Last 24 hours"],
  ["2d", "Last 2 days"],
  ["7d", "Last 7 days"],
  ["30d", "Last 30 days"],
  ["90d", "Last 90 days"],
  ["1y", "Last year"],
];

export const DEFAULT_FROM = "15m";

const UTC_KEY = "logdash.utc";

/** Whether times are shown in UTC instead of the zone of the browser. */
export function isUtc() {
  return localStorage.getItem(UTC_KEY) === "1";
}

/** @param {boolean} on */
export function setUtc(on) {
  localStorage.setItem(UTC_KEY, on ? "1" : "0");
}

export function zoneName() {
  return isUtc() ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** @param {string} from @param {string} to */
export function rangeLabel(from, to) {
  const preset = PRESETS.find(([value]) => value === (from || DEFAULT_FROM));
  if (preset && (!to || to === "now")) return preset[1];
  if (/^\d+(ms|[smhdwMy])$/.test(from) && (!to || to === "now")) return `Last ${from}`;
  if (!to || to === "now") return `Since ${shown(from)}`;
  return `${shown(from)} – ${shown(to)}`;
}

/** @param {string} text */
function shown(text) {
  const time = Date.parse(text);
  return /^\d{4}-/.test(text) && !Number.isNaN(time) ? dateTime(time) : text;
}

/** @param {Date} date */
function parts(date) {
  const utc = isUtc();
  const pad = (/** @type {number} */ n, width = 2) => String(n).padStart(width, "0");
  return {
    day: utc
      ? `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
      : `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`,
    clock: utc
      ? `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`
      : `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`,
    millis: pad(date.getMilliseconds(), 3),
  };
}

/** `2026-11-23 12:30:05` @param {number | string} time */
export function dateTime(time) {
  const { day, clock } = parts(new Date(time));
  return `${day} ${clock}`;
}

/** `12:30:05.123`, with the day in front where it is not today, and the year where it is not this one. @param {string} time */
export function rowTime(time) {
  const { day, clock, millis } = parts(new Date(time));
  const today = parts(new Date()).day;
  if (day === today) return `${clock}.${millis}`;
  return day.slice(0, 4) === today.slice(0, 4) ? `${day.slice(5)} ${clock}.${millis}` : `${day} ${clock}`;
}

/** With all digits that the log had. @param {string} time */
export function exact(time) {
  const { day, clock } = parts(new Date(time));
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? "";
  return `${day} ${clock}${fraction ? `.${fraction}` : ""} ${zoneName()}`;
}

/** `3 min ago` @param {number | string} time @param {number} [now] */
export function ago(time, now = Date.now()) {
  const seconds = Math.round((now - new Date(time).getTime()) / 1000);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.round(seconds / 3600)} h ago`;
  if (seconds < 2 * 365 * 86400) return `${Math.round(seconds / 86400)} d ago`;
  return `${Math.round(seconds / (365.25 * 86400))} years ago`;
}

/** The span before and of the same length as this one. @param {number} from @param {number} to */
export function wider(from, to) {
  const half = Math.max(1000, (to - from) / 2);
  return { from: new Date(from - half).toISOString(), to: new Date(to + half).toISOString() };
}
