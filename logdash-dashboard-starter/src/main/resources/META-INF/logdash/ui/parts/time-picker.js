import { html, nothing } from "../vendor/logdash-vendor.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { DEFAULT_FROM, isUtc, PRESETS, rangeLabel, setUtc, zoneName } from "../lib/time.js";

/** The span of time that all panels show. Fires `range` with {from, to}; an empty `to` is now. */
class TimePicker extends Part {
  static properties = { from: {}, to: {}, shown: { state: true }, bad: { state: true } };

  constructor() {
    super();
    this.from = "";
    this.to = "";
    this.shown = false;
    this.bad = "";
    this.outside = (/** @type {Event} */ event) => {
      if (this.shown && event.target instanceof Node && !this.contains(event.target)) this.shown = false;
    };
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.outside);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.outside);
  }

  toggle() {
    this.shown = !this.shown;
    this.bad = "";
    if (this.shown) this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector("[aria-checked=true], .menu button"))?.focus());
  }

  /** @param {string} from @param {string} to */
  choose(from, to) {
    this.shown = false;
    this.emit("range", { from: from === DEFAULT_FROM && !to ? "" : from, to });
    this.querySelector("button")?.focus();
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const from = String(data.get("from")).trim().replace(/^(\d{4}-\d\d-\d\d) /, "$1T");
    const to = String(data.get("to")).trim().replace(/^(\d{4}-\d\d-\d\d) /, "$1T");
    if (!from) {
      this.bad = "Say where the range starts.";
      return;
    }
    this.choose(from, to === "now" ? "" : to);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.shown = false;
      this.querySelector("button")?.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const buttons = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".menu button")]);
      const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      if (at < 0) return;
      event.preventDefault();
      buttons[(at + (event.key === "ArrowDown" ? 1 : -1) + buttons.length) % buttons.length].focus();
    }
  }

  render() {
    return html`
      <div class="time-picker" @keydown=${this.key}>
        <button class="button" aria-haspopup="dialog" aria-expanded=${this.shown} @click=${this.toggle} title="Time range (t)">${icon("clock")}<span>${rangeLabel(this.from, this.to)}</span>${icon("chevron")}</button>
        ${this.shown ? this.renderPopover() : nothing}
      </div>
    `;
  }

  renderPopover() {
    const current = this.to ? "" : this.from || DEFAULT_FROM;
    return html`
      <div class="popover time-popover" role="dialog" aria-label="Time range">
        <div class="menu" role="menu">
          ${PRESETS.map(([value, name]) => html`<button role="menuitemradio" aria-checked=${value === current} @click=${() => this.choose(value, "")}>${name}<span class="note">${value}</span></button>`)}
        </div>
        <form class="form" @submit=${this.submit}>
          <label class="field"><span>From</span><input class="input mono" name="from" .value=${this.from || DEFAULT_FROM} placeholder="now-1h/h" autocomplete="off"></label>
          <label class="field"><span>To</span><input class="input mono" name="to" .value=${this.to || "now"} placeholder="now" autocomplete="off"></label>
          ${this.bad ? html`<p class="bad">${this.bad}</p>` : nothing}
          <button class="button primary">Show this range</button>
          <p class="hint muted">Like <code>15m</code>, <code>now-1h/h</code>, <code>2026-11-23</code>, <code>2026-11-23T12:30</code> (UTC unless it says a zone), or milliseconds.</p>
          <label class="check"><input type="checkbox" .checked=${isUtc()} @change=${(/** @type {Event} */ event) => { setUtc(/** @type {HTMLInputElement} */ (event.target).checked); this.requestUpdate(); this.emit("zone"); }}> Show times in UTC</label>
          <p class="muted">Times are shown in ${zoneName()}.</p>
        </form>
      </div>
    `;
  }
}

customElements.define("ld-time-picker", TimePicker);
