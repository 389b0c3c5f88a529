import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, send } from "../lib/api.js";
import { visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { rangeLabel } from "../lib/time.js";
import { toast } from "../lib/toast.js";
import { go } from "../lib/url.js";

const KEPT = ["q", "from", "to", "cols", "sort", "wrap", "dataset"];

/** A menu of the searches that somebody keeps, and the way to keep the one at hand. */
class SavedSearches extends Part {
  static properties = { params: { attribute: false }, searches: { state: true }, shown: { state: true } };

  constructor() {
    super();
    this.params = new URLSearchParams();
    /** @type {any[] | null} */
    this.searches = null;
    this.shown = false;
    this.openings = 0;
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

  async toggle() {
    this.shown = !this.shown;
    if (!this.shown) return;
    this.openings++;
    await this.run(() => get("saved-searches"));
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector(".menu button, input"))?.focus();
  }

  /** @param {() => Promise<any>} work */
  async run(work) {
    try {
      this.searches = (await work()).searches;
      return true;
    } catch (failure) {
      toast(failure instanceof Error ? failure.message : String(failure), "error");
      return false;
    }
  }

  /** @param {SubmitEvent} event */
  async save(event) {
    event.preventDefault();
    const name = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("name"));
    const params = Object.fromEntries(KEPT.flatMap((key) => (this.params.get(key) ? [[key, this.params.get(key)]] : [])));
    const opening = this.openings;
    if (await this.run(() => send("POST", "saved-searches", { name, params }))) {
      // What was closed and opened again meanwhile is not for this answer to close.
      if (this.shown && opening === this.openings) this.close();
      toast(`Kept as "${name}"`);
    }
  }

  close() {
    this.shown = false;
    this.querySelector("button")?.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape" && this.shown) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  render() {
    return html`
      <div class="saved" @keydown=${this.key}>
        <button class="button small plain brief" aria-haspopup="dialog" aria-expanded=${this.shown} title="Searches that you keep" @click=${this.toggle}>${icon("star")}Saved</button>
        ${this.shown ? this.renderPopover() : nothing}
      </div>
    `;
  }

  renderPopover() {
    const searches = [...(this.searches ?? [])].sort((a, b) => a.name.localeCompare(b.name));
    return html`
      <div class="popover saved-popover" role="dialog" aria-label="Saved searches">
        <div class="menu">
          ${searches.length === 0 ? html`<p class="muted">${this.searches ? "None yet." : "…"}</p>` : nothing}
          ${searches.map(
            (search) => html`<div class="saved-line">
              <button title=${visible(search.params.q ?? "")} @click=${() => { this.close(); go("explore", search.params); }}><span class="ellipsis">${visible(search.name)}</span><span class="note">${rangeLabel(search.params.from ?? "", search.params.to ?? "")}</span></button>
              <button class="icon" title="Remove" aria-label="Remove ${visible(search.name)}" @click=${() => this.run(() => send("DELETE", `saved-searches/${encodeURIComponent(search.id)}`))}>${icon("close")}</button>
            </div>`,
          )}
        </div>
        <form @submit=${this.save}><input class="input" name="name" required maxlength="100" placeholder="Keep this search as…" aria-label="Name of this search" autocomplete="off"><button class="button">Keep</button></form>
      </div>
    `;
  }
}

customElements.define("ld-saved-searches", SavedSearches);
