import { html, nothing } from "../vendor/logdash-vendor.js";
import { bytes, cut, duration, exactNumber, short, visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { columnName } from "../lib/query.js";
import { copy } from "../lib/toast.js";
import { exact, rowTime } from "../lib/time.js";

const MOST_SHOWN = 300;

/**
 * The table that a query with pipes makes.
 *
 * Fires `sort` with the pipe that orders the rows by a column, and `filter` with the field and value of a cell.
 */
class ResultTable extends Part {
  static properties = {
    table: { attribute: false },
  };

  constructor() {
    super();
    /** @type {{columns: {name: string, type: string, approximate: boolean, field?: string}[], rows: any[][], truncated: boolean, sorted: string}} */
    this.table = { columns: [], rows: [], truncated: false, sorted: "" };
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has("table")) return;
    const { columns, rows } = this.table;
    this.numeric = columns.map((column, i) => column.type !== "time" && rows.some((row) => typeof row[i] === "number") && rows.every((row) => typeof row[i] === "number" || row[i] === null || row[i] === ""));
    this.most = columns.map((column, i) => (column.name === "count" && this.numeric?.[i] ? Math.max(...rows.map((row) => row[i] ?? 0)) : 0));
  }

  csv() {
    const cell = (/** @type {any} */ value) => {
      const text = value === null ? "" : String(value);
      // A spreadsheet takes a text with such a beginning for a formula.
      const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    return [this.table.columns.map((column) => column.name), ...this.table.rows].map((row) => row.map(cell).join(",")).join("\n");
  }

  render() {
    const { columns, rows, truncated } = this.table;
    if (rows.length === 0) return html`<div class="empty"><h2>No rows</h2><p>No event in this span of time has what the table is made of.</p></div>`;
    return html`
      <div class="result-head">
        <span>${exactNumber(rows.length)} ${rows.length === 1 ? "row" : "rows"}${truncated ? html` <span class="warn-text" title="There are more groups or rows than are shown">· not all</span>` : nothing}</span>
        <span class="grow"></span>
        <button class="button small plain" @click=${() => copy(this.csv(), "Table")}>${icon("copy")}Copy as CSV</button>
      </div>
      <div class="result scroll" tabindex="0" role="region" aria-label="Table">
        <table class="grid hoverable">
          <thead><tr>${columns.map((column, i) => this.renderHead(column, i))}</tr></thead>
          <tbody>${rows.map((row) => html`<tr>${row.map((value, i) => this.renderCell(columns[i], value, i))}</tr>`)}</tbody>
        </table>
      </div>
    `;
  }

  /** @param {{name: string, approximate: boolean}} column @param {number} index */
  renderHead(column, index) {
    const name = columnName(column.name);
    const { sorted } = this.table;
    const order = sorted === `-${name}` ? "descending" : sorted === name ? "ascending" : "none";
    const next = order === "descending" ? name : `-${name}`;
    return html`<th class=${this.numeric?.[index] ? "num" : ""} aria-sort=${order} scope="col"><button class="sort" title="Sort by ${visible(column.name)}" @click=${() => this.emit("sort", next)}>${visible(column.name)}${column.approximate ? html`<span class="muted" title="An estimate">≈</span>` : nothing}<i aria-hidden="true">${order === "descending" ? "▼" : order === "ascending" ? "▲" : ""}</i></button></th>`;
  }

  /** @param {{name: string, type: string, field?: string}} column @param {any} value @param {number} index */
  renderCell(column, value, index) {
    if (value === null) return html`<td class=${this.numeric?.[index] ? "num muted" : "muted"} title="No number">–</td>`;
    if (column.type === "time") return html`<td class="nowrap mono" title=${exact(value)}>${rowTime(value)}</td>`;
    if (this.numeric?.[index] && typeof value === "number") {
      return html`<td class="num" title=${value}>${number(column.name, value)}${this.most?.[index] ? html`<meter min="0" max=${this.most[index]} value=${value} aria-hidden="true"></meter>` : nothing}</td>`;
    }
    const text = visible(cut(String(value), MOST_SHOWN));
    if (!column.field || column.field === "message") return html`<td class="mono">${text}</td>`;
    return html`<td class="mono"><button class="value" title="Show the events with ${visible(column.name)} ${text || "missing"}" @click=${() => this.emit("filter", { field: column.field, value, out: false })}>${text || html`<span class="muted">missing</span>`}</button></td>`;
  }
}

/** @param {string} column @param {number} value */
function number(column, value) {
  if (/\bevent\.duration\b/.test(column)) return duration(value);
  if (/\bbytes\)?$/.test(column)) return bytes(value);
  return Number.isInteger(value) ? exactNumber(value) : short(value);
}

customElements.define("ld-result-table", ResultTable);
