import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, isAbort } from "../lib/api.js";
import { duration, exactNumber, percent, rate, short, visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { clause } from "../lib/query.js";
import { change, link } from "../lib/url.js";
import "../parts/chart.js";
import "../parts/sparkline.js";
import "../parts/time-picker.js";

const REFRESH = 10_000;

/** How services do, from statistics: all of them, or one in detail. */
class Overview extends Part {
  static properties = { params: { attribute: false }, services: { state: true }, series: { state: true }, routes: { state: true }, failure: { state: true } };

  constructor() {
    super();
    this.params = new URLSearchParams();
    /** @type {any} */
    this.services = null;
    /** @type {any} */
    this.series = null;
    /** @type {any} */
    this.routes = null;
    /** @type {any} */
    this.failure = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => {
      if (document.visibilityState === "visible" && !this.params.get("to")) this.load();
    }, REFRESH);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.aborter?.abort();
  }

  get service() {
    return this.params.get("service") ?? "";
  }

  get range() {
    return { from: this.params.get("from") || "1h", to: this.params.get("to") ?? undefined };
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (!changed.has("params")) return;
    if (changed.get("params")?.get("service") !== this.params.get("service")) {
      this.series = null;
      this.routes = null;
    }
    this.load();
  }

  async load() {
    this.aborter?.abort();
    const aborter = new AbortController();
    this.aborter = aborter;
    try {
      const question = { ...this.range, service: this.service || undefined };
      const [services, series, routes] = await Promise.all([
        get("rollups/services", this.range, aborter.signal),
        get("rollups/series", question, aborter.signal),
        get("rollups/routes", { ...question, top: 20 }, aborter.signal),
      ]);
      this.services = services;
      this.series = series;
      this.routes = routes;
      this.failure = null;
    } catch (failure) {
      if (!isAbort(failure)) this.failure = failure;
    }
  }

  /** @param {string} query */
  logs(query) {
    return link("explore", { q: query, from: this.range.from, to: this.range.to });
  }

  render() {
    return html`
      <div class="topbar">
        <h1>${this.service ? html`<a href=${link("overview", { from: this.params.get("from") ?? "", to: this.params.get("to") ?? "" })} data-view>Overview</a> <span class="muted">/</span> ${visible(this.service)}` : "Overview"}</h1>
        ${this.service ? html`<a class="button" href=${this.logs(clause("service.name", this.service))} data-view>${icon("search")}Logs</a>` : nothing}
        <ld-time-picker .from=${this.range.from} .to=${this.params.get("to") ?? ""} @range=${(/** @type {CustomEvent} */ event) => change({ from: event.detail.from || "15m", to: event.detail.to })} @zone=${() => this.requestUpdate()}></ld-time-picker>
        <button class="button" title="Ask again" aria-label="Ask again" @click=${() => this.load()}>${icon("refresh")}</button>
      </div>
      <div class="page">
        ${this.failure ? html`<div class="banner error" role="alert"><span class="grow">${this.failure.message} ${this.failure.hint}</span><button class="button small" @click=${() => this.load()}>Try again</button></div>` : nothing}
        ${this.services ? this.renderBody() : html`<div class="tiles">${[1, 2, 3, 4].map(() => html`<div class="tile skeleton"></div>`)}</div><div class="panel skeleton block"></div>`}
      </div>
    `;
  }

  renderBody() {
    const { services } = this.services;
    if (services.length === 0) {
      return html`<div class="empty"><h2>No statistics in this span of time</h2><p>They are kept for every service that logs, far longer than its lines. Send some logs, or look at a longer span.</p><div class="actions"><button class="button" @click=${() => change({ from: "7d", to: "" })}>Look at 7 days</button></div></div>`;
    }
    return html`${this.renderTiles()}${this.renderCharts()}${this.service ? nothing : this.renderServices(services)}${this.renderRoutes()}`;
  }

  renderTiles() {
    const { from, to, services } = this.services;
    const chosen = this.service ? services.filter((/** @type {any} */ s) => s.service === this.service) : services;
    const seconds = Math.max(1, (to - from) / 1000);
    const sum = (/** @type {(s: any) => number} */ of) => chosen.reduce((/** @type {number} */ total, /** @type {any} */ s) => total + of(s), 0);
    const events = sum((s) => s.events);
    const errors = sum((s) => s.errors);
    const requests = sum((s) => s.requests?.count ?? 0);
    const failed = sum((s) => s.requests?.errors ?? 0);
    const worst = Math.max(...chosen.map((/** @type {any} */ s) => s.requests?.p99 ?? 0));
    return html`
      <div class="tiles">
        ${this.tile("Events", rate(events / seconds), `${exactNumber(events)} in all`, this.series?.events)}
        ${this.tile("Error events", percent(errors / Math.max(1, events)), `${exactNumber(errors)} errors`, this.series?.errors, errors > 0 ? "bad" : "")}
        ${this.tile("Requests", requests ? rate(requests / seconds) : "–", requests ? `${exactNumber(requests)} in all` : "no requests logged", this.series?.requests)}
        ${this.tile("Failed requests", requests ? percent(failed / requests) : "–", requests ? `${exactNumber(failed)} with status 500 or above` : "", this.series?.requestErrors, failed > 0 ? "bad" : "")}
        ${this.tile(this.service ? "p99" : "Slowest p99", worst ? duration(worst) : "–", this.service || !worst ? "" : "of any service", this.series?.p99?.map((/** @type {any} */ v) => v ?? 0))}
      </div>
    `;
  }

  /** @param {string} name @param {string} value @param {string} note @param {number[]} [values] @param {string} [tone] */
  tile(name, value, note, values, tone = "") {
    return html`<div class="tile ${tone}"><h3>${name}</h3><div class="big">${value}</div><p class="muted">${note}</p>${values ? html`<ld-sparkline .values=${values} tone=${tone}></ld-sparkline>` : nothing}</div>`;
  }

  renderCharts() {
    const s = this.series;
    if (!s) return nothing;
    const zoom = (/** @type {CustomEvent} */ event) => change({ from: new Date(event.detail.from).toISOString(), to: new Date(event.detail.to).toISOString() });
    const perSecond = (/** @type {number[]} */ counts) => counts.map((n) => n / (s.widthMillis / 1000));
    const fine = s.events.map((/** @type {number} */ n, /** @type {number} */ i) => n - s.errors[i]);
    const measured = s.p99.some((/** @type {any} */ v) => v !== null);
    return html`
      <div class="charts">
        <section class="panel"><ld-chart kind="bars" titled label="Events per second" .height=${170} .times=${s.times} .from=${s.from} .to=${s.to} .format=${short} @zoom=${zoom} .series=${[{ name: "errors", colour: "--error-bar", values: perSecond(s.errors) }, { name: "other", colour: "--info-bar", values: perSecond(fine) }]}></ld-chart></section>
        ${measured ? html`<section class="panel"><ld-chart kind="lines" titled label="Response time" .height=${170} .times=${s.times} .from=${s.from} .to=${s.to} .format=${duration} @zoom=${zoom} .series=${[{ name: "p99", colour: "--error-bar", values: s.p99 }, { name: "p95", colour: "--warn-bar", values: s.p95 }, { name: "p50", colour: "--info-bar", values: s.p50 }]}></ld-chart></section>` : nothing}
      </div>
    `;
  }

  /** @param {any[]} services */
  renderServices(services) {
    const seconds = Math.max(1, (this.services.to - this.services.from) / 1000);
    return html`
      <section class="panel">
        <h2>Services</h2>
        <div class="scroll"><table class="grid hoverable">
          <thead><tr><th>Service</th><th>Events</th><th class="num">Rate</th><th class="num">Errors</th><th class="num">Requests</th><th class="num">Failed</th><th class="num">p50</th><th class="num">p95</th><th class="num">p99</th></tr></thead>
          <tbody>${services.map((s) => {
            const bad = s.errors / Math.max(1, s.events);
            const r = s.requests;
            return html`<tr>
              <td><a href=${link("overview", { service: s.service, from: this.params.get("from") ?? "", to: this.params.get("to") ?? "" })} data-view><b>${s.service ? visible(s.service) : "(no service)"}</b></a></td>
              <td><ld-sparkline .values=${s.series}></ld-sparkline></td>
              <td class="num" title="${exactNumber(s.events)} events">${rate(s.events / seconds)}</td>
              <td class="num ${bad > 0.01 ? "bad" : ""}" title="${exactNumber(s.errors)} errors"><a href=${this.logs(`${s.service ? `${clause("service.name", s.service)} ` : ""}level:>=error`)} data-view>${percent(bad)}</a></td>
              <td class="num">${r ? rate(r.count / seconds) : "–"}</td>
              <td class="num ${r && r.errors / Math.max(1, r.count) > 0.01 ? "bad" : ""}">${r ? percent(r.errors / Math.max(1, r.count)) : "–"}</td>
              <td class="num">${duration(r?.p50)}</td><td class="num">${duration(r?.p95)}</td><td class="num">${duration(r?.p99)}</td>
            </tr>`;
          })}</tbody>
        </table></div>
      </section>
    `;
  }

  renderRoutes() {
    const routes = this.routes?.routes ?? [];
    if (routes.length === 0) return nothing;
    const seconds = Math.max(1, (this.services.to - this.services.from) / 1000);
    return html`
      <section class="panel">
        <h2>Busiest routes</h2>
        <div class="scroll"><table class="grid hoverable">
          <thead><tr>${this.service ? nothing : html`<th>Service</th>`}<th>Route</th><th class="num">Requests</th><th class="num">Failed</th><th class="num">p50</th><th class="num">p95</th><th class="num">p99</th></tr></thead>
          <tbody>${routes.map((/** @type {any} */ r) => html`<tr>
            ${this.service ? nothing : html`<td>${visible(r.service)}</td>`}
            <td class="mono"><span class="method">${visible(r.method)}</span> ${visible(r.route)}</td>
            <td class="num" title=${exactNumber(r.count)}>${rate(r.count / seconds)}</td>
            <td class="num ${r.errors / Math.max(1, r.count) > 0.01 ? "bad" : ""}" title="${exactNumber(r.errors)} failed">${percent(r.errors / Math.max(1, r.count))}</td>
            <td class="num">${duration(r.p50)}</td><td class="num">${duration(r.p95)}</td><td class="num">${duration(r.p99)}</td>
          </tr>`)}</tbody>
        </table></div>
        ${this.routes.others ? html`<p class="muted">and ${exactNumber(this.routes.others)} more</p>` : nothing}
      </section>
    `;
  }
}

customElements.define("ld-overview", Overview);
