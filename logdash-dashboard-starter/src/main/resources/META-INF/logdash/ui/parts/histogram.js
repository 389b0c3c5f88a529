import { html } from "../vendor/logdash-vendor.js";
import { short } from "../lib/format.js";
import { CLASSES } from "../lib/severity.js";
import "./chart.js";

/**
 * How many events of each severity there are in each of the buckets between two times, in milliseconds.
 *
 * @typedef {{from: number, to: number, widthMillis: number, total: number, series: {key: string, counts: number[]}[]}} Histogram
 */

/** How many events of each severity there are. @param {Histogram | null} chart @returns {Map<string, number>} */
export function totals(chart) {
  return new Map((chart?.series ?? []).map((series) => [series.key, series.counts.reduce((a, b) => a + b, 0)]));
}

/** Events over time, by severity. @param {Histogram} chart @param {(from: Date, to: Date) => void} zoom */
export function histogram({ from, to, widthMillis, series }, zoom) {
  const first = Math.floor(from / widthMillis) * widthMillis;
  const times = (series[0]?.counts ?? []).map((_count, i) => first + i * widthMillis);
  const shown = CLASSES.flatMap((name) => {
    const found = series.find((each) => each.key === name);
    return found && found.counts.some(Boolean) ? [{ name: name === "none" ? "no level" : name, colour: `--${name}-bar`, values: found.counts }] : [];
  });
  return html`<ld-chart kind="bars" label="Events over time, by severity" .height=${104} .times=${times} .series=${shown} .from=${from} .to=${to} .format=${short} @zoom=${(/** @type {CustomEvent} */ event) => zoom(new Date(event.detail.from), new Date(event.detail.to))}></ld-chart>`;
}
