import { classMap, elementScroll, html, nothing, observeElementOffset, observeElementRect, repeat, Virtualizer } from "../vendor/logdash-vendor.js";
import { cut, duration, visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { classOf, sign } from "../lib/severity.js";
import { exact, rowTime } from "../lib/time.js";
import { extras, value } from "../lib/event.js";
import "./event-detail.js";

const ROW = 24;
const MOST_SHOWN = 2_000;
const SHORT_NAMES = new Map([["service.name", "service"], ["http.response.status_code", "status"], ["http.request.method", "method"], ["url.path", "path"], ["log.logger", "logger"], ["event.duration", "took"]]);

/**
 * Events as rows, of which only those in view exist. Opened rows show all of their event.
 *
 * Fires `more` near the end, `scrolled` with whether the first row is in view, and what an opened event fires.
 */
class LogTable extends Part {
  static properties = {
    events: { attribute: false },
    columns: { attribute: false },
    words: { attribute: false },
    wrap: { type: Boolean },
    more: { type: Boolean },
    focused: {},
    opened: { state: true },
    current: { state: true },
  };

  constructor() {
    super();
    /** @type {any[]} */
    this.events = [];
    /** @type {string[]} */
    this.columns = [];
    /** @type {string[]} */
    this.words = [];
    this.wrap = false;
    this.more = false;
    this.focused = "";
    /** @type {Set<string>} */
    this.opened = new Set();
    this.current = "";
    /** @type {any} */
    this.virtual = null;
    this.asked = -1;
  }

  firstUpdated() {
    const scroller = /** @type {HTMLElement} */ (this.querySelector(".rows"));
    this.virtual = new Virtualizer(this.options(scroller));
    this.unmount = this.virtual._didMount();
    this.virtual._willUpdate();
    this.requestUpdate();
    scroller.addEventListener("scroll", () => this.emit("scrolled", scroller.scrollTop < ROW), { passive: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.unmount?.();
  }

  /** @param {HTMLElement} scroller */
  options(scroller) {
    return {
      count: this.events.length,
      getScrollElement: () => scroller,
      estimateSize: () => ROW,
      getItemKey: (/** @type {number} */ i) => this.events[i]?.id ?? i,
      overscan: 20,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.requestUpdate(),
    };
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("focused") && this.focused) {
      this.opened = new Set([this.focused]);
      this.current = this.focused;
    }
    if (changed.has("events")) this.asked = -1;
    if (this.virtual) {
      this.virtual.setOptions(this.options(this.virtual.options.getScrollElement()));
      this.virtual._willUpdate();
      if (changed.has("wrap") || changed.has("columns")) this.virtual.measure();
    }
  }

  updated() {
    if (!this.virtual) return;
    const items = this.virtual.getVirtualItems();
    const [above, below] = /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".spacer"));
    if (above && below) {
      above.style.height = `${items[0]?.start ?? 0}px`;
      below.style.height = `${Math.max(0, this.virtual.getTotalSize() - (items.at(-1)?.end ?? 0))}px`;
    }
    /** @type {HTMLElement} */ (this.querySelector(".log-table")).style.setProperty("--columns", this.columns.map(() => "minmax(90px, 150px)").join(" ") || "0");
    this.querySelectorAll("[data-index]").forEach((row) => this.virtual.measureElement(row));
    const last = items.at(-1)?.index ?? 0;
    if (this.more && last >= this.events.length - 30 && this.asked !== this.events.length) {
      this.asked = this.events.length;
      this.emit("more");
    }
  }

  /** @param {string} id */
  toggle(id) {
    const opened = new Set(this.opened);
    if (!opened.delete(id)) opened.add(id);
    this.opened = opened;
    this.current = id;
  }

  /** Moves to the next row or the one before. @param {number} step */
  move(step) {
    if (this.events.length === 0) return;
    const at = this.events.findIndex((event) => event.id === this.current);
    const next = at < 0 ? 0 : Math.max(0, Math.min(this.events.length - 1, at + step));
    this.current = this.events[next].id;
    this.virtual?.scrollToIndex(next, { align: "auto" });
  }

  openCurrent() {
    if (this.current) this.toggle(this.current);
  }

  currentEvent() {
    return this.events.find((event) => event.id === this.current);
  }

  closeAll() {
    const any = this.opened.size > 0;
    this.opened = new Set();
    return any;
  }

  toTop() {
    this.virtual?.scrollToOffset(0);
  }

  render() {
    const items = this.virtual ? this.virtual.getVirtualItems() : [];
    return html`
      <div class=${classMap({ "log-table": true, wrapped: this.wrap, columned: this.columns.length > 0 })} role="table" aria-label="Log lines" aria-rowcount=${this.events.length}>
        <div class="log-head" role="row">
          <span role="columnheader">Time</span><span role="columnheader">Level</span>
          ${this.columns.map((field) => html`<span role="columnheader" class="column-head" title=${field}><span>${visible(short(field))}</span><button class="icon" title="Remove the column" aria-label="Remove the column ${field}" @click=${() => this.emit("column", field)}>${icon("close")}</button></span>`)}
          <span role="columnheader">Message</span>
        </div>
        <div class="rows" role="rowgroup" tabindex="-1">
          <div class="spacer"></div>
          ${repeat(items, (item) => item.key, (item) => this.renderRow(item.index))}
          <div class="spacer"></div>
        </div>
      </div>
    `;
  }

  /** @param {number} index */
  renderRow(index) {
    const event = this.events[index];
    if (!event) return nothing;
    const kind = classOf(event.severity);
    const opened = this.opened.has(event.id);
    return html`
      <div class=${classMap({ entry: true, opened, current: this.current === event.id, [kind]: true })} data-index=${index}>
        <div class="line" role="row" aria-rowindex=${index + 1} aria-expanded=${opened} tabindex=${this.current === event.id ? 0 : -1} @click=${(/** @type {MouseEvent} */ click) => this.clicked(click, event.id)}>
          <span class="time mono" role="cell" title=${exact(event["@timestamp"])}>${rowTime(event["@timestamp"])}</span>
          <span class="level" role="cell" title=${event.level ?? ""}><i aria-hidden="true">${sign(kind)}</i>${kind === "none" ? cut(visible(event.level ?? ""), 8) : kind}</span>
          ${this.columns.map((field) => html`<span class="cell log-cell mono" role="cell" title=${visible(cut(String(value(event, field)), 300))}>${visible(cut(String(value(event, field)), 300))}</span>`)}
          <span class="message log-cell mono" role="cell">${this.renderMessage(event)}</span>
        </div>
        ${opened ? html`<ld-event-detail .event=${event} @resized=${() => this.requestUpdate()}></ld-event-detail>` : nothing}
      </div>
    `;
  }

  /** @param {MouseEvent} click @param {string} id */
  clicked(click, id) {
    const selection = getSelection();
    if (selection && !selection.isCollapsed && selection.containsNode(/** @type {Node} */ (click.currentTarget), true)) return;
    this.toggle(id);
  }

  /** @param {any} event */
  renderMessage(event) {
    const whole = visible(cut(String(event.message ?? ""), MOST_SHOWN));
    const text = this.wrap ? whole : whole.replace(/\n[\s\S]*/, " …");
    const error = event.attributes?.["error.type"];
    const kind = error && !text.includes(error) ? html` <span class="error-type">${visible(error)}</span>` : nothing;
    const tail = html`${kind}${extras(event, this.columns).map(([name, of]) => html` <span class="extra">${visible(short(name))}=${name === "event.duration" ? duration(of) : visible(Array.isArray(of) ? of.join(", ") : of)}</span>`)}`;
    if (this.words.length === 0) return html`${text}${tail}`;
    const pattern = new RegExp(`(${this.words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\W+")).join("|")})`, "giu");
    return html`${text.split(pattern).map((piece, i) => (i % 2 === 1 ? html`<mark>${piece}</mark>` : piece))}${tail}`;
  }
}

/** @param {string} field */
function short(field) {
  return SHORT_NAMES.get(field) ?? field;
}

customElements.define("ld-log-table", LogTable);
