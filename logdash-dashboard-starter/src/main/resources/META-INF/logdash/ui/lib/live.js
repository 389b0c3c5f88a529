import { tail } from "./api.js";

const MOST_ROWS = 2_000;
const MOST_COMPARED = 500;
const REFRESH = 5_000;

/** The lines that come in while a search is looked at. They wait while somebody reads those that are there. */
export class LiveLines {
  /**
   * @param {import("./search.js").Search} search gets the lines
   * @param {{changed: () => void, reading: () => boolean}} on
   */
  constructor(search, on) {
    this.search = search;
    this.on = on;
    /** @type {"off" | "connecting" | "open" | "lost"} */
    this.state = "off";
    /** @type {any[]} */
    this.waiting = [];
    this.skipped = 0;
    this.gap = false;
    /** How often the server looks for lines, in milliseconds; 0 where they are pushed. */
    this.polled = 0;
  }

  /** @param {{q: string, dataset?: string}} query */
  follow({ q, dataset }) {
    this.endTail = tail(
      { q, dataset },
      {
        state: (state) => {
          this.state = state;
          this.on.changed();
        },
        feed: (feed) => {
          this.polled = feed.polledMillis;
          this.on.changed();
        },
        events: (batch) => this.arrived(batch),
      },
    );
    this.timer = setInterval(() => {
      if (document.visibilityState === "visible") this.search.askChart();
    }, REFRESH);
  }

  end() {
    this.endTail?.();
    this.endTail = undefined;
    clearInterval(this.timer);
    this.state = "off";
    this.polled = 0;
    this.on.changed();
  }

  /** Another search has begun. */
  forget() {
    this.waiting = [];
    this.skipped = 0;
    this.gap = false;
    this.on.changed();
  }

  /** @param {{events: any[], skipped: number, gap: boolean}} batch */
  arrived(batch) {
    this.skipped += batch.skipped;
    this.gap ||= batch.gap;
    const known = new Set((this.search.events ?? []).slice(0, MOST_COMPARED).map((event) => event.id));
    const fresh = batch.events.filter((event) => !known.has(event.id));
    this.waiting = [...fresh, ...this.waiting];
    if (this.on.reading()) {
      this.waiting = this.waiting.sort(newestFirst).slice(0, MOST_ROWS);
      this.on.changed();
    } else {
      this.show();
    }
  }

  /** Shows the lines that wait. */
  show() {
    const fresh = this.waiting;
    this.waiting = [];
    this.search.show([...fresh, ...(this.search.events ?? [])].sort(newestFirst).slice(0, MOST_ROWS));
  }
}

/** @param {any} a @param {any} b */
function newestFirst(a, b) {
  return a["@timestamp"] < b["@timestamp"] ? 1 : a["@timestamp"] > b["@timestamp"] ? -1 : 0;
}
