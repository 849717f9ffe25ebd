// Finds the browser that the editor tests drive.
import { existsSync } from "node:fs";
import { onPath } from "./lib.mjs";

const COMMANDS = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "msedge",
];
const APPLICATIONS = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

export const howToGetChromium = "apt-get install chromium, or set CHROMIUM=/path/to/chromium";

/** @returns {string | undefined} the program, or undefined where there is none */
export function findChromium() {
  const chosen = process.env["CHROMIUM"];
  if (chosen) return chosen;
  for (const command of COMMANDS) {
    const found = onPath(command);
    if (found) return found;
  }
  return APPLICATIONS.find(existsSync);
}
