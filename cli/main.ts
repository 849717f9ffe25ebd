import { describeOptions, parseOptions } from "../core/options/parse.ts";
import { didYouMean, nearest } from "../core/text/nearest.ts";
import type { Command } from "./command.ts";
import { EXIT, Failure } from "./exit.ts";
import { complain, flush, print } from "./output.ts";

/** Commands are loaded when they are called, so that each start-up pays only for its own. */
const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<{ command: Command }> }>> = {
  run: {
    summary: "simulate one schedule, exactly as x86.py does or with checks",
    load: () => import("./run.ts"),
  },
  explore: {
    summary: "find everything that all interleavings can do",
    load: () => import("./explore.ts"),
  },
  sweep: {
    summary: "run once for every interrupt interval, or for every seed",
    load: () => import("./sweep.ts"),
  },
  sample: { summary: "count where random schedules end", load: () => import("./sample.ts") },
  litmus: {
    summary: "report what litmus tests allow, as herd7 does",
    load: () => import("./litmus.ts"),
  },
  replay: { summary: "run a recording again and find any divergence", load: () => import("./replay.ts") },
  hardware: {
    summary: "run a test on the real processor",
    load: () => import("./hardware.ts"),
  },
};

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((n) => n.length)) + 2;
  const list = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}\n`);
  return [
    "Interleave: see every way in which the threads of a small assembly program can interleave.\n",
    "usage: interleave COMMAND …\n",
    list.join(""),
    "`interleave COMMAND --help` tells what a command takes.",
    "Exit status: 0 every check holds, 1 a check fails or the program has errors, 2 wrong usage,",
    "             3 a replay diverged, 4 stopped at a limit before the answer was certain.\n",
  ].join("\n");
}

function commandHelp({ usage, summary, details, table }: Command): string {
  return [
    `usage: interleave ${usage} [options]\n`,
    `${summary}\n`,
    ...(details ? [`${details}\n`] : []),
    "options:",
    `${describeOptions(table)}\n`,
  ].join("\n");
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...words] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    print(help());
    return name === undefined ? EXIT.USAGE : EXIT.OK;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) {
    const names = Object.keys(COMMANDS);
    throw new Failure(
      EXIT.USAGE,
      `error: there is no command \`${name}\`${didYouMean(nearest(name, names)) || `; there are ${names.join(", ")}`}`,
    );
  }
  const command = (await entry.load()).command;
  if (words.includes("--help") || words.includes("-h")) {
    print(commandHelp(command));
    return EXIT.OK;
  }
  const parsed = parseOptions(command.table, words);
  if (parsed.error !== undefined) {
    throw new Failure(
      EXIT.USAGE,
      `error: ${parsed.error}\nusage: interleave ${command.usage} [options]; \`interleave ${name} --help\` lists them`,
    );
  }
  return command.main(parsed.values, parsed.words);
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    if (error.message) complain(error.message);
    return error.status;
  })
  .then((status) => {
    flush();
    process.exitCode = status;
  });
