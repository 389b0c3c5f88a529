import { html } from "../vendor/logdash-vendor.js";
import { Part } from "../lib/part.js";

const KEYS = [
  ["/", "to the query"],
  ["Enter", "run; Shift + Enter for a new line"],
  ["Ctrl ↑ ↓", "queries asked before"],
  ["t", "time range"],
  ["l", "follow live, or stop"],
  ["p", "patterns instead of lines, or back"],
  ["j  k", "next and previous row"],
  ["o", "open the row, or close it"],
  ["c", "what happened around the row"],
  ["w", "wrap long lines"],
  ["Esc", "close what is open"],
  ["?", "this sheet"],
];

const QUERIES = [
  ["timeout checkout", "both words, anywhere"],
  ['"connection refused"', "the words one behind the other"],
  ["level:error -service:cart", "severity; what must not be"],
  ["status:>=500", "numbers"],
  ["url.path:/api/*", "patterns"],
  ["service:(cart OR checkout)", "several values"],
  ["error.type:*", "the field is there"],
  ["* | stats count() by service", "a table; also p95(FIELD), bin(5m)"],
  ["level:error | top 10 url.path", "the most frequent values"],
  ["* | stats count() by service | where count > 10", "rows of a table; eval x = count / 60 computes"],
  ['took | extract "took %{ms} ms" | stats max(ms)', "values out of messages"],
];

/** The keys and the query language on one sheet. */
class HelpSheet extends Part {
  open() {
    /** @type {HTMLDialogElement | null} */ (this.querySelector("dialog"))?.showModal();
  }

  render() {
    return html`
      <dialog aria-label="Help" @click=${(/** @type {MouseEvent} */ event) => event.target === event.currentTarget && /** @type {HTMLDialogElement} */ (event.currentTarget).close()}>
        <h2>Keys</h2>
        <div class="keys">${KEYS.map(([key, what]) => html`<span>${key.split(" ").filter(Boolean).map((k) => html`<kbd>${k}</kbd> `)}</span><span>${what}</span>`)}</div>
        <h2 class="below">Queries</h2>
        <div class="keys">${QUERIES.map(([query, what]) => html`<code>${query}</code><span>${what}</span>`)}</div>
        <div class="actions"><form method="dialog"><button class="button">Close</button></form></div>
      </dialog>
    `;
  }
}

customElements.define("ld-help-sheet", HelpSheet);
