import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../debugger/console/commands.ts";
import { REQUESTS } from "../../debugger/requests/table.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** As far as this test reads it. */
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
    readonly debuggers: readonly [
      { readonly configurationAttributes: { readonly launch: { readonly properties: object } } },
    ];
  };
}

describe("docs/debugger.md", () => {
  const page = read("docs/debugger.md");
  const { contributes }: Manifest = JSON.parse(read("package.json"));

  it("names every launch attribute", () => {
    for (const name of Object.keys(contributes.debuggers[0].configurationAttributes.launch.properties))
      expect(page).toContain(`| \`${name}\``);
  });

  it("names every command of the console, and every request of the adapter's own", () => {
    for (const { usage } of COMMANDS) expect(page).toContain(`\`${usage.replace("|", "\\|")}\``);
    for (const name of Object.keys(REQUESTS))
      if (name.startsWith("interleave/")) expect(page).toContain(name);
  });

  it("calls the editor's commands as the palette does", () => {
    const titles = contributes.commands.map(({ title }) => title);
    for (const title of [
      "Run This Thread Until It Waits or Halts",
      "Run the Focused Thread to the Cursor",
      "Choose What Happens Next…",
      "Reverse Step Over a Call",
      "Return to Another Branch…",
      "Add Breakpoint for Thread…",
      "Break When a Store Reaches Memory",
      "Show Numbers As…",
      "Record the Run So Far…",
      "Replay a Recording…",
    ]) {
      expect(titles).toContain(title);
      expect(page.replace(/\s+/g, " ")).toContain(`_${title}_`);
    }
  });
});
