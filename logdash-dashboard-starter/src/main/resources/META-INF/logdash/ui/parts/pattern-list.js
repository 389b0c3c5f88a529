import { html, nothing, repeat } from "../vendor/logdash-vendor.js";
import { get, isAbort } from "../lib/api.js";
import { cut, exactNumber, percent, short, visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { sign } from "../lib/severity.js";
import { exact, rowTime } from "../lib/time.js";
import { change } from "../lib/url.js";

const LIMIT = 200;
const MOST_SHOWN = 400;
const SLOW = 1_000;
const SLOTS = {
  message: /(<(?:num|hex|ip|mac|uuid|path|url|email|name|time|quoted|id|\*)>)/,
  template: /(\{\w*\})/,
  request: /(\{\w+\})/,
};

/**
 * The statements behind the events of a question, the most frequent first.
 *
 * Fires `show` with the query of the events of one, and `narrow` with a condition for the query.
 */
class PatternList extends Part {
  static properties = {
    question: { attribute: false },
    turn: { attribute: false },
    answer: { state: true },
    failure: { state: true },
    loading: { state: true },
    slow: { state: true },
  };

  constructor() {
    super();
    /** @type {Record<string, string | undefined>} */
    this.question = {};
    /** Another number asks again. */
    this.turn = 0;
    /** @type {any} */
    this.answer = null;
    /** @type {any} */
    this.failure = null;
    this.loading = false;
    this.slow = false;
    this.asked = "";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop();
    this.asked = "";
  }

  stop() {
    this.aborter?.abort();
    clearTimeout(this.timer);
    this.loading = false;
    this.slow = false;
  }

  willUpdate() {
    const asked = JSON.stringify([this.question, this.turn]);
    if (asked === this.asked) return;
    this.asked = asked;
    this.ask();
  }

  async ask() {
    this.stop();
    const aborter = new AbortController();
    this.aborter = aborter;
    this.loading = true;
    this.failure = null;
    this.timer = setTimeout(() => {
      this.slow = true;
    }, SLOW);
    try {
      this.answer = await get("patterns", { ...this.question, limit: LIMIT }, aborter.signal);
    } catch (failure) {
      if (isAbort(failure)) return;
      this.failure = failure;
    }
    clearTimeout(this.timer);
    this.loading = false;
    this.slow = false;
  }

  render() {
    return html`
      ${this.slow ? html`<div class="banner" role="status"><span class="grow">Reading the patterns takes longer than usual…</span><button class="button small" @click=${() => this.stop()}>Cancel</button></div>` : nothing}
      ${this.renderAnswer()}
    `;
  }

  renderAnswer() {
    // What is wrong with the query itself is said below the query.
    if (this.failure?.column) return nothing;
    if (this.failure) return html`<div class="banner error" role="alert"><span class="grow">${this.failure.message} ${this.failure.hint}</span><button class="button small" @click=${() => this.ask()}>Try again</button></div>`;
    if (!this.answer) {
      return this.loading ? html`<div class="skeleton rows" aria-label="Loading"></div>` : html`<div class="empty"><h2>Nothing was read</h2><div class="actions"><button class="button" @click=${() => this.ask()}>Read the patterns</button></div></div>`;
    }
    const { total, patterns } = this.answer;
    if (total === 0) return html`<div class="empty"><h2>No event matches</h2><p>Patterns are the statements behind log lines: what is the same in them, without their numbers, names and addresses. There is no line in this span of time${this.question.q ? html` that fits <code>${this.question.q}</code>` : nothing}.</p><div class="actions"><button class="button" @click=${() => change({ from: "7d", to: "" })}>Look at 7 days</button>${this.question.q ? html`<button class="button" @click=${() => change({ q: "" })}>Clear the query</button>` : nothing}</div></div>`;
    const most = Math.max(1, ...patterns.map((/** @type {any} */ row) => row.count));
    return html`
      <div class="result-head">
        <span>${exactNumber(patterns.length)} ${patterns.length === 1 ? "pattern" : "patterns"} of <b>${exactNumber(total)}</b> ${total === 1 ? "event" : "events"}</span>
        <span class="grow"></span>
        <span class="muted head-note">Each event is counted once</span>
      </div>
      <div class="patterns ${this.loading ? "dim" : ""}" aria-busy=${this.loading} tabindex="0" role="region" aria-label="Patterns">
        <table class="grid hoverable">
          <thead><tr><th class="num" scope="col">Events</th><th scope="col">Share</th><th scope="col"><span class="sr">Worst severity</span></th><th scope="col">Pattern</th><th class="seen" scope="col">Last seen</th><th scope="col"><span class="sr">In the query</span></th></tr></thead>
          <tbody>
            ${repeat(patterns, (row) => `${row.kind} ${row.template}`, (row) => this.renderRow(row, most))}
            ${this.renderRest()}
          </tbody>
        </table>
      </div>
    `;
  }

  /** @param {any} row @param {number} most */
  renderRow(row, most) {
    const worst = row.worst ?? "none";
    const name = cut(visible(row.template), 80);
    const text = this.renderText(row);
    return html`
      <tr>
        <td class="num count" title=${exactNumber(row.count)}>${short(row.count)}</td>
        <td class="share"><span>${percent(row.share)}</span><meter min="0" max=${most} value=${row.count} aria-hidden="true"></meter></td>
        <td class="worst ${worst}" title=${worst === "none" ? "No severity" : `Worst severity: ${worst}`}><i aria-hidden="true">${sign(worst)}</i><span class="sr">${worst === "none" ? "no severity" : worst}</span></td>
        <td class="mono text" title=${row.example ? `For example: ${cut(visible(row.example), MOST_SHOWN)}` : nothing}>${row.filter ? html`<button class="value" @click=${() => this.emit("show", row.filter)}><span class="sr">Show the events of </span>${text}</button>` : html`<span class="value">${text}</span>`}</td>
        <td class="seen nowrap mono" title=${row.last ? exact(row.last) : nothing}>${row.last ? rowTime(row.last) : ""}</td>
        <td class="narrowing">${this.renderActions(row.filter, name, row.forms)}</td>
      </tr>
    `;
  }

  /** @param {any} row */
  renderText(row) {
    const pieces = cut(row.template, MOST_SHOWN).split(SLOTS[/** @type {keyof typeof SLOTS} */ (row.kind)]);
    return pieces.map((/** @type {string} */ piece, /** @type {number} */ i) => (i % 2 === 1 ? html`<span class="slot">${piece}</span>` : visible(piece)));
  }

  /** @param {string | undefined} filter @param {string} name @param {number} [forms] */
  renderActions(filter, name, forms) {
    if (!filter) return html`<span class="muted" title="Its lines have ${exactNumber(forms ?? 0)} forms, more than a query can name. Narrow the query first.">too varied</span>`;
    return html`
      <button class="icon" title="Only this pattern" aria-label="Only ${name}" @click=${() => this.emit("narrow", filter)}>${icon("plus")}</button>
      <button class="icon" title="Without this pattern" aria-label="Without ${name}" @click=${() => this.emit("narrow", `NOT ${filter}`)}>${icon("minus")}</button>
    `;
  }

  renderRest() {
    const { total, more, without, other } = this.answer;
    const line = (/** @type {number} */ count, /** @type {string} */ text, /** @type {string} */ title, /** @type {unknown} */ actions) => html`
      <tr class="rest">
        <td class="num count" title=${exactNumber(count)}>${short(count)}</td>
        <td class="share"><span>${percent(count / total)}</span></td>
        <td></td>
        <td class="text muted" title=${title}>${text}</td>
        <td class="seen"></td>
        <td class="narrowing">${actions}</td>
      </tr>
    `;
    return html`
      ${more.count ? line(more.count, `${exactNumber(more.patterns)} rarer patterns`, "Leave out some of the frequent ones to see them", nothing) : nothing}
      ${without.count ? line(without.count, "Events without a pattern", "They have neither a message nor a route, or were stored before patterns were told apart", this.renderActions(without.filter, "events without a pattern")) : nothing}
      ${other.count ? line(other.count, "Events of further forms, counted only", "There are more forms of lines than are read; narrow the query or the span of time to see them", nothing) : nothing}
    `;
  }
}

customElements.define("ld-pattern-list", PatternList);
