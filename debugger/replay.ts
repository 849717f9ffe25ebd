import { load } from "../core/load/load.ts";
import { copyState } from "../core/machine/state.ts";
import type { RunOptionValues } from "../core/options/configuration.ts";
import { explainStop } from "../core/run/follow.ts";
import { parseRecording, type Recording } from "../core/run/recording.ts";
import { replay } from "../core/run/replay.ts";
import { createRun } from "../core/run/run.ts";
import { edit, goTo, type Trace, take } from "../core/run/trace.ts";
import { transitionOf } from "../core/schedule/log.ts";
import { parseSchedule } from "../core/schedule/text.ts";
import type { Debuggee } from "./debuggee.ts";
import type { Launch } from "./launch.ts";
import type { Stop } from "./motions/stop.ts";
import { UserError } from "./user-error.ts";

/** A launch whose way is known before it begins. */
export interface Prepared {
  /** With the start options of the recording, if there is one. */
  readonly launch: Launch;
  /**
   * Puts the known way ahead of the debuggee's start: running follows it.
   * @returns where and why to stand still at once, if the way cannot be followed to its end
   */
  load(debuggee: Debuggee): Stop | undefined;
}

/** @throws UserError if the recording or the schedule is none */
export function prepare(launch: Launch, recordingText: string | undefined): Prepared {
  if (recordingText !== undefined) return prepareRecording(launch, recordingText);
  const { schedule } = launch;
  if (schedule === undefined) return { launch, load: () => undefined };
  const { log, diagnostics } = parseSchedule(schedule);
  if (diagnostics[0]) throw new UserError(`the schedule: ${diagnostics[0].message}`);
  return {
    launch,
    load: ({ trace }) => {
      for (let i = 0; i < log.length; i++) {
        const refused = take(trace, transitionOf(log.words[i]!));
        if (refused) throw new UserError(explainStop(log, i, trace.state, refused));
      }
      goTo(trace, 0);
      return undefined;
    },
  };
}

function prepareRecording(launch: Launch, recordingText: string): Prepared {
  const parsed = parseRecording(recordingText);
  if ("error" in parsed) throw new UserError(`${launch.recording}:${parsed.line}: ${parsed.error}`);
  const { recording } = parsed;
  const values: RunOptionValues = { ...recording.header.options, model: recording.header.model };
  return {
    launch: { ...launch, values, drain: values.drain ?? launch.drain },
    load: (debuggee) => loadRecording(debuggee, recording),
  };
}

function loadRecording({ trace, values }: Debuggee, recording: Recording): Stop | undefined {
  const divergence = replay(recording, copyState(trace.state), originalStart(recording, values));
  follow(trace, recording, divergence?.index ?? recording.transitions);
  if (!divergence) {
    goTo(trace, 0);
    return undefined;
  }
  const explanation = `the replay differs from the recording at transition ${divergence.index}; recorded: ${divergence.recorded}; now: ${divergence.came}`;
  return {
    reason: "exception",
    // The program may have fewer threads now.
    thread: Math.min(divergence.thread, trace.state.threadCount - 1),
    label: "divergence",
    text: explanation,
    exception: { filter: "divergence", title: "divergence", explanation },
  };
}

/** The start of the program as it was when it was recorded. @throws UserError if its text in the recording is damaged */
function originalStart({ header }: Recording, values: RunOptionValues) {
  const { program, configuration } = load(header.program.text, {
    name: header.program.name,
    values,
    runLine: true,
  });
  if (!program || !configuration) throw new UserError("the program in the recording cannot be assembled");
  return createRun(program, configuration).state;
}

/** Takes what was recorded, up to a number of transitions. */
function follow(trace: Trace, recording: Recording, transitions: number): void {
  let left = transitions;
  for (const { log, edit: change } of recording.chunks) {
    for (let i = 0; i < log.length; i++, left--) {
      if (left === 0 || take(trace, transitionOf(log.words[i]!))) return;
    }
    if (change) edit(trace, change);
  }
}
