import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Page } from "playwright-core";
import { findChromium } from "../../../scripts/chromium.mjs";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A `UriComponents` of VS Code. */
export interface Uri {
  readonly $mid: 1;
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/** What the workbench reads from its page: extensions under development, and tests to run in their host. */
export interface DevelopmentOptions {
  readonly extensions?: readonly Uri[];
  readonly extensionTestsPath?: Uri;
}

export interface Browser {
  readonly page: Page;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(path.join(tmpdir(), "interleave-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium() ?? "chromium",
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: ARGUMENTS,
  });
  // Nothing on the network takes part.
  await context.route(
    (url) => url.hostname !== "127.0.0.1" && url.protocol.startsWith("http"),
    (route) => route.abort(),
  );
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/**
 * Puts the options into the configuration that the workbench reads from its page. Rewriting the page on its way does not do: Chromium then
 * counts it as not local, and blocks its WebSocket to 127.0.0.1.
 */
export async function setDevelopmentOptions(page: Page, options: DevelopmentOptions): Promise<void> {
  await page.addInitScript((development) => {
    const original = Document.prototype.getElementById;
    let done = false;
    Document.prototype.getElementById = function (id: string): HTMLElement | null {
      const element = original.call(this, id);
      if (element && !done && id === "vscode-workbench-web-configuration") {
        done = true;
        const configuration = JSON.parse(element.getAttribute("data-settings") ?? "{}");
        configuration.developmentOptions = { ...configuration.developmentOptions, ...development };
        configuration.productConfiguration = {
          ...configuration.productConfiguration,
          extensionsGallery: undefined,
          enableTelemetry: false,
        };
        element.setAttribute("data-settings", JSON.stringify(configuration));
      }
      return element;
    };
  }, options);
}
