import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, isAbort, send } from "../lib/api.js";
import { duration, exactNumber, percent, short } from "../lib/format.js";
import { later, Part } from "../lib/part.js";
import { dateTime } from "../lib/time.js";
import { toast } from "../lib/toast.js";
import "./chart.js";

const NEW = {
  id: "",
  name: "",
  query: "level:>=error",
  measure: { kind: "count", source: "events", field: "event.duration", percentile: 0.95, of: "" },
  op: ">",
  threshold: 10,
  window: "5m",
  for: "0s",
  groupBy: ["service.name"],
  severity: "critical",
  channels: [],
  note: "",
  enabled: true,
};

const KINDS = [
  ["count", "number of events"],
  ["rate", "events per second"],
  ["ratio", "share of other events"],
  ["percentile", "percentile of the duration"],
  ["absence", "nothing comes"],
];

/** Makes or changes a rule, and shows when it would have fired. Fires `done` or `cancel`. */
class RuleEditor extends Part {
  static properties = { id: {}, query: {}, channels: { attribute: false }, rule: { state: true }, preview: { state: true }, failure: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.id = "";
    this.query = "";
    /** @type {any[]} */
    this.channels = [];
    /** @type {any} */
    this.rule = null;
    /** @type {any} */
    this.preview = null;
    /** @type {any} */
    this.failure = null;
    this.busy = false;
    this.previewSoon = later(() => this.loadPreview(), 400);
  }

  async firstUpdated() {
    /** @type {HTMLDialogElement} */ (this.querySelector("dialog")).showModal();
    try {
      this.rule = this.id ? (await get(`rules/${encodeURIComponent(this.id)}`)).rule : { ...structuredClone(NEW), query: this.query || NEW.query };
      this.loadPreview();
    } catch (failure) {
      this.failure = failure;
    }
  }

  /** @param {Record<string, any>} changes */
  set(changes) {
    this.rule = { ...this.rule, ...changes };
    this.previewSoon();
  }

  async loadPreview() {
    this.loading?.abort();
    this.loading = new AbortController();
    try {
      this.preview = await previewOf(this.rule);
      this.failure = null;
    } catch (failure) {
      if (!isAbort(failure)) {
        this.preview = null;
        this.failure = failure;
      }
    }
  }

