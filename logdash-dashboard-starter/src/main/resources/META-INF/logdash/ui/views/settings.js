import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, send } from "../lib/api.js";
import { visible } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { Part } from "../lib/part.js";
import { ago, dateTime } from "../lib/time.js";
import { copy, toast } from "../lib/toast.js";
import "../parts/channel-list.js";

/** One's own password; for administrators people and keys. */
class Settings extends Part {
  static properties = { session: { attribute: false }, permissions: { attribute: false }, users: { state: true }, keys: { state: true }, installation: { state: true }, newKey: { state: true }, failure: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.session = null;
    /** @type {string[]} */
    this.permissions = [];
    /** @type {any[] | null} */
    this.users = null;
    /** @type {any[] | null} */
    this.keys = null;
    /** @type {any[] | null} */
    this.installation = null;
    this.newKey = "";
    this.failure = "";
  }

  firstUpdated() {
    this.load();
  }

  /** @param {string} permission */
  may(permission) {
    return this.permissions.includes(permission);
  }

  async load() {
    try {
      if (this.may("users")) this.users = (await get("users")).users;
      if (this.may("settings")) this.installation = (await get("settings")).settings;
      if (this.may("api_keys")) this.keys = (await get("api-keys")).keys;
      this.failure = "";
    } catch (failure) {
      this.failure = failure instanceof Error ? failure.message : String(failure);
    }
  }

  /** @param {() => Promise<any>} work @param {string} said */
  async run(work, said) {
    try {
      const answer = await work();
      toast(said);
      await this.load();
      return answer;
    } catch (failure) {
      toast(failure instanceof Error ? failure.message : String(failure), "error");
      return undefined;
    }
  }

  /** @param {SubmitEvent} event */
  async changePassword(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const data = Object.fromEntries(new FormData(form));
    if (data.next !== data.again) {
      toast("The two passwords differ.", "error");
      return;
    }
    if (await this.run(() => send("POST", "session/password", { old: data.old, new: data.next }), "Password changed; other sessions are signed out")) form.reset();
  }

  /** @param {SubmitEvent} event */
  async addUser(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const data = Object.fromEntries(new FormData(form));
    await this.run(() => send("POST", "users", { name: data.name, password: data.password, roles: [data.role], scope: data.scope }), "User made");
    form.reset();
  }

  /** @param {SubmitEvent} event */
  async addKey(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const data = Object.fromEntries(new FormData(form));
    const answer = await this.run(() => send("POST", "api-keys", { name: data.name, dataset: "default" }), "Key made");
    if (answer) this.newKey = answer.key;
    form.reset();
  }

  render() {
    return html`
      <div class="topbar"><h1>Settings</h1></div>
      <div class="page">
        ${this.failure ? html`<div class="banner error" role="alert"><span class="grow">${this.failure}</span></div>` : nothing}
        <div class="charts">
          ${this.renderKeys()}
          ${this.renderPassword()}
        </div>
        ${this.may("channels") ? html`<ld-channel-list></ld-channel-list>` : nothing}
        ${this.renderUsers()}
        ${this.renderInstallation()}
      </div>
    `;
  }

  renderInstallation() {
    if (!this.installation) return nothing;
    return html`
      <section class="panel">
        <h2>This installation <span class="muted">set by file, environment or command line; holds from the next start on</span></h2>
        <div class="scroll"><table class="grid hoverable"><thead><tr><th>Setting</th><th>Value</th><th>From</th></tr></thead><tbody>${this.installation.map((s) => html`<tr title=${s.description}><td class="mono">${s.name}</td><td class="mono">${s.value === "" ? html`<span class="muted">–</span>` : visible(s.value)}</td><td>${s.source ? html`<b>${visible(s.source)}</b>` : html`<span class="muted">default</span>`}</td></tr>`)}</tbody></table></div>
      </section>
    `;
  }

