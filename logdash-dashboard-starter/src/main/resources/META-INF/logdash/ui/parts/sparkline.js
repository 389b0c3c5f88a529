import { html, nothing, svg } from "../vendor/logdash-vendor.js";
import { Part } from "../lib/part.js";

const WIDTH = 96;
const HEIGHT = 20;

/** A number's course in the space of a word. */
class Sparkline extends Part {
  static properties = { values: { attribute: false }, tone: {} };

  constructor() {
    super();
    /** @type {number[]} */
    this.values = [];
    this.tone = "";
  }

  render() {
    if (this.values.length < 2) return nothing;
    const top = Math.max(...this.values, 1e-9);
    const step = WIDTH / (this.values.length - 1);
    const points = this.values.map((value, i) => `${(i * step).toFixed(1)},${(HEIGHT - 1 - (value / top) * (HEIGHT - 3)).toFixed(1)}`);
    return html`<svg class="spark ${this.tone}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${svg`<path class="area" d="M0,${HEIGHT} L${points.join(" L")} L${WIDTH},${HEIGHT} Z"></path><path class="stroke" d="M${points.join(" L")}"></path>`}</svg>`;
  }
}

customElements.define("ld-sparkline", Sparkline);
