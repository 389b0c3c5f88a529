import { html, nothing } from "../vendor/logdash-vendor.js";
import { wider } from "../lib/time.js";
import { change, link } from "../lib/url.js";

/**
 * What to do where a search finds nothing: look further, or send the first lines.
 *
 * @param {string} query
 * @param {{from: number, to: number} | null} chart the span of time that was searched, where it is known
 */
export function emptySearch(query, chart) {
  const span = chart ? wider(chart.from, chart.to) : null;
  if (query) {
    return html`
      <div class="empty">
        <h2>No event matches</h2>
        <p>Nothing in this span of time fits <code>${query}</code>.</p>
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
