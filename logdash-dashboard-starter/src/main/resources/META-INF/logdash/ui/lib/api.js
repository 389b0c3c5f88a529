// Calls to the server. Every address is relative to the page, so any context path or proxy prefix works.

/** An answer that is no success. `column` is set for an error in a query, from 1. */
export class ApiError extends Error {
  /** @param {number} status @param {{code?: string, message?: string, column?: number, hint?: string}} body */
  constructor(status, body) {
    super(body.message || `The server answered ${status}.`);
    this.status = status;
    this.code = body.code || "";
    this.column = body.column || 0;
    this.hint = body.hint || "";
  }
}

/** Where the page is mounted, with a slash at the end. */
export const base = new URL(".", document.baseURI).pathname;

/** @param {string} path @param {Record<string, string | number | undefined>} [query] */
export function address(path, query = {}) {
  const url = new URL(path, document.baseURI);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") url.searchParams.set(name, String(value));
  }
  return url;
}

/** @type {Set<(error: ApiError) => void>} */
const signedOut = new Set();

/** Calls back when the server says that nobody is signed in. @param {(error: ApiError) => void} listener */
export function onSignedOut(listener) {
  signedOut.add(listener);
}

/**
 * @param {string} path
 * @param {Record<string, string | number | undefined>} [query]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export function get(path, query, signal) {
  return call(address(`api/v1/${path}`, query), { signal });
}

/**
 * @param {"POST" | "PUT" | "DELETE"} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export function send(method, path, body) {
  return call(address(`api/v1/${path}`), {
    method,
    headers: { "X-Logdash": "1", "Content-Type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
}

/** @param {URL} url @param {RequestInit} options */
async function call(url, options) {
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin", ...options });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new ApiError(0, { code: "unreachable", message: "The server does not answer.", hint: "It may be restarting; this page tries again." });
  }
  const text = await response.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = null;
  }
  if (response.ok) return body;
  const error = new ApiError(response.status, body?.error ?? {});
  if (response.status === 401) signedOut.forEach((listener) => listener(error));
  throw error;
}

/** @param {unknown} failure */
export function isAbort(failure) {
  return failure instanceof DOMException && failure.name === "AbortError";
}

/**
 * Follows what matches a query. Reconnects by itself; a silence of more than ten seconds counts as a lost connection.
 *
 * @param {Record<string, string | undefined>} query
 * @param {{feed: (feed: {polledMillis: number}) => void, events: (batch: {events: any[], skipped: number, gap: boolean}) => void, state: (state: "connecting" | "open" | "lost") => void}} on
 * @returns {() => void} ends it
 */
export function tail(query, on) {
  const SILENCE = 10_000;
  /** @type {EventSource | null} */
  let source = null;
  let timer = 0;
  let ended = false;

  const heard = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      on.state("lost");
      connect();
    }, SILENCE);
  };
  const connect = () => {
    source?.close();
    if (ended) return;
    source = new EventSource(address("api/v1/tail", query));
    source.onopen = () => {
      on.state("open");
      heard();
    };
    source.onerror = () => on.state("lost");
    source.addEventListener("ping", heard);
    source.addEventListener("feed", (message) => {
      heard();
      on.feed(JSON.parse(message.data));
    });
    source.addEventListener("events", (message) => {
      heard();
      on.events(JSON.parse(message.data));
    });
  };
  on.state("connecting");
  connect();
  heard();
  return () => {
    ended = true;
    clearTimeout(timer);
    source?.close();
  };
}
