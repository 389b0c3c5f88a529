import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, send } from "../lib/api.js";
import { visible } from "../lib/format.js";
import { Part } from "../lib/part.js";
import { toast } from "../lib/toast.js";

/** @type {Record<string, string>} */
const NAMES = { email: "E-mail", slack: "Slack", webhook: "Webhook" };
/** @type {Record<string, string>} */
const LABELS = { host: "Mail server", security: "Encryption", username: "User name", url: "Address", secret: "Signing secret", authorization: "Authorization header" };

/** Where alerts are sent. What a kind of channel needs is what the server says. */
class ChannelList extends Part {
  static properties = { channels: { state: true }, types: { state: true }, chosen: { state: true }, editing: { state: true }, testing: { state: true }, failure: { state: true } };

  constructor() {
    super();
    /** @type {any[] | null} */
    this.channels = null;
    /** @type {any[]} */
    this.types = [];
    this.chosen = "";
    /** @type {any} the channel that is changed, or null for a new one */
    this.editing = null;
    this.testing = "";
    this.failure = "";
  }

  firstUpdated() {
    this.load();
  }

  async load() {
    try {
      const [channels, types] = await Promise.all([get("channels"), get("channel-types")]);
      this.channels = channels.channels;
      this.types = types.types;
      this.chosen ||= this.types[0]?.name ?? "";
    } catch (failure) {
      toast(failure instanceof Error ? failure.message : String(failure), "error");
    }
  }

  /** @param {SubmitEvent} event */
  async save(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const { name, ...fields } = Object.fromEntries(new FormData(form));
    const settings = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
    const old = this.editing;
    try {
      if (old) await send("PUT", `channels/${encodeURIComponent(old.id)}`, { version: old.version, name, kind: old.kind, settings });
      else await send("POST", "channels", { name, kind: this.chosen, settings });
      this.failure = "";
      this.editing = null;
      form.reset();
      toast(old ? "Channel changed" : "Channel made; send a test now");
      await this.load();
    } catch (failure) {
      this.failure = failure instanceof Error ? failure.message : String(failure);
    }
  }

  /** @param {any} channel */
  async test(channel) {
    this.testing = channel.id;
    try {
      const answer = await send("POST", `channels/${encodeURIComponent(channel.id)}/test`);
      toast(answer.ok ? `A test went to ${channel.name}` : answer.message, answer.ok ? "info" : "error");
    } catch (failure) {
      toast(failure instanceof Error ? failure.message : String(failure), "error");
    }
    this.testing = "";
  }

  /** @param {any} channel */
  async removeChannel(channel) {
    if (!confirm(`Remove the channel "${channel.name}"? Rules that use it tell nobody through it any more.`)) return;
    await send("DELETE", `channels/${encodeURIComponent(channel.id)}`).catch((failure) => toast(failure.message, "error"));
    this.load();
  }

  render() {
    if (!this.channels) return nothing;
    return html`
      <section class="panel">
        <h2>Where alerts go</h2>
        ${this.channels.length === 0 ? html`<p class="muted">No channel yet. Alerts show on the page only.</p>` : this.renderChannels(this.channels)}
        ${this.renderForm()}
      </section>
    `;
  }

  /** @param {any[]} channels */
  renderChannels(channels) {
    return html`<div class="scroll"><table class="grid"><thead><tr><th>Name</th><th>Kind</th><th>To</th><th></th></tr></thead><tbody>${channels.map(
      (c) => html`<tr>
        <td><b>${visible(c.name)}</b></td><td>${NAMES[c.kind] ?? c.kind}</td><td class="mono">${visible(c.settings.to ?? c.settings.url ?? "")}</td>
        <td class="num nowrap"><button class="button small" ?disabled=${this.testing === c.id} @click=${() => this.test(c)}>${this.testing === c.id ? "Sending…" : "Send a test"}</button> <button class="button small plain" @click=${() => { this.editing = c; this.failure = ""; }}>Change</button> <button class="button small danger" @click=${() => this.removeChannel(c)}>Remove</button></td>
      </tr>`,
    )}</tbody></table></div>`;
  }

  renderForm() {
    const kind = this.editing?.kind ?? this.chosen;
    const settings = this.types.find((type) => type.name === kind)?.settings ?? [];
    return html`
      <form class="form" @submit=${this.save}>
        <h3>${this.editing ? `Change ${visible(this.editing.name)}` : "New channel"}</h3>
        <div class="row">
          ${this.editing ? nothing : html`<label class="field"><span>Kind</span><select class="input" @change=${(/** @type {Event} */ event) => { this.chosen = /** @type {HTMLSelectElement} */ (event.target).value; }}>${this.types.map((type) => html`<option value=${type.name} ?selected=${type.name === kind}>${NAMES[type.name] ?? type.name}</option>`)}</select></label>`}
          <label class="field"><span>Name</span><input class="input" name="name" required maxlength="100" placeholder="On call" .value=${this.editing?.name ?? ""}></label>
        </div>
        <div class="settings">${settings.map((/** @type {any} */ s) => this.renderSetting(s))}</div>
        ${this.failure ? html`<div class="banner error" role="alert"><span class="grow">${this.failure}</span></div>` : nothing}
        <div class="row"><button class="button">${this.editing ? "Change it" : "Add"}</button>${this.editing ? html`<button type="button" class="button" @click=${() => { this.editing = null; this.failure = ""; }}>Cancel</button>` : nothing}</div>
      </form>
    `;
  }

  /** @param {any} setting */
  renderSetting(setting) {
    const value = this.editing?.settings[setting.name] ?? "";
    return html`<label class="field"><span>${label(setting.name)}${setting.required ? "" : " (optional)"}</span><input class="input" name=${setting.name} type=${setting.secret ? "password" : "text"} ?required=${setting.required} .value=${value} autocomplete="off" spellcheck="false"><span class="hint">${setting.description}</span></label>`;
  }
}

/** What people call a setting; one that is not known here keeps its own name. @param {string} name */
function label(name) {
  return LABELS[name] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
}

customElements.define("ld-channel-list", ChannelList);
