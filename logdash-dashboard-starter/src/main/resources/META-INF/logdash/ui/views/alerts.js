import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, isAbort, send } from "../lib/api.js";
import { duration, percent, short, visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { ago, dateTime } from "../lib/time.js";
import { change, link } from "../lib/url.js";
import { toast } from "../lib/toast.js";
import "../parts/rule-editor.js";

const REFRESH = 5_000;
const TABS = [
  ["", "Now"],
  ["rules", "Rules"],
  ["history", "History"],
  ["silences", "Silences"],
];

/** What is wrong now, what is watched, what was. */
class Alerts extends Part {
  static properties = {
    params: { attribute: false },
    permissions: { attribute: false },
    alerts: { state: true },
    rules: { state: true },
    channels: { state: true },
    silences: { state: true },
    failure: { state: true },
  };

  constructor() {
    super();
    this.params = new URLSearchParams();
    /** @type {string[]} */
    this.permissions = [];
    /** @type {any[] | null} */
    this.alerts = null;
    /** @type {any[] | null} */
    this.rules = null;
    /** @type {any[]} */
    this.channels = [];
    /** @type {any[] | null} */
    this.silences = null;
    /** @type {any} */
    this.failure = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => {
      if (document.visibilityState === "visible") this.load();
    }, REFRESH);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.aborter?.abort();
  }

  get tab() {
    return this.params.get("tab") ?? "";
  }

  /** @param {string} id */
  ruleName(id) {
    return id ? (this.rules?.find((rule) => rule.id === id)?.name ?? "a rule that was removed") : "every rule";
  }

  get mayChange() {
    return this.permissions.includes("rules");
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (!changed.has("params")) return;
    if (changed.get("params")?.get("tab") !== this.params.get("tab")) this.alerts = null;
    this.load();
  }

  async load() {
    this.aborter?.abort();
    const aborter = new AbortController();
    this.aborter = aborter;
    const signal = aborter.signal;
    try {
      if (this.tab === "rules") this.rules = (await get("rules", {}, signal)).rules;
      else if (this.tab === "silences") [this.silences, this.rules] = await Promise.all([get("silences", {}, signal).then((a) => a.silences), get("rules", {}, signal).then((a) => a.rules)]);
      else if (this.tab === "history") this.alerts = (await get("alerts", { state: "resolved", rule: this.params.get("rule") ?? undefined, limit: 200 }, signal)).alerts;
      else {
        const [firing, pending] = await Promise.all([get("alerts", { state: "firing" }, signal), get("alerts", { state: "pending" }, signal)]);
        this.alerts = [...firing.alerts, ...pending.alerts];
      }
      if (this.tab === "rules" || this.params.get("new") || this.params.get("edit")) this.channels = (await get("channels", {}, signal)).channels;
      this.failure = null;
    } catch (failure) {
      if (!isAbort(failure)) this.failure = failure;
    }
  }

  /** @param {any} alert */
  async silence(alert) {
    try {
      await send("POST", "silences", { rule: alert.ruleId, group: alert.group, until: new Date(Date.now() + 3_600_000).toISOString(), comment: "silenced from the alert" });
      toast("Silent for an hour");
      this.load();
    } catch (failure) {
      toast(failure instanceof Error ? failure.message : String(failure), "error");
    }
  }

  /** @param {any} silence */
  async endSilence(silence) {
    await send("DELETE", `silences/${encodeURIComponent(silence.id)}`).catch((failure) => toast(failure.message, "error"));
    this.load();
  }

  /** @param {any} rule */
  async toggleRule(rule) {
    await send("PUT", `rules/${encodeURIComponent(rule.id)}`, { ...rule, enabled: !rule.enabled }).catch((failure) => toast(failure.message, "error"));
    this.load();
  }

  render() {
    const editing = this.params.get("new") || this.params.get("edit");
    return html`
      <div class="topbar">
        <h1>Alerts</h1>
        ${this.mayChange ? html`<button class="button primary" @click=${() => change({ new: "1", q: "" })}>${icon("plus")}New rule</button>` : nothing}
      </div>
      <nav class="tabs" aria-label="Alerts">${TABS.map(([tab, name]) => html`<a href=${link("alerts", { tab })} data-view aria-current=${this.tab === tab ? "page" : "false"}>${name}</a>`)}</nav>
      <div class="page padded">
        ${this.failure ? html`<div class="banner error" role="alert"><span class="grow">${this.failure.message} ${this.failure.hint}</span></div>` : nothing}
        ${this.tab === "rules" ? this.renderRules() : this.tab === "silences" ? this.renderSilences() : this.renderAlerts()}
      </div>
      ${editing ? html`<ld-rule-editor .id=${this.params.get("edit") ?? ""} .query=${this.params.get("q") ?? ""} .channels=${this.channels} @done=${() => { change({ new: "", edit: "", q: "", tab: "rules" }, { replace: true }); this.load(); }} @cancel=${() => change({ new: "", edit: "", q: "" }, { replace: true })}></ld-rule-editor>` : nothing}
    `;
  }

  renderAlerts() {
    if (!this.alerts) return this.failure ? nothing : html`<div class="panel skeleton block"></div>`;
    if (this.alerts.length === 0) {
      return this.tab === "history"
        ? html`<div class="empty"><h2>Nothing has fired yet</h2><p>When a rule has fired and is well again, it stands here.</p></div>`
        : html`<div class="empty"><h2>All is well</h2><p>No rule fires. A rule is made from a search: ask for what should not happen, then choose <b>Alert</b>.</p><div class="actions"><a class="button" href=${link("explore", { q: "level:>=error" })} data-view>Search for errors</a></div></div>`;
    }
    return html`
      <section class="panel"><div class="scroll"><table class="grid hoverable stacked">
        <thead><tr><th>State</th><th>Rule</th><th>For</th><th class="num">Value</th><th>Since</th>${this.tab === "history" ? html`<th>Until</th>` : nothing}<th>Told</th><th></th></tr></thead>
        <tbody>${this.alerts.map((alert) => this.renderAlert(alert))}</tbody>
      </table></div></section>
    `;
  }

  /** @param {any} alert */
  renderAlert(alert) {
    const groups = Object.entries(alert.group);
    return html`<tr>
      <td><span class="tag ${alert.state}">${alert.state}</span>${alert.silenced ? html` <span class="tag">silent</span>` : nothing}</td>
      <td><b>${visible(alert.rule)}</b> <span class="tag ${alert.severity}">${alert.severity}</span></td>
      <td data-label="For">${groups.length === 0 ? html`<span class="muted">all</span>` : groups.map(([field, value]) => html`<div><span class="muted">${visible(field)}</span> ${visible(value)}</div>`)}</td>
      <td class="num" data-label="Value" title=${visible(alert.condition)}>${alert.measure.kind === "absence" ? html`<span class="muted">nothing comes</span>` : html`${measured(alert.value, alert)} <span class="muted">${alert.op} ${measured(alert.threshold, alert)}</span>`}</td>
      <td class="nowrap" data-label="Since" title=${dateTime(alert.since)}>${ago(alert.since)}</td>
      ${this.tab === "history" ? html`<td class="nowrap" data-label="Until" title=${alert.until ? dateTime(alert.until) : ""}>${alert.until ? ago(alert.until) : "–"}</td>` : nothing}
      <td data-label="Told">${alert.notified.length === 0 ? html`<span class="muted">nobody</span>` : alert.notified.map((/** @type {any} */ n) => this.renderTold(n))}</td>
      <td class="num nowrap">
        <a class="button small" href=${link("explore", { q: alert.query, from: alert.from, to: alert.to ?? undefined, dataset: alert.dataset === "default" ? undefined : alert.dataset })} data-view>Show the lines</a>
        ${this.mayChange && this.tab === "" && !alert.silenced ? html`<button class="button small plain" title="No messages for an hour" @click=${() => this.silence(alert)}>Silence 1 h</button>` : nothing}
      </td>
    </tr>`;
  }

  /** @param {any} told */
  renderTold(told) {
    const sign = { sent: "✓", failed: "✕", held: "∅", silenced: "∅" }[/** @type {"sent"} */ (told.status)] ?? "…";
    const bad = told.status === "failed" || (told.reason && told.status !== "sent");
    return html`<div class=${bad ? "bad" : ""} title="${told.kind}, ${told.status} ${dateTime(told.at)}${told.reason ? `: ${visible(told.reason)}` : ""}"><span aria-hidden="true">${sign}</span> ${visible(told.channel)} <span class="muted">${told.kind}</span></div>`;
  }

  renderRules() {
    if (!this.rules) return html`<div class="panel skeleton block"></div>`;
    if (this.rules.length === 0) return html`<div class="empty"><h2>No rules yet</h2><p>A rule watches a search: how often something happens, how slow it is, or that it stopped.</p>${this.mayChange ? html`<div class="actions"><button class="button primary" @click=${() => change({ new: "1" })}>New rule</button></div>` : nothing}</div>`;
    return html`
      <section class="panel"><div class="scroll"><table class="grid hoverable stacked">
        <thead><tr><th>Rule</th><th>Fires when</th><th>Tells</th><th></th></tr></thead>
        <tbody>${this.rules.map((rule) => html`<tr>
          <td><b>${visible(rule.name)}</b> <span class="tag ${rule.severity}">${rule.severity}</span>${rule.enabled ? nothing : html` <span class="tag">off</span>`}</td>
          <td>${describe(rule)}${rule.problem ? html`<div class="bad">${visible(rule.problem)}</div>` : nothing}</td>
          <td data-label="Tells">${rule.channels.length === 0 ? html`<span class="muted">nobody</span>` : rule.channels.map((/** @type {string} */ id) => html`<div>${visible(this.channels.find((c) => c.id === id)?.name ?? "a channel that was removed")}</div>`)}</td>
          <td class="num nowrap">
            <a class="button small plain" href=${link("alerts", { tab: "history", rule: rule.id })} data-view>History</a>
            ${this.mayChange ? html`<button class="button small plain" @click=${() => this.toggleRule(rule)}>${rule.enabled ? "Turn off" : "Turn on"}</button><button class="button small" @click=${() => change({ edit: rule.id })}>Edit</button>` : nothing}
          </td>
        </tr>`)}</tbody>
      </table></div></section>
    `;
  }

  renderSilences() {
    if (!this.silences) return html`<div class="panel skeleton block"></div>`;
    if (this.silences.length === 0) return html`<div class="empty"><h2>Nothing is silent</h2><p>A silence keeps messages back for a while; the alert itself still shows.</p></div>`;
    return html`<section class="panel"><div class="scroll"><table class="grid"><thead><tr><th>Rule</th><th>Group</th><th>Until</th><th>By</th><th>Why</th><th></th></tr></thead><tbody>${this.silences.map((s) => html`<tr><td>${visible(this.ruleName(s.rule))}</td><td>${Object.entries(s.group ?? {}).map(([f, v]) => `${visible(f)} ${visible(v)}`).join(", ") || "all"}</td><td class="nowrap">${dateTime(s.until)}</td><td>${visible(s.by)}</td><td>${visible(s.comment)}</td><td class="num">${this.mayChange ? html`<button class="button small" @click=${() => this.endSilence(s)}>End it</button>` : nothing}</td></tr>`)}</tbody></table></div></section>`;
  }
}

