import { html, nothing } from "../vendor/logdash-vendor.js";
import { visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { address } from "../lib/api.js";
import { exact, ago } from "../lib/time.js";
import { link } from "../lib/url.js";
import { copy } from "../lib/toast.js";
import { flatten } from "../lib/event.js";

const TEXTS = new Set(["message", "error.stack_trace"]);
const FRAMES_SHOWN = 12;

/**
 * All of one event.
 *
 * Fires `filter` with {field, value, out}, `column` with a field, and `context` with the event.
 */
class EventDetail extends Part {
  static properties = { event: { attribute: false }, whole: { state: true }, plain: { type: Boolean } };

  constructor() {
    super();
    /** @type {any} */
    this.event = null;
    this.whole = false;
    this.plain = false;
  }

  permalink() {
    const time = Date.parse(this.event["@timestamp"]);
    const around = { from: new Date(time - 300_000).toISOString(), to: new Date(time + 300_000).toISOString() };
    return new URL(link("explore", { ...around, event: this.event.id }), document.baseURI).href;
  }

  render() {
    const event = this.event;
    const fields = flatten(event).filter(([name]) => !TEXTS.has(name));
    const trace = event["trace.id"];
    return html`
      <div class="detail">
        <div class="detail-actions">
          <button class="button small" @click=${() => this.emit("context", event)} title="What happened around it in the same source (c)">${icon("context")}Around this</button>
          ${trace ? html`<button class="button small" @click=${() => this.emit("filter", { field: "trace.id", value: trace, out: false })}>Whole trace</button>` : nothing}
          <button class="button small" @click=${() => copy(this.permalink(), "Link")}>${icon("link")}Copy link</button>
          <button class="button small" @click=${() => copy(JSON.stringify(event, null, 2), "JSON")}>${icon("copy")}Copy JSON</button>
          <span class="muted">${exact(event["@timestamp"])} · ${ago(event["@timestamp"])}</span>
        </div>
        <pre class="log-cell">${visible(event.message)}</pre>
        ${event.attributes?.["error.stack_trace"] ? this.renderTrace(String(event.attributes["error.stack_trace"])) : nothing}
        <table class="attributes">
          <tbody>
            ${fields.map(
              ([field, value]) => html`
                <tr>
                  <th scope="row">${visible(field)}</th>
                  <td class="log-cell">${Array.isArray(value) ? value.map((v) => html`<div>${visible(v)}</div>`) : visible(value)}</td>
                  <td class="attribute-actions">
                    ${Array.isArray(value) || field === "@timestamp" ? nothing : html`
                      <button class="icon" title="Show only this value" aria-label="Show only ${field} ${visible(value)}" @click=${() => this.emit("filter", { field, value, out: false })}>${icon("plus")}</button>
                      <button class="icon" title="Leave this value out" aria-label="Leave out ${field} ${visible(value)}" @click=${() => this.emit("filter", { field, value, out: true })}>${icon("minus")}</button>`}
                    <button class="icon" title="Show or hide the column" aria-label="Column ${field}" @click=${() => this.emit("column", field)}>${icon("column")}</button>
                  </td>
                </tr>
              `,
            )}
          </tbody>
        </table>
        <p class="muted"><a href=${address(`api/v1/event/${encodeURIComponent(event.id)}`).pathname}>The event as the API gives it</a></p>
      </div>
    `;
  }

  /** @param {string} trace */
  renderTrace(trace) {
    const lines = trace.split("\n");
    const shown = this.whole ? lines : lines.slice(0, FRAMES_SHOWN);
    return html`
      <pre class="log-cell trace">${shown.map((line) => html`<span class=${/^(Caused by|Suppressed)|^\S/.test(line) ? "head" : "at"}>${visible(line)}\n</span>`)}</pre>
      ${lines.length > FRAMES_SHOWN ? html`<button class="button small plain" @click=${() => { this.whole = !this.whole; this.emit("resized"); }}>${this.whole ? "Show less" : `Show all ${lines.length} lines`}</button>` : nothing}
    `;
  }
}

customElements.define("ld-event-detail", EventDetail);