  renderPassword() {
    return html`
      <section class="panel">
        <h2>Your password</h2>
        <form class="form" @submit=${this.changePassword}>
          <input type="text" autocomplete="username" .value=${this.session.user.name} hidden>
          <label class="field"><span>Now</span><input class="input" type="password" name="old" required autocomplete="current-password"></label>
          <div class="row"><label class="field"><span>New, at least 12 characters</span><input class="input" type="password" name="next" minlength="12" required autocomplete="new-password"></label><label class="field"><span>Again</span><input class="input" type="password" name="again" required autocomplete="new-password"></label></div>
          <div><button class="button">Change it</button></div>
        </form>
      </section>
    `;
  }

  renderKeys() {
    if (!this.keys) return nothing;
    const here = new URL(".", document.baseURI).href;
    return html`
      <section class="panel">
        <h2>API keys for sending logs</h2>
        ${this.newKey ? html`<div class="once" role="status"><div>Copy it now; it is not shown again.</div><code>${this.newKey}</code><button class="button small" @click=${() => copy(this.newKey, "Key")}>${icon("copy")}Copy</button></div><pre class="mono">curl --data-binary @app.log -H 'Authorization: Bearer ${this.newKey}' '${here}api/v1/ingest?source=app.log'</pre>` : nothing}
        ${this.keys.length === 0 ? html`<p class="muted">None yet. Whoever sends logs needs one.</p>` : html`<div class="scroll"><table class="grid"><thead><tr><th>Name</th><th>Made</th><th>By</th><th></th></tr></thead><tbody>${this.keys.map((k) => html`<tr><td><b>${visible(k.name)}</b></td><td title=${dateTime(k.created)}>${ago(k.created)}</td><td>${visible(k.by)}</td><td class="num"><button class="button small danger" @click=${() => confirm(`Remove the key "${k.name}"? Who sends with it is refused at once.`) && this.run(() => send("DELETE", `api-keys/${encodeURIComponent(k.id)}`), "Key removed")}>Remove</button></td></tr>`)}</tbody></table></div>`}
        <form class="form" @submit=${this.addKey}><div class="row"><label class="field"><span>Name of the sender</span><input class="input" name="name" required maxlength="100" placeholder="checkout service"></label><button class="button">Make a key</button></div></form>
      </section>
    `;
  }

  renderUsers() {
    if (!this.users) return nothing;
    return html`
      <section class="panel">
        <h2>People</h2>
        <div class="scroll"><table class="grid"><thead><tr><th>Name</th><th>Role</th><th>Sees</th><th>Since</th><th></th></tr></thead><tbody>${this.users.map((u) => html`<tr>
          <td><b>${visible(u.name)}</b>${u.enabled ? nothing : html` <span class="tag">off</span>`}</td><td>${u.roles.join(", ")}</td><td>${u.grants.map((/** @type {any} */ g) => html`<div>${g.scope ? html`<code>${visible(g.scope)}</code>` : "everything"}</div>`)}</td><td title=${dateTime(u.created)}>${ago(u.created)}</td>
          <td class="num nowrap">${u.name === this.session.user.name ? html`<span class="muted">you</span>` : html`<button class="button small plain" @click=${() => this.run(() => send("PUT", `users/${encodeURIComponent(u.name)}`, { enabled: !u.enabled }), u.enabled ? "Turned off and signed out" : "Turned on")}>${u.enabled ? "Turn off" : "Turn on"}</button><button class="button small danger" @click=${() => confirm(`Remove ${u.name}?`) && this.run(() => send("DELETE", `users/${encodeURIComponent(u.name)}`), "Removed")}>Remove</button>`}</td>
        </tr>`)}</tbody></table></div>
        <form class="form" @submit=${this.addUser}><div class="row">
          <label class="field"><span>Name</span><input class="input" name="name" required maxlength="100" autocomplete="off"></label>
          <label class="field"><span>First password</span><input class="input" name="password" type="password" minlength="12" required autocomplete="new-password"></label>
          <label class="field"><span>Role</span><select class="input" name="role"><option value="viewer">viewer: reads</option><option value="analyst">analyst: also rules</option><option value="admin">admin: everything</option></select></label>
          <label class="field"><span>Sees only (a query; empty is everything)</span><input class="input mono" name="scope" placeholder="service:checkout" spellcheck="false"></label>
          <button class="button">Add</button>
        </div></form>
      </section>
    `;
  }
}

customElements.define("ld-settings", Settings);
