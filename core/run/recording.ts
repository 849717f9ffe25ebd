import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { digest, type Model, type State } from "../machine/state.ts";
import { append, createLog, type ScheduleLog } from "../schedule/log.ts";
import { formatSchedule, parseSchedule } from "../schedule/text.ts";
import { EDIT_WORD, type Edit } from "./trace.ts";

/**
 * The recording file, version 1: JSON Lines (contract.md). A header; then chunks `{"schedule":"0*2 1 0!","digest":"…"}` of 1,000
 * transitions with the digest of the state behind them, the last shorter; edits `{"edit":{…}}` where a person changed the state
 * (a chunk ends there, without a digest); then `{"end":{"transitions":N,"digest":"…"}}`, in which `how` may say why the run did not
 * go on: `"fault"`, with the `thread` whose next instruction cannot be executed, `"limit"` or `"interrupted"`.
 */
export const RECORDING_VERSION = 1;

const CHUNK = 1000;

export interface RecordingHeader {
  readonly interleave: typeof RECORDING_VERSION;
  readonly program: {
    readonly name: string;
    /** Of the text in UTF-8. */
    readonly sha256: string;
    /** So that a divergence can be shown even when the file has changed. */
    readonly text: string;
  };
  readonly model: Model;
  /** Option values that make the start, as `configure` takes them. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface RecordingChunk {
  readonly log: ScheduleLog;
  /** Of the state after the chunk; not there where an edit follows. */
  readonly digest?: string;
  /** What a person changed after the chunk. */
  readonly edit?: Edit;
}

/** Why a run that had not come to its end was not recorded further. */
export type RecordedEnd =
  | { readonly how: "fault"; readonly thread: number }
  | { readonly how: "limit" | "interrupted" };

export interface Recording {
  readonly header: RecordingHeader;
  readonly chunks: readonly RecordingChunk[];
  readonly transitions: number;
  readonly digest: string;
  /** Not there where the run had come to its end, or a person stopped recording. */
  readonly end?: RecordedEnd;
}

export const sha256Text = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

export const recordingHeader = (
  name: string,
  text: string,
  model: Model,
  options: Readonly<Record<string, unknown>>,
): RecordingHeader => ({
  interleave: RECORDING_VERSION,
  program: { name, sha256: sha256Text(text), text },
  model,
  options,
});

/** Writes a recording while a run goes on. */
export interface Recorder {
  /** Transitions that may be taken before `record` must be called, at least 1. */
  room(): number;
  /** `count` transitions of one kind were taken, at most `room()`; `state` is the state after them. */
  record(word: number, count: number, state: State): void;
  edit(change: Edit): void;
  end(state: State, why?: RecordedEnd): void;
}

/** A recorder that hands each finished line, with its line end, to `write`; the header at once. */
export function createRecorder(header: RecordingHeader, write: (line: string) => void): Recorder {
  const log = createLog();
  let transitions = 0;
  const line = (value: unknown): void => write(`${JSON.stringify(value)}\n`);
  const flush = (extra: { digest?: string }): void => {
    if (log.length > 0) line({ schedule: formatSchedule(log), ...extra });
    log.length = 0;
  };
  line(header);
  return {
    room: () => CHUNK - log.length,
    record: (word, count, state) => {
      append(log, word, count);
      transitions += count;
      if (log.length === CHUNK) flush({ digest: digest(state) });
    },
    edit: (change) => {
      flush({});
      line({ edit: change });
    },
    end: (state, why) => {
      flush({});
      line({ end: { transitions, digest: digest(state), ...why } });
    },
  };
}

