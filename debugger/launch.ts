import type { Model } from "../core/machine/state.ts";
import type { RunOptionValues } from "../core/options/configuration.ts";
import { parseOptions } from "../core/options/parse.ts";
import { RUN_LINE_OPTIONS } from "../core/options/run.ts";
import { DRAIN_POLICIES, type DrainPolicy } from "../core/schedule/drain-policy.ts";
import {
  type Arguments,
  optionalChoice,
  optionalFlag,
  optionalInteger,
  optionalText,
  optionalTexts,
} from "./arguments.ts";
import { UserError } from "./user-error.ts";

/** What a launch configuration says (contract: launch attributes). */
export interface Launch {
  /** Path or URI of the program, as the client names it. */
  readonly program: string;
  /** Flags of `args`, `model`, `seed` and `drain` together; what is said here wins over the file's `#@ run` line. */
  readonly values: RunOptionValues;
  /** Drain policy, if one was asked for; the flags do not know `manual`. */
  readonly drain: DrainPolicy | undefined;
  readonly schedule: string | undefined;
  /** Path or URI of a recording to replay. */
  readonly recording: string | undefined;
  readonly stopOnEntry: boolean;
  readonly stepping: Stepping;
  /** More conditions beside those of the file. */
  readonly checks: readonly string[];
}

/** What a step moves: the focused thread alone, or whoever the scheduler picks. */
export type Stepping = "thread" | "schedule";

export const STEPPINGS: readonly Stepping[] = ["thread", "schedule"];
const MODELS: readonly Model[] = ["sc", "tso"];

/** @throws UserError that names the attribute that is wrong */
export function readLaunch(args: Arguments): Launch {
  const program = optionalText(args, "program");
  if (!program) throw new UserError("the launch configuration needs `program`: the `.s` file to debug");
  const model = optionalChoice(args, "model", MODELS);
  const drain = optionalChoice(args, "drain", ["manual", ...DRAIN_POLICIES]);
  const seed = optionalInteger(args, "seed");
  const flags = readFlags(args);
  return {
    program,
    values: { ...flags, ...(model ? { model } : {}), ...(seed === undefined ? {} : { seed }) },
    drain: drain ?? flags.drain,
    schedule: optionalText(args, "schedule"),
    recording: optionalText(args, "recording"),
    stopOnEntry: optionalFlag(args, "noDebug") ? false : (optionalFlag(args, "stopOnEntry") ?? true),
    stepping: optionalChoice(args, "stepping", STEPPINGS) ?? "thread",
    checks: optionalTexts(args, "checks") ?? [],
  };
}

function readFlags(args: Arguments): RunOptionValues {
  const given = args["args"];
  const words = typeof given === "string" ? given.split(/\s+/).filter((w) => w !== "") : (given ?? []);
  if (!Array.isArray(words))
    throw new UserError("`args` must be flags of x86.py, as a text or a list: `-t 2 -i 5`");
  const parsed = parseOptions(RUN_LINE_OPTIONS, words.map(String));
  if (parsed.error !== undefined) throw new UserError(`\`args\`: ${parsed.error}`);
  if (parsed.words[0] !== undefined) throw new UserError(`\`args\`: \`${parsed.words[0]}\` is not a flag`);
  return parsed.values;
}
