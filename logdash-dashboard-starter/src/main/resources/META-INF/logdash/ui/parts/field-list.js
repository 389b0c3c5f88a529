import { html, nothing, repeat } from "../vendor/logdash-vendor.js";
import { get, isAbort } from "../lib/api.js";
import { cut, exactNumber, percent, visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";

const FIRST = ["service.name", "log.level", "log.logger", "http.request.method", "http.response.status_code", "url.path", "http.route", "error.type", "host.hostname", "log.source"];

/**
 * The fields of what was found; a click shows the most frequent values of one.
 *
 * Fires `filter` with {field, value, out} and `column` with the name of a field.
 */
class FieldList extends Part {
  static properties = {
    fields: { attribute: false },
    question: { attribute: false },
    columns: { attribute: false },
    open: { state: true },
    values: { state: true },
    failure: { state: true },
    wanted: { state: true },
  };

  constructor() {
    super();
    /** @type {{field: string, events: number}[]} */
    this.fields = [];
    /** @type {Record<string, string | undefined>} */
    this.question = {};
    /** @type {string[]} */
    this.columns = [];
    this.open = "";
    /** @type {any} */
    this.values = null;
    this.failure = "";
    this.wanted = "";
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("question") && this.open && changed.get("question")) this.load();
  }

  /** @param {string} field */
  toggle(field) {
    this.open = this.open === field ? "" : field;
    this.values = null;
    if (this.open) this.load();
  }

  async load() {
    this.loading?.abort();
    this.loading = new AbortController();
    const field = this.open;
    this.failure = "";
    try {
      const answer = await get("facets", { ...this.question, fields: field, top: 10 }, this.loading.signal);
      if (this.open === field) this.values = answer.fields[0] ?? { values: [], events: 0 };
      this.total = answer.total;
    } catch (failure) {
      if (!isAbort(failure)) this.failure = failure instanceof Error ? failure.message : String(failure);
    }
  }

  render() {
    const wanted = this.wanted.toLowerCase();
    const known = [...this.fields].sort((a, b) => rank(a.field) - rank(b.field) || a.field.localeCompare(b.field)).filter((f) => f.field.toLowerCase().includes(wanted));
    return html`
      <div class="fields-head"><h3>Fields</h3><span class="muted">${this.fields.length || ""}</span></div>
      <input class="input small" type="search" placeholder="Find a field" aria-label="Find a field" .value=${this.wanted} @input=${(/** @type {Event} */ event) => { this.wanted = /** @type {HTMLInputElement} */ (event.target).value; }}>
      <ul class="fields" role="list">
        ${repeat(known, (f) => f.field, (f) => this.renderField(f))}
        ${known.length === 0 && this.fields.length > 0 ? html`<li class="muted pad">No field has this name.</li>` : nothing}
      </ul>
    `;
  }

  /** @param {{field: string, events: number}} item */
  renderField({ field }) {
    const open = this.open === field;
    const shown = this.columns.includes(field);
    return html`
      <li class=${open ? "open" : ""}>
        <div class="field-line">
          <button class="field-name" aria-expanded=${open} title=${field} @click=${() => this.toggle(field)}>${icon(open ? "chevron" : "right")}<span>${visible(field)}</span></button>
          <button class="icon" aria-pressed=${shown} title=${shown ? "Remove the column" : "Show as a column"} aria-label="Column ${field}" @click=${() => this.emit("column", field)}>${icon("column")}</button>
        </div>
        ${open ? this.renderValues(field) : nothing}
      </li>
    `;
  }

  /** @param {string} field */
  renderValues(field) {
    if (this.failure) return html`<p class="pad bad">${this.failure}</p>`;
    if (!this.values) return html`<div class="skeleton lines" aria-label="Loading"></div>`;
    const { values, events } = this.values;
    if (values.length === 0) return html`<p class="pad muted">No value in this range.</p>`;
    const most = values[0].count;
    return html`
      <ol class="values">
        ${values.map(
          (/** @type {{value: string, count: number}} */ { value, count }) => html`
            <li>
              <div class="value-line">
                <button class="value" title="Show only ${visible(value)}" @click=${() => this.emit("filter", { field, value, out: false })}>${value === "" ? html`<i class="muted">no value</i>` : visible(cut(value, 120))}</button>
                <span class="share" title=${exactNumber(count)}>${percent(count / Math.max(1, this.total))}</span>
                <button class="icon" title="Leave out" aria-label="Leave out ${visible(value)}" @click=${() => this.emit("filter", { field, value, out: true })}>${icon("minus")}</button>
              </div>
              <meter min="0" max=${most} value=${count}></meter>
            </li>
          `,
        )}
      </ol>
      <p class="pad muted">${values.length < 10 ? "All values" : "The ten most frequent"} of ${exactNumber(events)} events</p>
    `;
  }
}

/** @param {string} field */
function rank(field) {
  const at = FIRST.indexOf(field);
  return at < 0 ? FIRST.length : at;
}

customElements.define("ld-field-list", FieldList);
