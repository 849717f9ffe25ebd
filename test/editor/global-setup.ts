import { buildTests } from "../../scripts/build.mjs";
import { findChromium } from "../../scripts/chromium.mjs";
import { installHost } from "../../scripts/host.mjs";
import { makePackage } from "../../scripts/package.mjs";

/** The tests run what is packaged now, not what was built some time ago. */
export default async function setup(): Promise<void> {
  if (!findChromium()) return;
  await installHost();
  await makePackage();
  await buildTests();
}