  /** @param {SubmitEvent} event */
  async save(event) {
    event.preventDefault();
    this.busy = true;
    try {
      if (this.rule.id) await send("PUT", `rules/${encodeURIComponent(this.rule.id)}`, this.rule);
      else await send("POST", "rules", this.rule);
      toast("Rule saved");
      this.emit("done");
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
  }

  async removeRule() {
    if (!confirm(`Remove the rule "${this.rule.name}"? Its history stays.`)) return;
    try {
      await send("DELETE", `rules/${encodeURIComponent(this.rule.id)}`);
      toast("Rule removed");
      this.emit("done");
    } catch (failure) {
      this.failure = failure;
    }
  }

  render() {
    return html`
      <dialog class="wide" aria-label="Rule" @cancel=${(/** @type {Event} */ event) => { event.preventDefault(); this.emit("cancel"); }}>
        <h2>${this.id ? "Change the rule" : "New rule"}</h2>
        ${this.failure ? html`<div class="banner error" role="alert"><span class="grow">${this.failure.column ? `Column ${this.failure.column}: ` : ""}${this.failure.message}</span></div>` : nothing}
        ${this.rule ? this.renderForm() : nothing}
      </dialog>
    `;
  }

  renderForm() {
    const rule = this.rule;
    const kind = rule.measure.kind;
    const unit = { percentile: 1e6, ratio: 0.01 }[/** @type {"ratio"} */ (kind)] ?? 1;
    const text = (/** @type {string} */ name) => (/** @type {Event} */ event) => this.set({ [name]: /** @type {HTMLInputElement} */ (event.target).value });
    return html`
      <form class="form" @submit=${this.save}>
        <label class="field"><span>Name</span><input class="input" autofocus required maxlength="120" placeholder="Payment errors" .value=${rule.name} @input=${(/** @type {Event} */ event) => { this.rule = { ...rule, name: /** @type {HTMLInputElement} */ (event.target).value }; }}></label>
        <label class="field"><span>Watch events matching</span><input class="input mono" spellcheck="false" placeholder="all events" .value=${rule.query} @input=${text("query")}></label>
        <div class="row">
          <label class="field"><span>Measure</span><select class="input" @change=${(/** @type {Event} */ event) => this.set({ measure: { ...rule.measure, kind: /** @type {HTMLSelectElement} */ (event.target).value } })}>${KINDS.map(([value, name]) => html`<option value=${value} ?selected=${value === kind}>${name}</option>`)}</select></label>
          ${kind === "absence" ? nothing : html`<label class="field"><span>Of</span><select class="input" @change=${(/** @type {Event} */ event) => this.set({ measure: { ...rule.measure, source: /** @type {HTMLSelectElement} */ (event.target).value } })}>${[["events", "events"], ["requests", "requests, from their statistics"]].map(([value, name]) => html`<option value=${value} ?selected=${value === rule.measure.source}>${name}</option>`)}</select></label>`}
          ${kind === "ratio" && rule.measure.source === "events" ? html`<label class="field"><span>Share of events matching</span><input class="input mono" placeholder="all events" .value=${rule.measure.of ?? ""} @input=${(/** @type {Event} */ event) => this.set({ measure: { ...rule.measure, of: /** @type {HTMLInputElement} */ (event.target).value } })}></label>` : nothing}
          ${kind === "percentile" ? html`<label class="field"><span>Percentile</span><select class="input" @change=${(/** @type {Event} */ event) => this.set({ measure: { ...rule.measure, percentile: Number(/** @type {HTMLSelectElement} */ (event.target).value) } })}>${[0.5, 0.9, 0.95, 0.99].map((p) => html`<option value=${p} ?selected=${p === rule.measure.percentile}>p${p * 100}</option>`)}</select></label>` : nothing}
        </div>
        <div class="row">
          ${kind === "absence" ? nothing : html`
            <label class="field"><span>Is</span><select class="input" @change=${text("op")}>${[">", ">=", "<", "<="].map((op) => html`<option ?selected=${op === rule.op}>${op}</option>`)}</select></label>
            <label class="field"><span>${kind === "percentile" ? "Milliseconds" : kind === "ratio" ? "Per cent" : "Threshold"}</span><input class="input num" type="number" step="any" required .value=${String(rule.threshold / unit)} @input=${(/** @type {Event} */ event) => this.set({ threshold: Number(/** @type {HTMLInputElement} */ (event.target).value) * unit })}></label>`}
          <label class="field"><span>Within</span><input class="input" required .value=${rule.window} @input=${text("window")}></label>
          <label class="field"><span>For at least</span><input class="input" .value=${rule.for} @input=${text("for")}></label>
        </div>
        <div class="row">
          <label class="field"><span>One alert for each</span><input class="input mono" placeholder="service.name" .value=${rule.groupBy.join(", ")} @input=${(/** @type {Event} */ event) => this.set({ groupBy: /** @type {HTMLInputElement} */ (event.target).value.split(",").map((f) => f.trim()).filter(Boolean) })}></label>
          <label class="field"><span>Severity</span><select class="input" @change=${text("severity")}>${["critical", "warning", "info"].map((s) => html`<option ?selected=${s === rule.severity}>${s}</option>`)}</select></label>
        </div>
        ${this.renderPreview()}
        <fieldset class="field channels"><legend>Tell</legend>${this.channels.length === 0 ? html`<p class="muted">There is no channel yet; an administrator makes one under Settings. The alert shows here all the same.</p>` : this.channels.map((c) => html`<label class="check"><input type="checkbox" .checked=${rule.channels.includes(c.id)} @change=${(/** @type {Event} */ event) => this.set({ channels: /** @type {HTMLInputElement} */ (event.target).checked ? [...rule.channels, c.id] : rule.channels.filter((/** @type {string} */ id) => id !== c.id) })}> ${c.name} <span class="muted">${c.kind}</span></label>`)}</fieldset>
        <label class="field"><span>What to do then</span><textarea class="input" rows="2" maxlength="2000" placeholder="Stands in the message. A link to a runbook, whom to call." .value=${rule.note} @input=${(/** @type {Event} */ event) => { this.rule = { ...rule, note: /** @type {HTMLTextAreaElement} */ (event.target).value }; }}></textarea></label>
        <div class="actions">
          ${rule.id ? html`<button type="button" class="button danger" @click=${this.removeRule}>Remove</button><span class="grow"></span>` : nothing}
          <button type="button" class="button" @click=${() => this.emit("cancel")}>Cancel</button>
          <button class="button primary" ?disabled=${this.busy}>Save</button>
        </div>
      </form>
    `;
  }

  renderPreview() {
    const p = this.preview;
    if (!p) return html`<div class="skeleton lines"></div>`;
    const format = { percentile: duration, ratio: percent }[/** @type {"ratio"} */ (this.rule.measure.kind)] ?? short;
    const points = p.points ?? [];
    return html`
      <div class="preview">
        <p>In the last day it would have fired <b>${p.firings.length === 0 ? "never" : `${exactNumber(p.firings.length)} ${p.firings.length === 1 ? "time" : "times"}`}</b>${p.firings.length > 0 ? html`, last at ${dateTime(p.firings.at(-1).from)}` : nothing}.</p>
        ${points.length > 1 ? html`<ld-chart kind="lines" label="Highest value of any group" .height=${110} .times=${points.map((/** @type {any} */ x) => x.time)} .format=${format} .series=${[{ name: "value", colour: "--info-bar", values: points.map((/** @type {any} */ x) => x.value) }, { name: "threshold", colour: "--error-bar", values: points.map(() => this.rule.threshold) }]}></ld-chart>` : nothing}
      </div>
    `;
  }
}

/** @param {any} rule */
function previewOf(rule) {
  return send("POST", "rules/preview", { rule: { ...rule, name: rule.name || "preview" }, from: "1d", to: "now" });
}

customElements.define("ld-rule-editor", RuleEditor);