/** @param {number | null} value @param {any} of */
function measured(value, of) {
  if (value === null) return "–";
  if (of.measure.kind === "ratio") return percent(value);
  if (of.measure.kind === "rate") return `${short(value)} /s`;
  if (of.measure.kind === "percentile" && (of.measure.source === "requests" || of.measure.field === "event.duration")) return duration(value);
  return short(value);
}

/** A rule in words. @param {any} rule */
function describe(rule) {
  const m = rule.measure;
  const what = {
    count: m.source === "requests" ? "the number of requests" : "the number of events",
    rate: m.source === "requests" ? "requests per second" : "events per second",
    ratio: m.source === "requests" ? "the share of failed requests" : "the share of events",
    percentile: m.source === "requests" ? `p${Math.round(m.percentile * 100)} of the duration of requests` : `p${Math.round(m.percentile * 100)} of ${visible(m.field)}`,
    absence: "no event",
  }[/** @type {"count"} */ (m.kind)];
  const matching = rule.query ? html`<code>${visible(rule.query)}</code>` : "";
  const of = m.kind === "ratio" && m.of ? html` among <code>${visible(m.of)}</code>` : nothing;
  const limit = m.kind === "absence" ? "comes" : html`is ${rule.op} ${measured(rule.threshold, rule)}`;
  return html`${what} ${matching}${of} ${limit} in ${rule.window}${rule.for === "0s" ? nothing : html`, for ${rule.for}`}${rule.groupBy.length ? html`, for each ${visible(rule.groupBy.join(", "))}` : nothing}`;
}

customElements.define("ld-alerts", Alerts);
