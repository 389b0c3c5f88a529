// The address is the state: everything visible is in it, readable, and nothing else decides what is shown.

/** The views, by their path below the mount. */
const VIEWS = ["explore", "overview", "alerts", "pipeline", "settings", "setup"];

/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {{view: string, params: URLSearchParams}} */
export function read() {
  const last = location.pathname.split("/").pop() || "";
  return { view: VIEWS.includes(last) ? last : "explore", params: new URLSearchParams(location.search) };
}

/** @param {string} view @param {Record<string, string | undefined>} [params] */
export function link(view, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value) query.set(name, value);
  }
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%2C", ",");
  return `${view}${text ? `?${text}` : ""}`;
}

/**
 * Changes some parameters of the current view; an empty value removes one.
 *
 * @param {Record<string, string | undefined>} changes
 * @param {{replace?: boolean}} [options] replace: no new entry in the history
 */
export function change(changes, { replace = false } = {}) {
  const { view, params } = read();
  const next = Object.fromEntries(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next[name] = value;
    else delete next[name];
  }
  go(view, next, { replace });
}

/** @param {string} view @param {Record<string, string | undefined>} [params] @param {{replace?: boolean}} [options] */
export function go(view, params = {}, { replace = false } = {}) {
  const target = new URL(link(view, params), document.baseURI);
  if (target.href === location.href) return;
  if (replace) history.replaceState(null, "", target);
  else history.pushState(null, "", target);
  tell();
}

/** @param {() => void} listener @returns {() => void} */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  listeners.forEach((listener) => listener());
}

window.addEventListener("popstate", tell);

// Links inside the application change the view without loading the page again.
document.addEventListener("click", (event) => {
  const anchor = event.target instanceof Element ? event.target.closest("a[data-view]") : null;
  if (!(anchor instanceof HTMLAnchorElement) || event.defaultPrevented) return;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", anchor.href);
  tell();
});
