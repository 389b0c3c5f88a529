import { html, nothing } from "../vendor/logdash-vendor.js";
import { exactNumber, short } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { LiveLines } from "../lib/live.js";
import { Part } from "../lib/part.js";
import { and, filterFor, filterOut, sortBy, split } from "../lib/query.js";
import { Search } from "../lib/search.js";
import { CLASSES, sign } from "../lib/severity.js";
import { change, link } from "../lib/url.js";
import { copy } from "../lib/toast.js";
import { words } from "../lib/event.js";
import "../parts/context-panel.js";
import { emptySearch } from "../parts/empty-search.js";
import "../parts/field-list.js";
import { histogram, totals } from "../parts/histogram.js";
import "../parts/log-table.js";
import "../parts/pattern-list.js";
import "../parts/query-box.js";
import "../parts/result-table.js";
import "../parts/saved-searches.js";
import "../parts/time-picker.js";

/** Search: query and time above, how much when, fields, lines. */
class Explore extends Part {
  static properties = {
    params: { attribute: false },
    permissions: { attribute: false },
    around: { state: true },
    showFields: { state: true },
  };

  constructor() {
    super();
    this.params = new URLSearchParams();
    /** @type {string[]} */
    this.permissions = [];
    const changed = () => this.requestUpdate();
    this.search = new Search({ changed, page: () => this.updateComplete.then(() => this.table?.toTop()) });
    this.live = new LiveLines(this.search, { changed, reading: () => this.reading });
    this.atTop = true;
    /** @type {any} */
    this.around = null;
    this.showFields = false;
    this.asked = "";
    this.following = "";
    this.key = (/** @type {KeyboardEvent} */ event) => this.pressed(event);
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("keydown", this.key);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.key);
    this.search.cancel();
    this.unfollow();
  }

  get question() {
    return {
      q: this.params.get("q") ?? "",
      from: this.params.get("from") ?? undefined,
      to: this.params.get("to") ?? undefined,
      dataset: this.params.get("dataset") ?? undefined,
    };
  }

  /** The events that a query with pipes is about; any other query as it is. */
  get counted() {
    return { ...this.question, q: split(this.question.q).where };
  }

  get piped() {
    return split(this.question.q).pipes.length > 0;
  }

  /** Whether the statements behind the lines are shown instead of them. */
  get patterns() {
    return this.params.get("view") === "patterns" && !this.piped;
  }

  get columns() {
    const columns = this.params.get("cols");
    return columns === null ? ["service.name"] : columns.split(",").filter((name) => name && name !== "-");
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (!changed.has("params")) return;
    const asked = JSON.stringify([this.question, this.params.get("sort"), this.patterns]);
    const live = this.params.get("live") === "1" && !this.piped && !this.patterns;
    if (asked !== this.asked) {
      this.asked = asked;
      this.ask();
    }
    const following = live ? `${asked}` : "";
    if (following !== this.following) {
      this.unfollow();
      this.following = following;
      if (live) this.live.follow(this.question);
    }
  }

  ask() {
    this.around = null;
    this.live.forget();
    this.search.ask(this.question, {
      order: this.params.get("sort") === "oldest" ? "oldest" : undefined,
      focused: this.params.get("event"),
      lines: !this.patterns,
    });
  }

  unfollow() {
    this.live.end();
    this.following = "";
  }

  /** Whether new lines would push away what somebody looks at. */
  get reading() {
    return !this.atTop || !getSelection()?.isCollapsed || (this.table?.opened.size ?? 0) > 0;
  }

  get table() {
    return /** @type {any} */ (this.querySelector("ld-log-table"));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const target = event.target;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
    if (this.ownerDocument.querySelector("dialog[open]")) return;
    /** @type {Record<string, () => void>} */
    const actions = {
      "/": () => /** @type {any} */ (this.querySelector("ld-query-box"))?.focus(),
      t: () => /** @type {any} */ (this.querySelector("ld-time-picker"))?.toggle(),
      l: () => this.toggleLive(),
      j: () => this.table?.move(1),
      k: () => this.table?.move(-1),
      o: () => this.table?.openCurrent(),
      Enter: () => this.table?.openCurrent(),
      p: () => this.togglePatterns(),
      w: () => change({ wrap: this.params.get("wrap") ? "" : "1" }, { replace: true }),
      c: () => {
        const chosen = this.table?.currentEvent();
        if (chosen) this.around = chosen;
      },
      Escape: () => {
        if (this.around) this.around = null;
        else this.table?.closeAll();
      },
    };
    if (event.key === "Enter" && target instanceof HTMLElement && target.closest("button, a")) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (!action) return;
    event.preventDefault();
    action();
  }

  toggleLive() {
    if (this.piped) return;
    if (this.params.get("live") === "1") change({ live: "" });
    else change({ live: "1", to: "", sort: "", event: "", view: "" });
  }

  togglePatterns() {
    if (!this.piped) change({ view: this.patterns ? "" : "patterns", live: "", event: "" });
  }

  /** @param {CustomEvent<{field: string, value: any, out: boolean}>} event */
  filtered(event) {
    const { field, value, out } = event.detail;
    const query = this.question.q;
    change({ q: out ? filterOut(query, field, value) : filterFor(query, field, value), event: "" });
  }

  /** A cell of a table leads to its events. @param {CustomEvent<{field: string, value: any}>} event */
  shownEvents(event) {
    event.stopPropagation();
    change({ q: filterFor(this.counted.q, event.detail.field, event.detail.value), event: "" });
  }

  /** @param {CustomEvent<string>} event */
  column(event) {
    const field = event.detail;
    const columns = this.columns.includes(field) ? this.columns.filter((name) => name !== field) : [...this.columns, field];
    change({ cols: columns.join(",") || "-" }, { replace: true });
  }

  absoluteLink() {
    const params = Object.fromEntries(this.params);
    delete params.live;
    const { chart } = this.search;
    if (chart) {
      params.from = new Date(chart.from).toISOString();
      params.to = new Date(chart.to).toISOString();
    }
    return new URL(link("explore", params), document.baseURI).href;
  }

  render() {
    const { chart, failure, fields, loading, slow } = this.search;
    const queryError = failure?.column ? failure : null;
    return html`
      <div class="topbar">
        <ld-query-box .value=${this.question.q} .error=${queryError} .range=${{ from: this.question.from, to: this.question.to }} .fields=${fields}
          @run=${(/** @type {CustomEvent} */ event) => (event.detail === this.question.q ? this.ask() : change({ q: event.detail, event: "" }))}></ld-query-box>
        <ld-time-picker .from=${this.params.get("from") ?? ""} .to=${this.params.get("to") ?? ""} @range=${(/** @type {CustomEvent} */ event) => change({ ...event.detail, event: "", live: event.detail.to ? "" : this.params.get("live") ?? "" })} @zone=${() => this.requestUpdate()}></ld-time-picker>
        <button class="button" title="Ask again" aria-label="Ask again" @click=${() => this.ask()}>${icon("refresh")}</button>
        ${this.piped ? nothing : this.renderLiveButton()}
      </div>
      ${failure && !queryError ? html`<div class="notice"><div class="banner error" role="alert"><span class="grow">${failure.message} ${failure.hint}</span><button class="button small" @click=${() => this.ask()}>Try again</button></div></div>` : nothing}
      ${slow ? html`<div class="notice"><div class="banner" role="status"><span class="grow">Searching ${chart ? "" : "all of the range "}takes longer than usual…</span><button class="button small" @click=${() => this.search.cancel()}>Cancel</button></div></div>` : nothing}
      ${this.renderSummary()}
      <div class="histogram ${loading ? "dim" : ""}">${this.renderChart()}</div>
      <div class="explore ${this.showFields ? "with-fields" : ""}" @filter=${this.filtered} @column=${this.column} @context=${(/** @type {CustomEvent} */ event) => { this.around = event.detail; }}>
        <aside class="field-panel" aria-label="Fields"><ld-field-list .fields=${fields} .question=${this.counted} .columns=${this.columns}></ld-field-list></aside>
        <section class="lines ${loading ? "dim" : ""}" aria-label="Log lines" aria-busy=${loading}>${this.renderPolled()}${this.renderLines()}</section>
        ${this.around ? html`<ld-context-panel .event=${this.around} @close=${() => { this.around = null; }}></ld-context-panel>` : nothing}
      </div>
    `;
  }

  renderLiveButton() {
    const { state } = this.live;
    const on = state !== "off";
    const name = { off: "Live", connecting: "Connecting…", open: "Live", lost: "Reconnecting…" }[state];
    return html`<button class="button ${on ? "on" : ""}" aria-pressed=${on} title="Follow new lines (l)" @click=${this.toggleLive}><span class="dot ${state === "open" ? "live" : ""}"></span>${name}</button>`;
  }

  renderSummary() {
    const { chart, events, loading, took } = this.search;
    const { gap, skipped } = this.live;
    const counts = totals(chart);
    return html`
      <div class="summary">
        <span class="total">${chart ? html`<b title=${exactNumber(chart.total)}>${short(chart.total)}</b> events` : html`<span class="skeleton word"></span>`}</span>
        <span class="severities" role="group" aria-label="Severities">
          ${CLASSES.filter((name) => counts.get(name)).map((name) => html`<button class="chip ${name}" ?disabled=${name === "none"} title="Show only ${name}: ${exactNumber(counts.get(name) ?? 0)}" @click=${() => change({ q: and(this.question.q, `level:${name}`), event: "" })}><i aria-hidden="true">${sign(name)}</i>${name === "none" ? "no level" : name} <b>${short(counts.get(name) ?? 0)}</b></button>`)}
        </span>
        <span class="grow"></span>
        ${skipped || gap ? html`<span class="skipped" title="More lines came than can be shown; they are stored and can be searched">${skipped ? exactNumber(skipped) : "Some lines"} skipped</span>` : nothing}
        <span class="muted took">${events && !loading && !this.patterns ? `${Math.round(took)} ms` : ""}</span>
        <button class="button small plain fields-button" aria-pressed=${this.showFields} @click=${() => { this.showFields = !this.showFields; }}>${icon("fields")}Fields</button>
        ${this.piped ? nothing : html`<button class="button small plain" aria-pressed=${this.patterns} title="The statements behind the lines (p)" @click=${this.togglePatterns}>${icon("patterns")}Patterns</button>`}
        ${this.piped || this.patterns ? nothing : html`<button class="button small plain" aria-pressed=${this.params.get("sort") === "oldest"} @click=${() => change({ sort: this.params.get("sort") ? "" : "oldest", live: "" })}>${this.params.get("sort") === "oldest" ? "Oldest first" : "Newest first"}</button>
        <button class="button small plain wrap-button" aria-pressed=${!!this.params.get("wrap")} title="Wrap long lines (w)" @click=${() => change({ wrap: this.params.get("wrap") ? "" : "1" }, { replace: true })}>${icon("wrap")}Wrap</button>`}
        ${this.permissions.includes("rules") ? html`<a class="button small plain brief" title="Be told when this happens" href=${link("alerts", { new: "1", q: this.counted.q })} data-view>${icon("alerts")}Alert</a>` : nothing}
        <ld-saved-searches .params=${this.params}></ld-saved-searches>
        <button class="button small plain brief" title="Copy a link that always shows this span of time" @click=${() => copy(this.absoluteLink(), "Link")}>${icon("link")}Link</button>
      </div>
    `;
  }

  renderChart() {
    const { chart, failure } = this.search;
    if (!chart) return failure ? nothing : html`<div class="skeleton block"></div>`;
    return histogram(chart, (from, to) => change({ from: from.toISOString(), to: to.toISOString(), live: "", event: "" }));
  }

  /** Who waits for a line should know that it comes late, and what helps. */
  renderPolled() {
    if (!this.live.polled) return nothing;
    return html`<p class="polled" title="Lines show about two seconds late. Processes that share a Redis (logdash.cache=redis) show them at once.">Polled every ${this.live.polled / 1_000} s; add Redis for live push</p>`;
  }

  renderLines() {
    if (this.piped) return this.renderTable();
    if (this.patterns) return this.renderPatterns();
    const { chart, events, failure, loading, more } = this.search;
    if (!events) return failure ? nothing : html`<div class="skeleton rows" aria-label="Loading"></div>`;
    if (events.length === 0 && !loading && !failure) return emptySearch(this.question.q, chart);
    const { waiting } = this.live;
    return html`
      ${waiting.length > 0 ? html`<button class="new-lines" @click=${() => { this.live.show(); this.table?.closeAll(); this.table?.toTop(); }}>${exactNumber(waiting.length)} new ${waiting.length === 1 ? "line" : "lines"}</button>` : nothing}
      <ld-log-table .events=${events} .columns=${this.columns} .words=${words(this.question.q)} .wrap=${!!this.params.get("wrap")} .more=${more} .focused=${this.params.get("event") ?? ""}
        @more=${() => this.search.askMore()} @scrolled=${(/** @type {CustomEvent} */ event) => { this.atTop = event.detail; if (this.atTop && this.live.waiting.length > 0) this.live.show(); }}></ld-log-table>
    `;
  }

  renderTable() {
    const { failure, result } = this.search;
    if (!result) return failure ? nothing : html`<div class="skeleton rows" aria-label="Loading"></div>`;
    return html`<ld-result-table .table=${result} @filter=${this.shownEvents} @sort=${(/** @type {CustomEvent<string>} */ event) => change({ q: sortBy(this.question.q, event.detail) })}></ld-result-table>`;
  }

  renderPatterns() {
    const narrow = (/** @type {string} */ filter, view = "patterns") => change({ q: and(this.question.q, filter), view, event: "" });
    return html`<ld-pattern-list .question=${this.question} .turn=${this.search.turn} @show=${(/** @type {CustomEvent<string>} */ event) => narrow(event.detail, "")} @narrow=${(/** @type {CustomEvent<string>} */ event) => narrow(event.detail)}></ld-pattern-list>`;
  }
}

customElements.define("ld-explore", Explore);
