import { ACCESS } from "../../core/isa/operations.ts";
import { EDIT_WORD, goTo } from "../../core/run/trace.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import type { Debuggee } from "../debuggee.ts";
import { encodeBase64 } from "../memory/base64.ts";
import { UserError } from "../user-error.ts";
import { instructionText } from "./place.ts";

/** Events of the trace for a picture of time; whoever wants more asks again from where this ends. */
export interface TimelineChunk {
  readonly from: number;
  /** The index behind the last event of the chunk. */
  readonly to: number;
  /** Number of threads. */
  readonly threads: number;
  /** Base64 of 16-bit words, little-endian: thread × 2, plus 1 for a drain; 65535 for a change by hand. */
  readonly words: string;
  /** Base64 of 32-bit integers, little-endian: the operation of each event, -1 for drains and changes by hand. */
  readonly operations: string;
  /** By operation: the instruction's text, and how it touches memory. */
  readonly instructions: readonly { readonly text: string; readonly access: string }[];
}

const MOST_EVENTS = 1 << 20;

/** @throws UserError if the trace is shorter than `from` */
export function timeline({ trace, program }: Debuggee, from: number): TimelineChunk {
  const { index, log, state } = trace;
  if (from < 0 || from > log.length) throw new UserError(`the run so far has ${log.length} events`);
  const end = Math.min(log.length, from + MOST_EVENTS);
  const operations = new Int32Array(end - from).fill(-1);
  goTo(trace, from);
  for (let i = from; i < end; i++) {
    const word = log.words[i]!;
    const transition = transitionOf(word);
    if (word !== EDIT_WORD && transition.kind === "execute")
      operations[i - from] = state.pc[transition.thread]!;
    goTo(trace, i + 1);
  }
  goTo(trace, index);
  return {
    from,
    to: end,
    threads: state.threadCount,
    words: encodeBase64(bytesOf(log.words.slice(from, end))),
    operations: encodeBase64(bytesOf(operations)),
    instructions: Array.from({ length: program.code.length }, (_, i) => ({
      text: instructionText(program, i) ?? "",
      access: ACCESS[program.code.operation[i]!]!,
    })),
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
