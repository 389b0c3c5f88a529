import { html, nothing } from "../vendor/logdash-vendor.js";
import { get, send } from "../lib/api.js";
import { visible } from "../lib/format.js";
import { Part } from "../lib/part.js";
import { toast } from "../lib/toast.js";

/** What each kind of channel needs: [name, label, type, placeholder]. */
const KINDS = {
  email: [
    ["host", "SMTP server", "text", "smtp.example.com"],
    ["port", "Port", "number", "587"],
    ["tls", "Encryption: required, starttls or none", "text", "starttls"],
    ["username", "User", "text", ""],
    ["password", "Password", "password", ""],
    ["from", "From", "email", "logdash@example.com"],
    ["to", "To, several with commas", "text", "oncall@example.com"],
  ],
  slack: [["url", "Incoming webhook address", "password", "https://hooks.slack.com/services/…"]],
  webhook: [
    ["url", "Address", "url", "https://example.com/hook"],
    ["secret", "Secret that signs the body (HMAC-SHA256)", "password", ""],
  ],
};

/** Where alerts are sent. */
class ChannelList extends Part {
  static properties = { channels: { state: true }, kind: { state: true }, testing: { state: true } };

  constructor() {
    super();
    /** @type {any[] | null} */
    this.channels = null;
    this.kind = "email";
    this.testing = "";
  }

  firstUpdated() {
    this.load();
  }

  async load() {
    try {
      this.channels = (await get("channels")).channels;
    } catch (failure) {
      toast(failure instanceof Error ? failure.message : String(failure), "error");
    }
  }

  /** @param {SubmitEvent} event */
  async add(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const { name, ...settings } = Object.fromEntries(new FormData(form));
    try {
      await send("POST", "channels", { name, kind: this.kind, settings });
      form.reset();
      toast("Channel made; send a test now");
      await this.load();
    } catch (failure) {
      toast(failure instanceof Error ? failure.message : String(failure), "error");
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
  async drop(channel) {
    if (!confirm(`Remove the channel "${channel.name}"? Rules that use it tell nobody through it any more.`)) return;
    await send("DELETE", `channels/${encodeURIComponent(channel.id)}?version=${channel.version}`).catch((failure) => toast(failure.message, "error"));
    this.load();
  }

  render() {
    if (!this.channels) return nothing;
    return html`
      <section class="panel">
        <h2>Where alerts go</h2>
        ${this.channels.length === 0 ? html`<p class="muted">No channel yet. Alerts show on the page only.</p>` : html`<div class="scroll"><table class="grid"><thead><tr><th>Name</th><th>Kind</th><th>To</th><th></th></tr></thead><tbody>${this.channels.map((c) => html`<tr><td><b>${visible(c.name)}</b></td><td>${c.kind}</td><td class="mono">${visible(c.settings.to ?? c.settings.url ?? "")}</td><td class="num nowrap"><button class="button small" ?disabled=${this.testing === c.id} @click=${() => this.test(c)}>${this.testing === c.id ? "Sending…" : "Send a test"}</button> <button class="button small danger" @click=${() => this.drop(c)}>Remove</button></td></tr>`)}</tbody></table></div>`}
        <form class="form" @submit=${this.add}>
          <div class="row">
            <label class="field"><span>Kind</span><select class="input" @change=${(/** @type {Event} */ event) => { this.kind = /** @type {HTMLSelectElement} */ (event.target).value; }}><option value="email">E-mail</option><option value="slack">Slack</option><option value="webhook">Webhook</option></select></label>
            <label class="field"><span>Name</span><input class="input" name="name" required maxlength="100" placeholder="On call"></label>
            ${KINDS[/** @type {"email"} */ (this.kind)].map(([name, label, type, placeholder]) => html`<label class="field"><span>${label}</span><input class="input" name=${name} type=${type} placeholder=${placeholder} autocomplete="off"></label>`)}
            <button class="button">Add</button>
          </div>
        </form>
      </section>
    `;
  }
}

customElements.define("ld-channel-list", ChannelList);
