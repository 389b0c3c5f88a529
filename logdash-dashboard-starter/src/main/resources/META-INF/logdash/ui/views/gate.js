import { html, nothing } from "../vendor/logdash-vendor.js";
import { send } from "../lib/api.js";
import { Part } from "../lib/part.js";

const SHORTEST = 12;

/** Sign-in, or the making of the first admin. Fires `signed-in`. */
class Gate extends Part {
  static properties = { setup: { type: Boolean }, code: {}, insecure: {}, failure: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.setup = false;
    this.code = "";
    this.insecure = "";
    this.failure = "";
    this.busy = false;
  }

  firstUpdated() {
    /** @type {HTMLElement | null} */ (this.querySelector(this.setup && !this.code ? "[name=code]" : "[name=name]"))?.focus();
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)));
    if (this.setup && data.password !== data.again) {
      this.failure = "The two passwords differ.";
      return;
    }
    this.busy = true;
    this.failure = "";
    try {
      if (this.setup) await send("POST", "setup", { code: String(data.code).trim(), name: data.name, password: data.password });
      else await send("POST", "session", { name: data.name, password: data.password });
      this.emit("signed-in");
    } catch (failure) {
      this.failure = failure instanceof Error ? failure.message : String(failure);
    }
    this.busy = false;
  }

  render() {
    return html`
      <div class="gate">
        <form class="card form" @submit=${this.submit}>
          <span class="brand"><img src="icon.svg" alt=""><span>logdash</span></span>
          ${this.setup
            ? html`<div><h1>Set up</h1><p class="muted">Make the first administrator. The code stands in the terminal where logdash was started; it works once.</p></div>`
            : html`<h1>Sign in</h1>`}
          ${this.insecure ? html`<div class="banner warn"><span class="grow">${this.insecure}</span></div>` : nothing}
          ${this.setup ? html`<label class="field"><span>Set-up code</span><input class="input mono" name="code" required autocomplete="one-time-code" .value=${this.code}></label>` : nothing}
          <label class="field"><span>Name</span><input class="input" name="name" required maxlength="100" autocomplete="username" autocapitalize="off" spellcheck="false"></label>
          <label class="field"><span>Password</span><input class="input" name="password" type="password" required minlength=${this.setup ? SHORTEST : 1} autocomplete=${this.setup ? "new-password" : "current-password"}></label>
          ${this.setup ? html`<label class="field"><span>Password again</span><input class="input" name="again" type="password" required autocomplete="new-password"><span class="hint">At least ${SHORTEST} characters. Length matters, signs do not.</span></label>` : nothing}
          ${this.failure ? html`<div class="banner error" role="alert"><span class="grow">${this.failure}</span></div>` : nothing}
          <button class="button primary" ?disabled=${this.busy}>${this.setup ? "Make the administrator" : "Sign in"}</button>
        </form>
      </div>
    `;
  }
}

customElements.define("ld-gate", Gate);
