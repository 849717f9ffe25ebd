import type { DebugProtocol } from "@vscode/debugprotocol";
import { noSuchThread } from "../../core/machine/refusal.ts";
import type { State } from "../../core/machine/state.ts";
import { integer, optionalFlag, optionalInteger, text } from "../arguments.ts";
import { applyChange } from "../change.ts";
import { toClient } from "../client.ts";
import { decodeBase64, encodeBase64 } from "../memory/base64.ts";
import { readBytes, writeEdits } from "../memory/bytes.ts";
import { debuggeeOf, stoppedDebuggee } from "../pace.ts";
import type { Handler } from "../session.ts";
import { UserError } from "../user-error.ts";
import { instructionText, placeName, spanOf } from "../views/place.ts";

/** More bytes than this at once are a slip of a client. */
const MOST_BYTES = 1 << 20;
const MOST_INSTRUCTIONS = 10_000;

/** The thread of `mem:T0`, none for `mem`. @throws UserError for any other reference */
function viewOf(reference: string, state: State): number | undefined {
  const match = /^mem(?::T(\d{1,6}))?$/.exec(reference);
  if (!match)
    throw new UserError(`\`${reference}\` is not memory: there are \`mem\` and, as T0 sees it, \`mem:T0\``);
  if (match[1] === undefined) return undefined;
  const thread = Number(match[1]);
  if (thread < state.threadCount) return thread;
  throw new UserError(noSuchThread(thread, state.threadCount));
}

const readMemory: Handler = (session, args) => {
  const debuggee = debuggeeOf(session);
  const offset = optionalInteger(args, "offset") ?? 0;
  const count = integer(args, "count");
  if (count < 0 || count > MOST_BYTES)
    throw new UserError(`between 0 and ${MOST_BYTES} bytes can be read at once`);
  const thread = viewOf(text(args, "memoryReference"), debuggee.trace.state);
  const { bytes, unreadable } = readBytes(debuggee, thread, offset, count);
  return {
    address: String(offset),
    ...(bytes.length > 0 ? { data: encodeBase64(bytes) } : {}),
    ...(unreadable > 0 ? { unreadableBytes: unreadable } : {}),
  };
};

const writeMemory: Handler = (session, args) => {
  const debuggee = stoppedDebuggee(session);
  const thread = viewOf(text(args, "memoryReference"), debuggee.trace.state);
  if (thread !== undefined)
    throw new UserError(`what T${thread} sees cannot be changed by itself; change shared memory (\`mem\`)`);
  const bytes = decodeBase64(text(args, "data"));
  if (!bytes || bytes.length > MOST_BYTES) throw new UserError("`data` must be base64 of at most 1 MB");
  const edits = writeEdits(debuggee, optionalInteger(args, "offset") ?? 0, bytes);
  for (const change of edits) applyChange(session, change);
  if (edits.length > 0 && session.client.invalidatedEvents)
    session.emit("invalidated", { areas: ["variables"] });
  return { bytesWritten: bytes.length };
};

/** Instructions around an address; what lies outside of the code is told as such, because DAP wants as many as asked for. */
const disassemble: Handler = (session, args) => {
  const debuggee = debuggeeOf(session);
  const { program } = debuggee;
  const base = Number(text(args, "memoryReference")) + (optionalInteger(args, "offset") ?? 0);
  if (!Number.isSafeInteger(base))
    throw new UserError("`memoryReference` must be the address of an instruction");
  const count = integer(args, "instructionCount");
  if (count < 0 || count > MOST_INSTRUCTIONS)
    throw new UserError(`between 0 and ${MOST_INSTRUCTIONS} instructions can be listed at once`);
  const first = base + (optionalInteger(args, "instructionOffset") ?? 0);
  const symbols = optionalFlag(args, "resolveSymbols") ?? false;
  const instructions = Array.from({ length: count }, (_, i): DebugProtocol.DisassembledInstruction => {
    const address = first + i;
    const operation = address - program.loadAddress;
    const instruction = operation < program.code.length ? instructionText(program, operation) : undefined;
    if (instruction === undefined) {
      return {
        address: String(Math.max(0, address)),
        instruction: "no instruction",
        presentationHint: "invalid",
      };
    }
    return {
      address: String(address),
      instruction,
      ...(symbols ? { symbol: placeName(program, operation) } : {}),
      location: debuggee.source,
      ...toClient(spanOf(debuggee, operation), session.client),
    };
  });
  return { instructions };
};

export const memoryRequests: Readonly<Record<string, Handler>> = { readMemory, writeMemory, disassemble };