/** Writes a whole log at once; `states` must bring a state to the place after each event, as `goTo` does. */
export function recordLog(
  header: RecordingHeader,
  log: ScheduleLog,
  edits: ReadonlyMap<number, Edit>,
  stateAfter: (event: number) => State,
): string {
  const lines: string[] = [];
  const recorder = createRecorder(header, (line) => lines.push(line));
  for (let i = 0; i < log.length; ) {
    if (log.words[i] === EDIT_WORD) {
      recorder.edit(edits.get(i)!);
      i++;
      continue;
    }
    const word = log.words[i]!;
    const most = Math.min(log.length, i + recorder.room());
    let next = i + 1;
    while (next < most && log.words[next] === word) next++;
    recorder.record(word, next - i, stateAfter(next));
    i = next;
  }
  recorder.end(stateAfter(log.length));
  return lines.join("");
}

type Parsed = { readonly recording: Recording } | { readonly error: string; readonly line: number };

/** Reads a recording. What is wrong with a file that is none, or was cut off, is said in one sentence with the line (from 1). */
export function parseRecording(text: string): Parsed {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const header = parseJson(lines[0] ?? "");
  const wrong = headerError(header);
  if (wrong) return { error: wrong, line: 1 };
  const chunks: RecordingChunk[] = [];
  for (let i = 1; i < lines.length; i++) {
    const value = parseJson(lines[i]!);
    if (isObject(value) && isObject(value["end"])) {
      const { transitions, digest: last } = value["end"];
      if (typeof transitions !== "number" || typeof last !== "string") break;
      const recorded = chunks.reduce((sum, c) => sum + c.log.length, 0);
      if (recorded !== transitions) {
        return {
          error: `the recording says that it has ${transitions} transitions, but it has ${recorded}`,
          line: i + 1,
        };
      }
      const end = recordedEnd(value["end"]);
      return {
        recording: {
          header: header as RecordingHeader,
          chunks,
          transitions,
          digest: last,
          ...(end && { end }),
        },
      };
    }
    const chunk = parseChunk(value);
    if (typeof chunk === "string") return { error: chunk, line: i + 1 };
    chunks.push(chunk);
  }
  return { error: "the recording is cut off: its end line is missing", line: lines.length };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

type JsonObject = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function headerError(header: unknown): string | undefined {
  if (!isObject(header) || !("interleave" in header)) return "this is not a recording of Interleave";
  if (header["interleave"] !== RECORDING_VERSION) {
    return `this recording has format version ${header["interleave"]}; version ${RECORDING_VERSION} is understood`;
  }
  const { program, model, options } = header;
  const complete =
    isObject(program) &&
    [program["name"], program["sha256"], program["text"]].every((v) => typeof v === "string") &&
    (model === "sc" || model === "tso") &&
    isObject(options);
  return complete ? undefined : "the header of the recording is not complete";
}

function recordedEnd({ how, thread }: JsonObject): RecordedEnd | undefined {
  if (how === "limit" || how === "interrupted") return { how };
  const isThread = typeof thread === "number" && Number.isSafeInteger(thread) && thread >= 0;
  return how === "fault" && isThread ? { how, thread } : undefined;
}

function parseChunk(value: unknown): RecordingChunk | string {
  if (!isObject(value)) return "this line of the recording is damaged or cut off";
  if (isObject(value["edit"]))
    return isEdit(value["edit"]) ? { log: createLog(), edit: value["edit"] } : "this edit is damaged";
  const { schedule, digest: after } = value;
  if (typeof schedule !== "string") return "this line of the recording is damaged or cut off";
  const { log, diagnostics } = parseSchedule(schedule);
  if (diagnostics[0]) return diagnostics[0].message;
  return { log, ...(typeof after === "string" ? { digest: after } : {}) };
}

function isEdit(value: JsonObject): value is JsonObject & Edit {
  const numbers = {
    register: ["thread", "register", "value"],
    flags: ["thread", "value"],
    pc: ["thread", "value"],
    memory: ["address", "value"],
  };
  const needed = numbers[value["kind"] as keyof typeof numbers];
  return needed?.every((name) => Number.isSafeInteger(value[name])) ?? false;
}
