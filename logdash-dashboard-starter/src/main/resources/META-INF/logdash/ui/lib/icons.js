import { html, svg } from "../vendor/logdash-vendor.js";

const PATHS = {
  explore: "M3 4h10M3 8h10M3 12h6",
  overview: "M2 13V8m4 5V4m4 9V6m4 7V2",
  alerts: "M8 2a4 4 0 0 0-4 4v3l-1.5 2.5h11L12 9V6a4 4 0 0 0-4-4zM6.5 13.5a1.5 1.5 0 0 0 3 0",
  pipeline: "M2 4h4v3h4v5h4M2 12h4",
  settings: "M2 4.5h7m3 0h2M2 11.5h2m3 0h7M9 3v3M7 10v3",
  theme: "M13 9.5A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.5z",
  help: "M6 6a2 2 0 1 1 2.8 1.8c-.5.3-.8.7-.8 1.3v.4M8 12v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z",
  signout: "M6 3H3v10h3M7 8h7m-2.5-2.5L14 8l-2.5 2.5",
  clock: "M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z",
  refresh: "M13 4v3h-3M13 7A5 5 0 1 0 13 9.5",
  chevron: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  column: "M3 3h10v10H3zM8 3v10",
  copy: "M6 6h7v7H6zM10 6V3H3v7h3",
  link: "M7 9a2.5 2.5 0 0 0 3.5 0l2-2A2.5 2.5 0 0 0 9 3.5l-.8.8M9 7a2.5 2.5 0 0 0-3.5 0l-2 2A2.5 2.5 0 0 0 7 12.5l.8-.8",
  wrap: "M2 4h12M2 8h10a2 2 0 0 1 0 4H8m1.5-1.5L8 12l1.5 1.5M2 12h3",
  table: "M2 3h12v10H2zM2 6.5h12M2 10h12M6.5 3v10",
  context: "M3 3h10M3 13h10M5 6.5h6v3H5z",
  search: "M7 12A5 5 0 1 1 7 2a5 5 0 0 1 0 10zM10.5 10.5L14 14",
  star: "M8 2l1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5z",
  patterns: "M2 4h5m2 0h5M2 8h2m4 0h6M2 12h7m3 0h2",
  fields: "M2 3h4v4H2zM2 10h4v3H2M9 4h5M9 6h3M9 11h5",
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  return html`<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${svg`<path d=${PATHS[name]}></path>`}</svg>`;
}
