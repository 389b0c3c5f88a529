import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, isAbort, tail } from "../lib/api.js";
import { exactNumber, short } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { and, filterFor, filterOut, sortBy, sortedBy, split } from "../lib/query.js";
import { CLASSES, sign } from "../lib/severity.js";
import { wider } from "../lib/time.js";
import { change, link } from "../lib/url.js";
import { copy } from "../lib/toast.js";
import { words } from "../lib/event.js";
import "../parts/chart.js";
import "../parts/context-panel.js";
import "../parts/field-list.js";
import "../parts/log-table.js";
import "../parts/pattern-list.js";
import "../parts/query-box.js";
import "../parts/result-table.js";
import "../parts/saved-searches.js";
import "../parts/time-picker.js";

const PAGE = 200;
const MOST_ROWS = 20_000;
const MOST_LIVE_ROWS = 2_000;
const LIVE_REFRESH = 5_000;
const SLOW = 1_000;

/** Search: query and time above, how much when, fields, lines. */
class Explore extends Part {
  static properties = {
    params: { attribute: false },
    permissions: { attribute: false },
    events: { state: true },
    result: { state: true },
    more: { state: true },
    chart: { state: true },
    fields: { state: true },
    failure: { state: true },
    loading: { state: true },
    slow: { state: true },
    took: { state: true },
    live: { state: true },
    waiting: { state: true },
    skipped: { state: true },
    gap: { state: true },
    polled: { state: true },
    around: { state: true },
    showFields: { state: true },
    turn: { state: true },
  };

