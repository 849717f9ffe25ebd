import { build } from "../scripts/build.mjs";

/** The tests of the command line and of the package look at what is in dist/ now, not at what was built some time ago. */
export default async function setup(): Promise<void> {
  await build();
}
