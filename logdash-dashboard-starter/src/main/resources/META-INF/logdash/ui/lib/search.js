import { get, isAbort } from "./api.js";
import { sortedBy, split } from "./query.js";

const PAGE = 200;
const MOST_ROWS = 20_000;
const BUCKETS = 120;
const SLOW = 1_000;

/**
 * What is asked, as the address of the page has it.
 *
 * @typedef {{q: string, from?: string, to?: string, dataset?: string}} Question
 */

/** A question and its answers: lines or a table, how much when, the fields. The last one asked holds. */
export class Search {
  /**
   * @param {{changed: () => void, page: () => void}} on `changed` when there is something else to show, `page` when the first lines are there
   */
  constructor(on) {
    this.on = on;
    /** @type {Question} */
    this.question = { q: "" };
    /** @type {"oldest" | undefined} */
    this.order = undefined;
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
    /** How often was asked. */
    this.turn = 0;
  }

  /**
   * @param {Question} question
   * @param {{order?: "oldest", focused?: string | null, lines: boolean}} how `lines` is false where only the chart and the fields are wanted
   */
  async ask(question, { order, focused, lines }) {
    this.cancel();
    const aborter = new AbortController();
    this.aborter = aborter;
    const { signal } = aborter;
    this.question = question;
    this.order = order;
    const piped = split(question.q).pipes.length > 0;
    this.loading = true;
    this.failure = null;
    this.slowTimer = setTimeout(() => {
      this.slow = this.loading;
      this.on.changed();
    }, SLOW);
    this.askChart();
    if (!piped) this.result = null;
    this.turn++;
    try {
      if (piped) await this.askTable(signal);
      else if (lines) await this.askLines(focused, signal);
    } catch (failure) {
      if (isAbort(failure)) return;
      this.failure = failure;
      if (/** @type {any} */ (failure).column) this.events = this.events ?? [];
    }
    this.ended();
  }

  /** @param {AbortSignal} signal */
  async askTable(signal) {
    const sorted = sortedBy(this.question.q);
    this.result = { ...(await get("table", this.question, signal)), sorted };
    this.took = this.result.tookMillis;
  }

  /** @param {string | null | undefined} focused @param {AbortSignal} signal */
  async askLines(focused, signal) {
    const started = performance.now();
    const page = await this.page(undefined, signal);
    this.take([], page);
    this.took = page.tookMillis ?? performance.now() - started;
    this.on.changed();
    this.on.page();
    if (focused) await this.find(focused, signal);
  }

  /** @param {string | undefined} after @param {AbortSignal | undefined} signal */
  page(after, signal) {
    return get("search", { ...this.question, limit: PAGE, order: this.order, after }, signal);
  }

  /** @param {any[]} before @param {any} page */
  take(before, page) {
    this.events = [...before, ...page.events];
    this.more = page.more;
    this.next = page.next ?? "";
  }

  /** A link to one event shows it also where it is not on the first page. @param {string} id @param {AbortSignal} signal */
  async find(id, signal) {
    if (!this.events || this.events.some((event) => event.id === id)) return;
    try {
      const event = await get(`event/${encodeURIComponent(id)}`, {}, signal);
      this.events = [event, ...this.events];
    } catch (failure) {
      if (isAbort(failure)) throw failure;
    }
  }

  /** Asks for the next page behind the lines that are there. */
  async askMore() {
    if (!this.next || !this.events || this.events.length >= MOST_ROWS) return;
    try {
      const page = await this.page(this.next, this.aborter?.signal);
      this.take(this.events, page);
    } catch (failure) {
      if (!isAbort(failure)) this.failure = failure;
    }
    this.on.changed();
  }

  /** Asks how much there is when, and for the fields. */
  async askChart() {
    const signal = this.aborter?.signal;
    const counted = { ...this.question, q: split(this.question.q).where };
    const facets = get("facets", counted, signal).then(
      (answer) => {
        this.fields = answer.fields;
        this.on.changed();
      },
      () => {},
    );
    try {
      this.chart = await get("histogram", { ...counted, buckets: BUCKETS }, signal);
    } catch (failure) {
      if (!isAbort(failure) && !this.failure) this.failure = failure;
    }
    this.on.changed();
    await facets;
  }

  /** @param {any[]} events */
  show(events) {
    this.events = events;
    this.on.changed();
  }

  cancel() {
    this.aborter?.abort();
    this.ended();
  }

  ended() {
    clearTimeout(this.slowTimer);
    this.loading = false;
    this.slow = false;
    this.on.changed();
  }
}
