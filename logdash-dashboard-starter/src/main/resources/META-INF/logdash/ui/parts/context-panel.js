import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, isAbort } from "../lib/api.js";
import { visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { classOf, sign } from "../lib/severity.js";
import { exact, rowTime } from "../lib/time.js";

const STEP = 20;
const MOST = 200;

/** What stands before and behind an event in its source. Fires `close`. */
class ContextPanel extends Part {
  static properties = { event: { attribute: false }, events: { state: true }, failure: { state: true }, reach: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.event = null;
    /** @type {any[] | null} */
    this.events = null;
    this.failure = "";
    this.reach = STEP;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("event")) {
      this.reach = STEP;
      this.events = null;
      this.load();
    }
  }

  async load() {
    this.loading?.abort();
    this.loading = new AbortController();
    this.failure = "";
    try {
      const answer = await get(`context/${encodeURIComponent(this.event.id)}`, { before: this.reach, after: this.reach }, this.loading.signal);
      const first = this.events === null;
      this.events = answer.events;
      if (first) {
        await this.updateComplete;
        this.querySelector(".here")?.scrollIntoView({ block: "center" });
      }
    } catch (failure) {
      if (!isAbort(failure)) this.failure = failure instanceof Error ? failure.message : String(failure);
    }
  }

  widen() {
    this.reach = Math.min(MOST, this.reach * 2);
    this.load();
  }

  render() {
    return html`
      <aside class="context" aria-label="Around this event">
        <header>
          <h2>Around this event</h2>
          <span class="muted ellipsis">${visible(this.event.source ?? "")}</span>
          <span class="grow"></span>
          <button class="button small" ?disabled=${this.reach >= MOST} @click=${this.widen}>More lines</button>
          <button class="icon" title="Close (Esc)" aria-label="Close" @click=${() => this.emit("close")}>${icon("close")}</button>
        </header>
        ${this.failure ? html`<p class="banner error">${this.failure}</p>` : nothing}
        <div class="context-lines">
          ${this.events === null && !this.failure
            ? html`<div class="skeleton lines"></div>`
            : (this.events ?? []).map((event) => {
                const kind = classOf(event.severity);
                return html`<div class="context-line ${kind} ${event.id === this.event.id ? "here" : ""}"><span class="time mono" title=${exact(event["@timestamp"])}>${rowTime(event["@timestamp"])}</span><i class="level" aria-label=${kind}>${sign(kind)}</i><span class="log-cell mono">${visible(event.message)}</span></div>`;
              })}
        </div>
      </aside>
    `;
  }
}

customElements.define("ld-context-panel", ContextPanel);
