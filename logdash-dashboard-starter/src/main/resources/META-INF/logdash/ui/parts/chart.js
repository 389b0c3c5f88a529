import { html, nothing, uPlot } from "../vendor/logdash-vendor.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { dateTime, isUtc } from "../lib/time.js";

/**
 * @typedef {{name: string, colour: string, values: (number | null)[]}} Series  colour: a custom property, `--error-bar`
 */

/**
 * A chart over time: stacked bars or lines. Dragging chooses a span; the table button shows the numbers behind.
 *
 * Fires `zoom` with {from, to} in milliseconds.
 */
class Chart extends Part {
  static properties = {
    times: { attribute: false },
    series: { attribute: false },
    kind: {},
    label: {},
    height: { type: Number },
    format: { attribute: false },
    from: { type: Number },
    to: { type: Number },
    asTable: { state: true },
    hovered: { state: true },
  };

  constructor() {
    super();
    /** @type {number[]} milliseconds, the start of each bucket */
    this.times = [];
    /** @type {Series[]} */
    this.series = [];
    this.kind = "lines";
    this.label = "";
    this.height = 120;
    this.format = (/** @type {number} */ n) => String(n);
    this.from = 0;
    this.to = 0;
    this.asTable = false;
    /** @type {number | null} */
    this.hovered = null;
    /** @type {any} */
    this.plot = null;
    // Drawing anew in the middle of a drag would lose what was chosen so far.
    this.dragging = false;
    this.stale = false;
    this.repaint = () => this.draw();
    this.dragEnds = () => setTimeout(() => {
      this.dragging = false;
      if (this.stale) this.draw();
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.resizing = new ResizeObserver(() => {
      const box = this.box;
      if (this.plot && box && box.clientWidth > 0) this.plot.setSize({ width: box.clientWidth, height: this.height });
    });
    window.addEventListener("ld-theme", this.repaint);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", this.repaint);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resizing?.disconnect();
    window.removeEventListener("ld-theme", this.repaint);
    this.dark?.removeEventListener("change", this.repaint);
    document.removeEventListener("mouseup", this.dragEnds);
    window.removeEventListener("blur", this.dragEnds);
    this.dragging = false;
    this.plot?.destroy();
    this.plot = null;
  }

  get box() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".plot"));
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const drawn = ["times", "series", "kind", "height", "from", "to"].some((name) => changed.has(name));
    if (drawn || (changed.has("asTable") && !this.asTable)) this.draw();
  }

  /** @param {string} property */
  colour(property) {
    const probe = /** @type {HTMLElement} */ (this.querySelector(".probe"));
    probe.style.color = `var(${property})`;
    return getComputedStyle(probe).color;
  }

  draw() {
    this.stale = this.dragging;
    if (this.dragging) return;
    const box = this.box;
    if (!box || this.asTable) return;
    this.plot?.destroy();
    this.plot = null;
    box.replaceChildren();
    if (this.times.length === 0) return;
    this.resizing?.disconnect();
    this.resizing?.observe(box);
    const stacked = this.kind === "bars";
    const width = this.times.length > 1 ? this.times[1] - this.times[0] : 1000;
    const x = this.times.map((t) => (stacked ? (t + width / 2) / 1000 : t / 1000));
    const data = stacked ? stack(this.series.map((s) => s.values)) : this.series.map((s) => s.values);
    const order = this.series.map((_, i) => i);
    if (stacked) order.reverse();
    const grid = this.colour("--line");
    const text = this.colour("--text-3");
    const utc = isUtc();
    /** @type {any} */
    const options = {
      width: Math.max(50, box.clientWidth),
      height: this.height,
      legend: { show: false },
      padding: [8, 18, 0, 0],
      tzDate: (/** @type {number} */ seconds) => (utc ? uPlot.tzDate(new Date(seconds * 1000), "UTC") : new Date(seconds * 1000)),
      cursor: { y: false, points: { show: !stacked, size: 6 }, drag: { x: true, y: false, setScale: false } },
      scales: {
        x: { time: true, range: () => [(this.from || this.times[0]) / 1000, (this.to || this.times[this.times.length - 1] + width) / 1000] },
        y: { range: (/** @type {any} */ _u, /** @type {number} */ _min, /** @type {number} */ max) => [0, max > 0 ? max * 1.05 : 1] },
      },
      axes: [
        { stroke: text, grid: { show: false }, ticks: { stroke: grid, width: 1, size: 4 }, font: "11px system-ui, sans-serif", size: 28, gap: 4, space: 90, values: timeTicks(utc) },
        { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif", size: 52, gap: 4, space: 34, values: (/** @type {any} */ _u, /** @type {number[]} */ ticks) => ticks.map((n) => this.format(n)) },
      ],
      series: [
        {},
        ...order.map((i) => ({
          stroke: this.colour(this.series[i].colour),
          fill: stacked ? this.colour(this.series[i].colour) : undefined,
          width: stacked ? 0 : 1.5,
          points: { show: false },
          spanGaps: false,
          paths: stacked ? uPlot.paths.bars?.({ size: [0.86, 60], gap: 0 }) : undefined,
        })),
      ],
      hooks: {
        setCursor: [(/** @type {any} */ u) => { this.hovered = u.cursor.idx ?? null; }],
        setSelect: [(/** @type {any} */ u) => this.selected(u)],
      },
    };
    this.plot = new uPlot(options, [x, ...order.map((i) => data[i])], box);
    this.plot.over.addEventListener("mousedown", (/** @type {MouseEvent} */ event) => {
      if (event.button !== 0) return;
      this.dragging = true;
      document.addEventListener("mouseup", this.dragEnds, { once: true });
      window.addEventListener("blur", this.dragEnds, { once: true });
    });
  }

  /** @param {any} u */
  selected(u) {
    if (u.select.width < 4) return;
    const from = Math.round(u.posToVal(u.select.left, "x") * 1000);
    const to = Math.round(u.posToVal(u.select.left + u.select.width, "x") * 1000);
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (to - from >= 2) this.emit("zoom", { from, to });
  }

  render() {
    return html`
      <div class="chart" role="group" aria-label=${this.label}>
        <span class="probe" aria-hidden="true"></span>
        <div class="chart-head">
          <div class="chart-values" aria-hidden="true">${this.renderValues()}</div>
          <button class="icon" aria-pressed=${this.asTable} title=${this.asTable ? "Show as chart" : "Show the numbers as a table"} aria-label=${this.asTable ? "Show as chart" : "Show the numbers as a table"} @click=${() => { this.asTable = !this.asTable; }}>${icon("table")}</button>
        </div>
        ${this.asTable ? this.renderTable() : html`<div class="plot"></div>`}
      </div>
    `;
  }

  renderValues() {
    const i = this.hovered;
    if (i === null || this.times[i] === undefined) return html`<span class="chart-label">${this.label}</span>${this.series.length > 1 && this.kind !== "bars" ? this.series.map((s) => this.renderKey(s, "")) : nothing}`;
    return html`<span class="chart-label">${dateTime(this.times[i])}</span>${this.series.filter((s) => this.kind !== "bars" || s.values[i]).map((s) => this.renderKey(s, s.values[i] === null || s.values[i] === undefined ? "–" : this.format(/** @type {number} */ (s.values[i]))))}`;
  }

  /** @param {Series} series @param {string} value */
  renderKey(series, value) {
    return html`<span class="key"><i class="swatch ${series.colour.slice(2)}"></i>${series.name}${value ? html` <b>${value}</b>` : nothing}</span>`;
  }

  renderTable() {
    return html`
      <div class="chart-table" tabindex="0">
        <table class="grid">
          <thead><tr><th>Time</th>${this.series.map((s) => html`<th class="num">${s.name}</th>`)}</tr></thead>
          <tbody>${this.times.map((time, i) => html`<tr><td>${dateTime(time)}</td>${this.series.map((s) => html`<td class="num">${s.values[i] === null ? "–" : this.format(/** @type {number} */ (s.values[i]))}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
    `;
  }
}

/** Each series on top of those before. @param {(number | null)[][]} series */
function stack(series) {
  /** @type {number[]} */
  let below = [];
  return series.map((values) => {
    below = values.map((value, i) => (value ?? 0) + (below[i] ?? 0));
    return below;
  });
}

/** @param {boolean} utc */
function timeTicks(utc) {
  const zone = utc ? { timeZone: "UTC" } : {};
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", ...zone });
  const exact = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", ...zone });
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", ...zone });
  const month = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", ...zone });
  return (/** @type {any} */ _u, /** @type {number[]} */ ticks, /** @type {any} */ _axis, /** @type {any} */ _space, /** @type {number} */ step) =>
    ticks.map((seconds, i) => {
      const date = new Date(seconds * 1000);
      if (step >= 28 * 86_400) return month.format(date);
      if (step >= 86_400) return day.format(date);
      const text = (step < 60 ? exact : clock).format(date);
      const newDay = i === 0 ? step >= 3600 : day.format(new Date(ticks[i - 1] * 1000)) !== day.format(date);
      return newDay ? `${day.format(date)} ${text}` : text;
    });
}

customElements.define("ld-chart", Chart);
