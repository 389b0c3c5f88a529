import { html, live, nothing } from "../vendor/logdash-vendor.js";
import { get, isAbort } from "../lib/api.js";
import { icon } from "../lib/icons.js";
import { later, Part } from "../lib/part.js";
import { columnName, fieldName, literal, PIPES, wordAt } from "../lib/query.js";
import { exactNumber } from "../lib/format.js";

const HISTORY_KEY = "logdash.queries";
const MOST_HISTORY = 50;

/**
 * The query and its completion. Enter always runs what stands there; completion is taken by Tab or by choosing.
 *
 * Fires `run` with the text.
 */
class QueryBox extends Part {
  static properties = {
    value: {},
    error: { attribute: false },
    range: { attribute: false },
    fields: { attribute: false },
    text: { state: true },
    options: { state: true },
    chosen: { state: true },
  };

  constructor() {
    super();
    this.value = "";
    this.text = "";
    /** @type {any} */
    this.error = null;
    /** @type {{from?: string, to?: string}} */
    this.range = {};
    /** @type {{field: string, events: number}[]} */
    this.fields = [];
    /** @type {{text: string, note: string}[]} */
    this.options = [];
    this.chosen = -1;
    this.past = -1;
    this.suggestSoon = later(() => this.suggest(), 150);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("value")) this.text = this.value;
  }

  updated() {
    const area = this.area;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 132)}px`;
  }

  get area() {
    return /** @type {HTMLTextAreaElement | null} */ (this.querySelector("textarea"));
  }

  focus() {
    this.area?.focus();
  }

  run() {
    this.close();
    const query = this.text.trim();
    if (query) {
      const past = [query, ...history().filter((other) => other !== query)].slice(0, MOST_HISTORY);
      localStorage.setItem(HISTORY_KEY, JSON.stringify(past));
    }
    this.past = -1;
    this.emit("run", query);
  }

  close() {
    this.options = [];
    this.chosen = -1;
    this.suggesting?.abort();
  }

  /** @param {Event} event */
  input(event) {
    this.text = /** @type {HTMLTextAreaElement} */ (event.target).value;
    this.suggestSoon();
  }

  async suggest() {
    this.suggesting?.abort();
    const area = this.area;
    const word = area && document.activeElement === area ? wordAt(this.text, area.selectionEnd) : null;
    if (!word || ((word.kind === "field" || word.kind === "column") && !word.prefix)) {
      this.close();
      return;
    }
    const prefix = word.prefix.replace(/^"/, "").toLowerCase();
    if (word.kind === "pipe") {
      this.offer(PIPES.filter(([name]) => name.startsWith(prefix) && name !== prefix).map(([name, note]) => ({ text: `${name} `, note })));
      return;
    }
    if (word.kind === "column") {
      this.offer(this.fields.filter((f) => f.field.toLowerCase().includes(prefix)).slice(0, 8).map((f) => ({ text: columnName(f.field), note: `${exactNumber(f.events)} in the sample` })));
      return;
    }
    if (word.kind === "field") {
      this.offer(this.fields.filter((f) => f.field.toLowerCase().includes(prefix)).slice(0, 8).map((f) => ({ text: `${fieldName(f.field)}:`, note: `${exactNumber(f.events)} in the sample` })));
      return;
    }
    this.suggesting = new AbortController();
    try {
      const answer = await get("facets", { ...this.range, fields: word.field.replaceAll("\\", ""), top: 20 }, this.suggesting.signal);
      const values = answer.fields[0]?.values ?? [];
      this.offer(values.filter((/** @type {any} */ v) => v.value !== "" && v.value.toLowerCase().includes(prefix)).slice(0, 8).map((/** @type {any} */ v) => ({ text: literal(v.value), note: exactNumber(v.count) })));
    } catch (failure) {
      if (!isAbort(failure)) this.close();
    }
  }

  /** @param {{text: string, note: string}[]} options */
  offer(options) {
    this.options = options;
    this.chosen = -1;
  }

  /** @param {number} index */
  take(index) {
    const area = this.area;
    if (!area) return;
    const word = wordAt(this.text, area.selectionEnd);
    const taken = this.options[index];
    if (!word || !taken) return;
    const after = this.text.slice(area.selectionEnd);
    const head = this.text.slice(0, word.start) + taken.text + (word.kind === "value" && !after.startsWith(" ") ? " " : "");
    this.text = head + after;
    this.close();
    this.updateComplete.then(() => {
      area.focus();
      area.setSelectionRange(head.length, head.length);
      if (word.kind === "field") this.suggest();
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const open = this.options.length > 0;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open && this.chosen >= 0) this.take(this.chosen);
      else this.run();
    } else if (event.key === "Tab" && open) {
      event.preventDefault();
      this.take(Math.max(0, this.chosen));
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (open) this.close();
      else this.area?.blur();
    } else if ((event.ctrlKey || event.metaKey) && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.recall(event.key === "ArrowUp" ? 1 : -1);
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.chosen = (this.chosen + step + this.options.length) % this.options.length;
    }
  }

  /** @param {number} step */
  recall(step) {
    const past = history();
    this.past = Math.max(-1, Math.min(past.length - 1, this.past + step));
    this.text = this.past < 0 ? this.value : past[this.past];
    this.close();
  }

  render() {
    const open = this.options.length > 0;
    return html`
      <div class="query">
        <span class="lens">${icon("search")}</span>
        <textarea class="input mono" rows="1" spellcheck="false" autocapitalize="off" autocomplete="off" placeholder="Search: words, &quot;a phrase&quot;, field:value, level:error, status:>=500"
          role="combobox" aria-label="Query" aria-expanded=${open} aria-controls="query-options" aria-autocomplete="list" aria-invalid=${this.error ? "true" : "false"}
          aria-activedescendant=${this.chosen >= 0 ? `query-option-${this.chosen}` : nothing}
          .value=${live(this.text)} @input=${this.input} @keydown=${this.key} @blur=${() => setTimeout(() => this.close(), 150)}></textarea>
        ${this.text ? html`<button class="icon wipe" title="Clear the query" aria-label="Clear the query" @click=${() => { this.text = ""; this.run(); this.focus(); }}>${icon("close")}</button>` : nothing}
        <div id="query-options" class="popover menu" role="listbox" ?hidden=${!open}>
          ${this.options.map(
            (option, i) => html`<div role="option" id="query-option-${i}" aria-selected=${i === this.chosen} @mousedown=${(/** @type {Event} */ event) => { event.preventDefault(); this.take(i); }}><code>${option.text}</code><span class="note">${option.note}</span></div>`,
          )}
        </div>
      </div>
      ${this.error ? this.renderError() : nothing}
    `;
  }

  renderError() {
    const { message, column, hint } = this.error;
    return html`
      <div class="query-error" role="alert">
        ${column ? html`<pre>${this.value.replace(/\s/g, " ")}\n${" ".repeat(Math.max(0, column - 1))}^</pre>` : nothing}
        <p>${column ? `Column ${column}: ` : ""}${message}${hint ? html` <span class="muted">${hint}</span>` : nothing}</p>
      </div>
    `;
  }
}

/** @returns {string[]} */
function history() {
  try {
    return JSON.parse(localStorage.getItem(HISTORY_KEY) || "[]");
  } catch {
    return [];
  }
}

customElements.define("ld-query-box", QueryBox);
