import { LitElement } from "../vendor/logdash-vendor.js";

/** An element of the page. It renders into the page itself, so one set of style sheets serves all. */
export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** @param {string} type @param {unknown} [detail] */
  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** Calls back once, some time after the last call. @param {(...args: any[]) => void} work @param {number} millis */
export function later(work, millis) {
  let timer = 0;
  return (/** @type {any[]} */ ...args) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => work(...args), millis);
  };
}
