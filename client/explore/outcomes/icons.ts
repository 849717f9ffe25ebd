import { type Html, html } from "../../page/html.ts";

const icon = (shape: Html, kind = "tool"): Html =>
  html`<svg class="${kind}" viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`;

export const DEBUG = icon(html`<path d="M4 3v10l8.5-5z"/>`);
export const COPY = icon(
  html`<rect x="5.5" y="5.5" width="8" height="8" rx="1"/><path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>`,
);
export const GRAPH = icon(
  html`<circle cx="4" cy="3.5" r="1.75"/><circle cx="12" cy="3.5" r="1.75"/><circle cx="4" cy="12.5" r="1.75"/><circle cx="12" cy="12.5" r="1.75"/><path d="M4 5.25v5.5M12 5.25v5.5M5.2 11.3l5.6-6.6"/>`,
);
export const PASSED = icon(
  html`<circle cx="8" cy="8" r="6.25"/><path d="M5.2 8.2l2 2 3.6-4.2"/>`,
  "mark passed",
);
export const FAILED = icon(
  html`<circle cx="8" cy="8" r="6.25"/><path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"/>`,
  "mark failed",
);
export const UNKNOWN = icon(
  html`<circle cx="8" cy="8" r="6.25"/><path d="M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11.2v.1"/>`,
  "mark",
);
