import { html, nothing } from "./vendor/logdash-vendor.js";
import { get, isAbort, onSignedOut, send } from "./lib/api.js";
import { icon } from "./lib/icons.js";
import { Part } from "./lib/part.js";
import { go, link, onChange, read } from "./lib/url.js";
import "./parts/help-sheet.js";
import "./views/alerts.js";
import "./views/explore.js";
import "./views/gate.js";
import "./views/overview.js";
import "./views/pipeline.js";
import "./views/settings.js";

const THEME_KEY = "logdash.theme";
const THEMES = ["auto", "light", "dark"];

/** View, name, icon, and the permission that it needs. */
const NAVIGATION = /** @type {const} */ ([
  ["explore", "Explore", "explore", "search"],
  ["overview", "Overview", "overview", "overview"],
  ["alerts", "Alerts", "alerts", "overview"],
  ["pipeline", "Pipeline", "pipeline", "pipeline"],
  ["settings", "Settings", "settings", "search"],
]);

/** The frame around all views: who is signed in, where one can go, what is to be said. */
class App extends Part {
  static properties = {
    session: { state: true },
    failure: { state: true },
    place: { state: true },
    theme: { state: true },
    toasts: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.session = null;
    /** @type {any} */
    this.failure = null;
    this.place = read();
    this.theme = localStorage.getItem(THEME_KEY) || "auto";
    /** @type {{text: string, kind: string}[]} */
    this.toasts = [];
    applyTheme(this.theme);
    onChange(() => {
      this.place = read();
    });
    onSignedOut(() => this.loadSession());
    window.addEventListener("ld-toast", (event) => this.say(/** @type {CustomEvent} */ (event).detail));
    window.addEventListener("keydown", (event) => this.key(event));
    this.loadSession();
  }

  async loadSession() {
    try {
      this.session = await get("session");
      this.failure = null;
    } catch (failure) {
      if (!isAbort(failure)) this.failure = failure;
      setTimeout(() => this.loadSession(), 3000);
    }
  }

  /** @param {{text: string, kind: string}} toast */
  say(toast) {
    this.toasts = [...this.toasts, toast];
    setTimeout(() => {
      this.toasts = this.toasts.filter((other) => other !== toast);
    }, toast.kind === "error" ? 8000 : 3000);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (event.key === "?") {
      event.preventDefault();
      this.help();
    }
  }

  help() {
    /** @type {any} */ (this.querySelector("ld-help-sheet"))?.open();
  }

  nextTheme() {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length];
    localStorage.setItem(THEME_KEY, this.theme);
    applyTheme(this.theme);
  }

  async signOut() {
    await send("DELETE", "session").catch(() => {});
    this.loadSession();
  }

  render() {
    if (!this.session) {
      return this.failure ? html`<div class="gate"><div class="empty"><h2>The server does not answer</h2><p>${this.failure.message} ${this.failure.hint}</p></div></div>` : nothing;
    }
    if (!this.session.user) {
      return html`<ld-gate .setup=${this.session.setup} .code=${new URLSearchParams(location.hash.slice(1)).get("code") ?? ""} .insecure=${this.session.insecure ?? ""} @signed-in=${this.signedIn}></ld-gate>${this.renderToasts()}`;
    }
    return html`
      <div class="frame">
        ${this.renderRail()}
        <main class="content">${this.renderView()}</main>
      </div>
      <ld-help-sheet></ld-help-sheet>
      ${this.renderToasts()}
    `;
  }

  async signedIn() {
    await this.loadSession();
    if (this.place.view === "setup") go("explore", {}, { replace: true });
  }

  renderRail() {
    const allowed = new Set(this.session.user.permissions);
    const keep = { from: this.place.params.get("from") ?? "", to: this.place.params.get("to") ?? "" };
    return html`
      <nav class="rail" aria-label="Views">
        <a class="brand" href=${link("explore")} data-view><img src="icon.svg" alt=""><span>logdash</span></a>
        ${NAVIGATION.filter(([, , , permission]) => allowed.has(permission)).map(
          ([view, name, sign]) => html`
            <a class="rail-item" href=${link(view, keep)} data-view title=${name} aria-current=${this.place.view === view ? "page" : "false"}>
              ${icon(sign)}<span>${name}</span>
            </a>
          `,
        )}
        <div class="space"></div>
        <button class="rail-item" @click=${() => this.help()} title="Keys and query language (?)">${icon("help")}<span>Help</span></button>
        <button class="rail-item" @click=${this.nextTheme} title="Theme: ${this.theme}">${icon("theme")}<span>Theme: ${this.theme}</span></button>
        <button class="rail-item" @click=${this.signOut} title="Sign out ${this.session.user.name}">${icon("signout")}<span>Sign out</span></button>
        <div class="who">Signed in as ${this.session.user.name}</div>
      </nav>
    `;
  }

  renderView() {
    const { view, params } = this.place;
    const permissions = this.session.user.permissions;
    switch (view) {
      case "overview":
        return html`<ld-overview .params=${params}></ld-overview>`;
      case "alerts":
        return html`<ld-alerts .params=${params} .permissions=${permissions}></ld-alerts>`;
      case "pipeline":
        return html`<ld-pipeline .params=${params}></ld-pipeline>`;
      case "settings":
        return html`<ld-settings .session=${this.session} .permissions=${permissions}></ld-settings>`;
      default:
        return html`<ld-explore .params=${params} .permissions=${permissions}></ld-explore>`;
    }
  }

  renderToasts() {
    return html`<div class="toasts" role="status" aria-live="polite">${this.toasts.map((toast) => html`<div class="banner ${toast.kind}"><span class="grow">${toast.text}</span></div>`)}</div>`;
  }
}

/** @param {string} theme */
function applyTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  window.dispatchEvent(new CustomEvent("ld-theme"));
}

/** @param {KeyboardEvent} event */
function isTyping(event) {
  const target = event.target;
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

customElements.define("ld-app", App);