  constructor() {
    super();
    this.params = new URLSearchParams();
    /** @type {string[]} */
    this.permissions = [];
    /** @type {any[] | null} */
    this.events = null;
    /** What a query with pipes made. @type {any} */
    this.result = null;
    this.more = false;
    this.next = "";
    /** @type {any} */
    this.chart = null;
    /** @type {any[]} */
    this.fields = [];
    /** @type {any} */
    this.failure = null;
    this.loading = false;
    this.slow = false;
    this.took = 0;
    /** @type {"off" | "connecting" | "open" | "lost"} */
    this.live = "off";
    /** @type {any[]} */
    this.waiting = [];
    this.skipped = 0;
    this.gap = false;
    this.polled = 0;
    this.atTop = true;
    /** @type {any} */
    this.around = null;
    this.showFields = false;
    this.asked = "";
    this.following = "";
    /** How often was asked. */
    this.turn = 0;
    this.key = (/** @type {KeyboardEvent} */ event) => this.pressed(event);
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("keydown", this.key);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.key);
    this.aborter?.abort();
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
      if (live) this.follow();
    }
  }

  async ask() {
    this.aborter?.abort();
    const aborter = new AbortController();
    this.aborter = aborter;
    this.loading = true;
    this.failure = null;
    this.around = null;
    this.waiting = [];
    this.skipped = 0;
    this.gap = false;
    clearTimeout(this.slowTimer);
    this.slow = false;
    this.slowTimer = setTimeout(() => {
      this.slow = this.loading;
    }, SLOW);
    const started = performance.now();
    this.askChart(aborter.signal);
    if (!this.piped) this.result = null;
    this.turn++;
    if (this.patterns) {
      this.ended();
      return;
    }
    try {
      if (this.piped) {
        const sorted = sortedBy(this.question.q);
        this.result = { ...(await get("table", this.question, aborter.signal)), sorted };
        this.took = this.result.tookMillis;
        this.ended();
        return;
      }
      const order = this.params.get("sort") === "oldest" ? "oldest" : undefined;
      const page = await get("search", { ...this.question, limit: PAGE, order }, aborter.signal);
      this.events = page.events;
      this.more = page.more;
      this.next = page.next ?? "";
      this.took = page.tookMillis ?? performance.now() - started;
      this.updateComplete.then(() => this.table?.toTop());
      await this.findFocused(aborter.signal);
    } catch (failure) {
      if (isAbort(failure)) return;
      this.failure = failure;
      if (/** @type {any} */ (failure).column) this.events = this.events ?? [];
    }
    this.ended();
  }

  ended() {
    this.loading = false;
    this.slow = false;
  }

  /** A link to one event shows it also where it is not on the first page. @param {AbortSignal} signal */
  async findFocused(signal) {
    const id = this.params.get("event");
    if (!id || !this.events || this.events.some((event) => event.id === id)) return;
    try {
      const event = await get(`event/${encodeURIComponent(id)}`, {}, signal);
      this.events = [event, ...this.events];
    } catch (failure) {
      if (isAbort(failure)) throw failure;
    }
  }

  /** @param {AbortSignal} signal */
  async askChart(signal) {
    const facets = get("facets", this.counted, signal).then(
      (answer) => {
        this.fields = answer.fields;
      },
      () => {},
    );
    try {
      this.chart = await get("histogram", { ...this.counted, buckets: 120 }, signal);
    } catch (failure) {
      if (!isAbort(failure) && !this.failure) this.failure = failure;
    }
    await facets;
  }

  async askMore() {
    if (!this.next || !this.events || this.events.length >= MOST_ROWS) return;
    try {
      const order = this.params.get("sort") === "oldest" ? "oldest" : undefined;
      const page = await get("search", { ...this.question, limit: PAGE, order, after: this.next }, this.aborter?.signal);
      this.events = [...this.events, ...page.events];
      this.more = page.more;
      this.next = page.next ?? "";
    } catch (failure) {
      if (!isAbort(failure)) this.failure = failure;
    }
  }

  follow() {
    this.endTail = tail(
      { q: this.question.q, dataset: this.question.dataset },
      {
        state: (state) => {
          this.live = state;
        },
        feed: (feed) => {
          this.polled = feed.polledMillis;
        },
        events: (batch) => this.arrived(batch),
      },
    );
    this.liveTimer = setInterval(() => {
      if (this.aborter && document.visibilityState === "visible") this.askChart(this.aborter.signal);
    }, LIVE_REFRESH);
  }

  unfollow() {
    this.endTail?.();
    this.endTail = undefined;
    clearInterval(this.liveTimer);
    this.live = "off";
    this.polled = 0;
    this.following = "";
  }

  /** @param {{events: any[], skipped: number, gap: boolean}} batch */
  arrived(batch) {
    this.skipped += batch.skipped;
    this.gap ||= batch.gap;
    const known = new Set((this.events ?? []).slice(0, 500).map((event) => event.id));
    const fresh = batch.events.filter((event) => !known.has(event.id));
    const reading = !this.atTop || !getSelection()?.isCollapsed || (this.table?.opened.size ?? 0) > 0;
    if (reading) {
      this.waiting = [...fresh, ...this.waiting].sort(newestFirst).slice(0, MOST_LIVE_ROWS);
    } else {
      this.show([...fresh, ...this.waiting]);
    }
  }

  /** @param {any[]} fresh */
  show(fresh) {
    this.waiting = [];
    this.events = [...fresh, ...(this.events ?? [])].sort(newestFirst).slice(0, MOST_LIVE_ROWS);
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
    if (this.chart) {
      params.from = new Date(this.chart.from).toISOString();
      params.to = new Date(this.chart.to).toISOString();
    }
    return new URL(link("explore", params), document.baseURI).href;
  }

  render() {
    const queryError = this.failure?.column ? this.failure : null;
    return html`
      <div class="topbar">
        <ld-query-box .value=${this.question.q} .error=${queryError} .range=${{ from: this.question.from, to: this.question.to }} .fields=${this.fields}
          @run=${(/** @type {CustomEvent} */ event) => (event.detail === this.question.q ? this.ask() : change({ q: event.detail, event: "" }))}></ld-query-box>
        <ld-time-picker .from=${this.params.get("from") ?? ""} .to=${this.params.get("to") ?? ""} @range=${(/** @type {CustomEvent} */ event) => change({ ...event.detail, event: "", live: event.detail.to ? "" : this.params.get("live") ?? "" })} @zone=${() => this.requestUpdate()}></ld-time-picker>
        <button class="button" title="Ask again" aria-label="Ask again" @click=${() => this.ask()}>${icon("refresh")}</button>
        ${this.piped ? nothing : this.renderLiveButton()}
      </div>
      ${this.failure && !queryError ? html`<div class="notice"><div class="banner error" role="alert"><span class="grow">${this.failure.message} ${this.failure.hint}</span><button class="button small" @click=${() => this.ask()}>Try again</button></div></div>` : nothing}
      ${this.slow ? html`<div class="notice"><div class="banner" role="status"><span class="grow">Searching ${this.chart ? "" : "all of the range "}takes longer than usual…</span><button class="button small" @click=${() => { this.aborter?.abort(); this.loading = false; this.slow = false; }}>Cancel</button></div></div>` : nothing}
      ${this.renderSummary()}
      <div class="histogram ${this.loading ? "dim" : ""}">${this.renderChart()}</div>
      <div class="explore ${this.showFields ? "with-fields" : ""}" @filter=${this.filtered} @column=${this.column} @context=${(/** @type {CustomEvent} */ event) => { this.around = event.detail; }}>
        <aside class="field-panel" aria-label="Fields"><ld-field-list .fields=${this.fields} .question=${this.counted} .columns=${this.columns}></ld-field-list></aside>
        <section class="lines ${this.loading ? "dim" : ""}" aria-label="Log lines" aria-busy=${this.loading}>${this.renderPolled()}${this.renderLines()}</section>
        ${this.around ? html`<ld-context-panel .event=${this.around} @close=${() => { this.around = null; }}></ld-context-panel>` : nothing}
      </div>
    `;
  }

  renderLiveButton() {
    const on = this.live !== "off";
    const name = { off: "Live", connecting: "Connecting…", open: "Live", lost: "Reconnecting…" }[this.live];
    return html`<button class="button ${on ? "on" : ""}" aria-pressed=${on} title="Follow new lines (l)" @click=${this.toggleLive}><span class="dot ${this.live === "open" ? "live" : ""}"></span>${name}</button>`;
  }

  renderSummary() {
    const totals = new Map((this.chart?.series ?? []).map((/** @type {any} */ s) => [s.key, s.counts.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0)]));
    return html`
      <div class="summary">
        <span class="total">${this.chart ? html`<b title=${exactNumber(this.chart.total)}>${short(this.chart.total)}</b> events` : html`<span class="skeleton word"></span>`}</span>
        <span class="severities" role="group" aria-label="Severities">
          ${CLASSES.filter((name) => totals.get(name)).map((name) => html`<button class="chip ${name}" ?disabled=${name === "none"} title="Show only ${name}: ${exactNumber(totals.get(name))}" @click=${() => change({ q: and(this.question.q, `level:${name}`), event: "" })}><i aria-hidden="true">${sign(name)}</i>${name === "none" ? "no level" : name} <b>${short(totals.get(name))}</b></button>`)}
        </span>
        <span class="grow"></span>
        ${this.skipped || this.gap ? html`<span class="skipped" title="More lines came than can be shown; they are stored and can be searched">${this.skipped ? exactNumber(this.skipped) : "Some lines"} skipped</span>` : nothing}
        <span class="muted took">${this.events && !this.loading && !this.patterns ? `${Math.round(this.took)} ms` : ""}</span>
        <button class="button small plain fields-button" aria-pressed=${this.showFields} @click=${() => { this.showFields = !this.showFields; }}>${icon("fields")}Fields</button>
        ${this.piped ? nothing : html`<button class="button small plain" aria-pressed=${this.patterns} title="The statements behind the lines (p)" @click=${this.togglePatterns}>${icon("patterns")}Patterns</button>`}
        ${this.piped || this.patterns ? nothing : html`<button class="button small plain" aria-pressed=${this.params.get("sort") === "oldest"} @click=${() => change({ sort: this.params.get("sort") ? "" : "oldest", live: "" })}>${this.params.get("sort") === "oldest" ? "Oldest first" : "Newest first"}</button>
        <button class="button small plain" aria-pressed=${!!this.params.get("wrap")} title="Wrap long lines (w)" @click=${() => change({ wrap: this.params.get("wrap") ? "" : "1" }, { replace: true })}>${icon("wrap")}Wrap</button>`}
        ${this.permissions.includes("rules") ? html`<a class="button small plain" title="Be told when this happens" href=${link("alerts", { new: "1", q: this.counted.q })} data-view>${icon("alerts")}Alert</a>` : nothing}
        <ld-saved-searches .params=${this.params}></ld-saved-searches>
        <button class="button small plain" title="Copy a link that always shows this span of time" @click=${() => copy(this.absoluteLink(), "Link")}>${icon("link")}Link</button>
      </div>
    `;
  }

  renderChart() {
    if (!this.chart) return this.failure ? nothing : html`<div class="skeleton block"></div>`;
    const { from, to, widthMillis, series } = this.chart;
    const first = Math.floor(from / widthMillis) * widthMillis;
    const times = (series[0]?.counts ?? []).map((/** @type {number} */ _c, /** @type {number} */ i) => first + i * widthMillis);
    const shown = CLASSES.flatMap((name) => {
      const found = series.find((/** @type {any} */ s) => s.key === name);
      return found && found.counts.some(Boolean) ? [{ name: name === "none" ? "no level" : name, colour: `--${name}-bar`, values: found.counts }] : [];
    });
    return html`<ld-chart kind="bars" label="Events over time, by severity" .height=${104} .times=${times} .series=${shown} .from=${from} .to=${to} .format=${short} @zoom=${(/** @type {CustomEvent} */ event) => change({ from: new Date(event.detail.from).toISOString(), to: new Date(event.detail.to).toISOString(), live: "", event: "" })}></ld-chart>`;
  }

  /** Who waits for a line should know that it comes late, and what helps. */
  renderPolled() {
    if (!this.polled) return nothing;
    return html`<p class="polled" title="Lines show about two seconds late. Processes that share a Redis (logdash.cache=redis) show them at once.">Polled every ${this.polled / 1_000} s; add Redis for live push</p>`;
  }

  renderLines() {
    if (this.piped) return this.renderTable();
    if (this.patterns) return this.renderPatterns();
    if (!this.events) return this.failure ? nothing : html`<div class="skeleton rows" aria-label="Loading"></div>`;
    if (this.events.length === 0 && !this.loading && !this.failure) return this.renderEmpty();
    return html`
      ${this.waiting.length > 0 ? html`<button class="new-lines" @click=${() => { this.show(this.waiting); this.table?.closeAll(); this.table?.toTop(); }}>${exactNumber(this.waiting.length)} new ${this.waiting.length === 1 ? "line" : "lines"}</button>` : nothing}
      <ld-log-table .events=${this.events} .columns=${this.columns} .words=${words(this.question.q)} .wrap=${!!this.params.get("wrap")} .more=${this.more} .focused=${this.params.get("event") ?? ""}
        @more=${this.askMore} @scrolled=${(/** @type {CustomEvent} */ event) => { this.atTop = event.detail; if (this.atTop && this.waiting.length > 0) this.show(this.waiting); }}></ld-log-table>
    `;
  }

  renderTable() {
    if (!this.result) return this.failure ? nothing : html`<div class="skeleton rows" aria-label="Loading"></div>`;
    return html`<ld-result-table .table=${this.result} @filter=${this.shownEvents} @sort=${(/** @type {CustomEvent<string>} */ event) => change({ q: sortBy(this.question.q, event.detail) })}></ld-result-table>`;
  }

  renderPatterns() {
    const narrow = (/** @type {string} */ filter, view = "patterns") => change({ q: and(this.question.q, filter), view, event: "" });
    return html`<ld-pattern-list .question=${this.question} .turn=${this.turn} @show=${(/** @type {CustomEvent<string>} */ event) => narrow(event.detail, "")} @narrow=${(/** @type {CustomEvent<string>} */ event) => narrow(event.detail)}></ld-pattern-list>`;
  }

  renderEmpty() {
    const span = this.chart ? wider(this.chart.from, this.chart.to) : null;
    if (this.question.q) {
      return html`
        <div class="empty">
          <h2>No event matches</h2>
          <p>Nothing in this span of time fits <code>${this.question.q}</code>.</p>
          <div class="actions">
            ${span ? html`<button class="button" @click=${() => change(span)}>Look at twice the time</button>` : nothing}
            <button class="button" @click=${() => change({ from: "7d", to: "" })}>Look at 7 days</button>
            <button class="button" @click=${() => change({ q: "" })}>Clear the query</button>
          </div>
        </div>
      `;
    }
    const here = new URL(".", document.baseURI).href;
    return html`
      <div class="empty">
        <h2>No logs in this span of time</h2>
        <p>Send some, in any format, and they show up here within a second or two:</p>
        <pre>echo 'hello from my service' | curl --data-binary @- \\
  -H 'Authorization: Bearer YOUR-API-KEY' \\
  '${here}api/v1/ingest?source=try'</pre>
        <p>An API key is made under <a href=${link("settings")} data-view>Settings</a>.</p>
        <div class="actions">${span ? html`<button class="button" @click=${() => change(span)}>Look at twice the time</button>` : nothing}<button class="button" @click=${() => change({ from: "7d", to: "" })}>Look at 7 days</button></div>
      </div>
    `;
  }
}

/** @param {any} a @param {any} b */
function newestFirst(a, b) {
  return a["@timestamp"] < b["@timestamp"] ? 1 : a["@timestamp"] > b["@timestamp"] ? -1 : 0;
}

customElements.define("ld-explore", Explore);
