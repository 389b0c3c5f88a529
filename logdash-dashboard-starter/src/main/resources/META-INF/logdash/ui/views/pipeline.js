import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, isAbort } from "../lib/api.js";
import { bytes, exactNumber, rate, short, visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { ago, dateTime } from "../lib/time.js";

const REFRESH = 3_000;
const KEPT = 100;

/** Whether logs move: rates, lag, room, what was dropped and why, and what could not be stored. */
class Pipeline extends Part {
  static properties = { params: { attribute: false }, state: { state: true }, letters: { state: true }, failure: { state: true }, rates: { state: true } };

  constructor() {
    super();
    this.params = new URLSearchParams();
    /** @type {any} */
    this.state = null;
    /** @type {any} */
    this.letters = null;
    /** @type {any} */
    this.failure = null;
    /** @type {number[]} */
    this.rates = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.loadLetters();
    this.timer = setInterval(() => {
      if (document.visibilityState === "visible") this.load();
    }, REFRESH);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.aborter?.abort();
  }

  async load() {
    this.aborter?.abort();
    this.aborter = new AbortController();
    try {
      this.state = await get("pipeline", {}, this.aborter.signal);
      this.rates = [...this.rates, this.state.rates.in].slice(-KEPT);
      this.failure = null;
    } catch (failure) {
      if (!isAbort(failure)) this.failure = failure;
    }
  }

  async loadLetters() {
    try {
      this.letters = await get("dead-letters", { limit: 50 });
    } catch {
      this.letters = null;
    }
  }

  render() {
    return html`
      <div class="topbar"><h1>Pipeline</h1><button class="button" title="Ask again" aria-label="Ask again" @click=${() => { this.load(); this.loadLetters(); }}>${icon("refresh")}</button></div>
      <div class="page">
        ${this.failure ? html`<div class="banner error" role="alert"><span class="grow">${this.failure.message} ${this.failure.hint}</span></div>` : nothing}
        ${this.state ? this.renderState() : html`<div class="tiles">${[1, 2, 3, 4].map(() => html`<div class="tile skeleton"></div>`)}</div>`}
        ${this.letters ? this.renderLetters() : nothing}
      </div>
    `;
  }

  renderState() {
    const s = this.state;
    const dropped = s.dropped.reduce((/** @type {number} */ sum, /** @type {any} */ d) => sum + d.count, 0);
    const full = s.spool.bytes / Math.max(1, s.spool.maxBytes);
    return html`
      <div class="tiles">
        <div class="tile"><h3>Coming in</h3><div class="big">${rate(s.rates.in)}</div><p class="muted">${exactNumber(s.totals.records)} records so far</p><ld-sparkline .values=${this.rates}></ld-sparkline></div>
        <div class="tile"><h3>Stored</h3><div class="big">${rate(s.rates.stored)}</div><p class="muted">${exactNumber(s.totals.events)} events so far</p></div>
        <div class="tile ${s.lag.seconds > 30 ? "bad" : ""}"><h3>Behind</h3><div class="big">${s.lag.seconds < 1 ? "< 1 s" : `${short(s.lag.seconds)} s`}</div><p class="muted">${s.lag.records === undefined ? "from line to store" : `${exactNumber(s.lag.records)} records wait`}</p></div>
        <div class="tile ${full > 0.8 ? "bad" : ""}"><h3>Spool</h3><div class="big">${bytes(s.spool.bytes)}</div><p class="muted">of ${bytes(s.spool.maxBytes)}</p><meter min="0" max="1" value=${full}></meter></div>
        <div class="tile ${dropped > 0 ? "bad" : ""}"><h3>Dropped</h3><div class="big">${short(dropped)}</div><p class="muted">${dropped ? s.dropped.map((/** @type {any} */ d) => `${d.reason}: ${exactNumber(d.count)}`).join(", ") : "nothing was dropped"}</p></div>
        <div class="tile ${s.totals.deadLetters > 0 ? "bad" : ""}"><h3>Dead letters</h3><div class="big">${short(s.totals.deadLetters)}</div><p class="muted">could not be understood or stored</p></div>
      </div>
      <section class="panel"><h2>Parts</h2><ul class="parts">${s.parts.map((/** @type {any} */ p) => html`<li><span class="status ${p.ok ? "ok" : "fail"}">${p.ok ? "✓" : "✕"}</span><b>${p.name}</b><span class="muted">${p.ok ? "works" : visible(p.message)}</span></li>`)}</ul><p class="muted">${s.version}, running since ${dateTime(s.since)} (${ago(s.since)})</p></section>
    `;
  }

  renderLetters() {
    const { letters } = this.letters;
    return html`
      <section class="panel">
        <h2>Newest dead letters</h2>
        ${letters.length === 0
          ? html`<p class="muted">There are none. A line that cannot be stored is kept here, as it came, with the reason.</p>`
          : html`<div class="scroll"><table class="grid"><thead><tr><th>When</th><th>Reason</th><th>Source</th><th>Line</th></tr></thead><tbody>${letters.map((/** @type {any} */ l) => html`<tr><td class="nowrap">${dateTime(l.at)}</td><td title=${visible(l.message)}>${visible(l.reason)}</td><td>${visible(l.source)}</td><td class="mono log-cell letter">${visible(l.body)}</td></tr>`)}</tbody></table></div>`}
      </section>
    `;
  }
}

customElements.define("ld-pipeline", Pipeline);
