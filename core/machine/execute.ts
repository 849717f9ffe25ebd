import { OP } from "../isa/operations.ts";
import { AX, FLAGS_EQUAL, FLAGS_GREATER, FLAGS_LESS, SP } from "../isa/registers.ts";
import type { Fault, FaultKind } from "./fault.ts";
import { readCell, writeCell } from "./memory.ts";
import { isCode, type State } from "./state.ts";
import { appendStore, newestFor, removeOldest } from "./store-buffer.ts";

/** Why a burst of instructions ended. */
export const STOP = {
  /** As many instructions as asked for were executed. */
  LIMIT: 0,
  /** The thread has halted (also if it had before). */
  HALTED: 1,
  /** The last instruction was `yield`. */
  YIELD: 2,
  /** The last instruction prints (`rdump`, `mdump`). */
  OUTPUT: 3,
  /** The next instruction waits for the own store buffer to drain: a fence, a locked instruction, or a store with a full buffer. */
  BLOCKED: 4,
  /** The next instruction cannot be executed; see `Burst.fault`. */
  FAULT: 5,
} as const;

export type Stop = (typeof STOP)[keyof typeof STOP];

/** Asks `execute` for at most `limit` instructions and takes its answer; made once and used again, so that runs allocate nothing. */
export interface Burst {
  limit: number;
  /** Number of instructions executed. */
  executed: number;
  stop: Stop;
  fault: Fault | undefined;
}

export const createBurst = (): Burst => ({ limit: 0, executed: 0, stop: STOP.LIMIT, fault: undefined });

/** Largest magnitude of a value: integers up to here are exact in a double. */
export const LARGEST_INTEGER = 2 ** 53;

/** The value that a load by a thread gets: the newest store of its own buffer, else memory; NaN where nothing is mapped. */
export function load(state: State, thread: number, address: number): number {
  const buffer = state.buffers[thread]!;
  if (buffer.count > 0) {
    const at = newestFor(buffer, address);
    if (at >= 0) return buffer.value[at]!;
  }
  return readCell(state.memory, address);
}

/** Moves the oldest store of a thread's buffer, which must not be empty, to memory. */
export function drain(state: State, thread: number): void {
  const buffer = state.buffers[thread]!;
  writeCell(state.memory, buffer.address[buffer.head]!, buffer.value[buffer.head]!);
  removeOldest(buffer);
}

const compare = (left: number, right: number): number =>
  left < right ? FLAGS_LESS : left > right ? FLAGS_GREATER : FLAGS_EQUAL;

const isExact = (value: number): boolean => value <= LARGEST_INTEGER && value >= -LARGEST_INTEGER;

/**
 * Executes instructions of one thread until `burst.limit` are done or something else ends the burst. This is the machine:
 * everything that runs, debugs or explores a program comes through here (semantics: dialect §6.2; TSO: see `Model`).
 */
export function execute(state: State, thread: number, burst: Burst): void {
  const { program, registers, memory, flags, bufferCapacity } = state;
  const { operation, a, b, base, index, scale, displacement, immediate, target } = program.code;
  const buffer = state.buffers[thread]!;
  const tso = state.model === "tso";
  const r = thread * program.registers.length;
  const firstCode = program.loadAddress;
  const codeEnd = program.dialect === "asm" ? firstCode + program.code.length : firstCode;
  let pc = state.pc[thread]!;
  let executed = 0;
  let stop: Stop = STOP.LIMIT;
  let fault: FaultKind | undefined;
  let wrong = 0;

  if (state.halted[thread]) {
    burst.executed = 0;
    burst.stop = STOP.HALTED;
    return;
  }
  loop: while (executed < burst.limit) {
    const op = operation[pc]!;
    switch (op) {
      case OP.MOVE_I:
        registers[r + a[pc]!] = immediate[pc]!;
        break;
      case OP.MOVE_R:
        registers[r + a[pc]!] = registers[r + b[pc]!]!;
        break;
      case OP.LOAD:
      case OP.MDUMP: {
        const address =
          displacement[pc]! + registers[r + base[pc]!]! + scale[pc]! * registers[r + index[pc]!]!;
        const value = load(state, thread, address);
        if (Number.isNaN(value) || (address >= firstCode && address < codeEnd)) {
          fault = isCode(program, address) ? "code-as-data" : "unmapped-read";
          wrong = address;
          break loop;
        }
        if (op === OP.LOAD) registers[r + a[pc]!] = value;
        else stop = STOP.OUTPUT;
        break;
      }
      case OP.STORE_R:
      case OP.STORE_I: {
        const address =
          displacement[pc]! + registers[r + base[pc]!]! + scale[pc]! * registers[r + index[pc]!]!;
        if (address >= firstCode && address < codeEnd) {
          fault = "code-as-data";
          wrong = address;
          break loop;
        }
        const value = op === OP.STORE_R ? registers[r + b[pc]!]! : immediate[pc]!;
        if (!tso) writeCell(memory, address, value);
        else if (buffer.count < bufferCapacity) appendStore(buffer, address, value, pc);
        else {
          stop = STOP.BLOCKED;
          break loop;
        }
        break;
      }
      case OP.LEA: {
        const address =
          displacement[pc]! + registers[r + base[pc]!]! + scale[pc]! * registers[r + index[pc]!]!;
        if (!isExact(address)) {
          fault = "integer-overflow";
          wrong = address;
          break loop;
        }
        registers[r + a[pc]!] = address;
        break;
      }
      case OP.ADD_I:
      case OP.ADD_R:
      case OP.SUB_I:
      case OP.SUB_R:
      case OP.MUL_I:
      case OP.MUL_R: {
        const left = registers[r + a[pc]!]!;
        let value: number;
        if (op === OP.ADD_I) value = left + immediate[pc]!;
        else if (op === OP.SUB_I) value = left - immediate[pc]!;
        else if (op === OP.ADD_R) value = left + registers[r + b[pc]!]!;
        else if (op === OP.SUB_R) value = left - registers[r + b[pc]!]!;
        // Adding 0 turns −0 into 0: integers have one zero.
        else value = left * (op === OP.MUL_I ? immediate[pc]! : registers[r + b[pc]!]!) + 0;
        if (!isExact(value)) {
          fault = "integer-overflow";
          wrong = value;
          break loop;
        }
        registers[r + a[pc]!] = value;
        break;
      }
      case OP.NEG:
        registers[r + a[pc]!] = 0 - registers[r + a[pc]!]!;
        break;
      case OP.COMPARE_R_I:
        flags[thread] = compare(registers[r + b[pc]!]!, immediate[pc]!);
        break;
      case OP.COMPARE_R_R:
        flags[thread] = compare(registers[r + b[pc]!]!, registers[r + a[pc]!]!);
        break;
      case OP.COMPARE_I_R:
        flags[thread] = compare(immediate[pc]!, registers[r + b[pc]!]!);
        break;
      case OP.XCHG:
      case OP.FETCHADD:
      case OP.CMPXCHG: {
        if (buffer.count > 0) {
          stop = STOP.BLOCKED;
          break loop;
        }
        const address =
          displacement[pc]! + registers[r + base[pc]!]! + scale[pc]! * registers[r + index[pc]!]!;
        const old = readCell(memory, address);
        if (Number.isNaN(old) || (address >= firstCode && address < codeEnd)) {
          fault = isCode(program, address) ? "code-as-data" : "unmapped-read";
          wrong = address;
          break loop;
        }
        if (op === OP.XCHG) {
          writeCell(memory, address, registers[r + a[pc]!]!);
          registers[r + a[pc]!] = old;
        } else if (op === OP.FETCHADD) {
          const sum = old + registers[r + a[pc]!]!;
          if (!isExact(sum)) {
            fault = "integer-overflow";
            wrong = sum;
            break loop;
          }
          writeCell(memory, address, sum);
          registers[r + a[pc]!] = old;
        } else {
          flags[thread] = compare(registers[r + AX]!, old);
          if (registers[r + AX] === old) writeCell(memory, address, registers[r + b[pc]!]!);
          else registers[r + AX] = old;
        }
        break;
      }
      case OP.PUSH_R:
      case OP.PUSH_ADDRESS:
      case OP.CALL: {
        const top = registers[r + SP]! - 4;
        if (top >= firstCode && top < codeEnd) {
          fault = "code-as-data";
          wrong = top;
          break loop;
        }
        if (tso && buffer.count >= bufferCapacity) {
          stop = STOP.BLOCKED;
          break loop;
        }
        registers[r + SP] = top; // first, because what is pushed may depend on it (dialect §6.2)
        let value: number;
        if (op === OP.PUSH_R) value = registers[r + b[pc]!]!;
        else if (op === OP.CALL) value = firstCode + pc + 1;
        else value = displacement[pc]! + registers[r + base[pc]!]! + scale[pc]! * registers[r + index[pc]!]!;
        if (tso) appendStore(buffer, top, value, pc);
        else writeCell(memory, top, value);
        if (op === OP.CALL) pc = target[pc]! - 1;
        break;
      }
      case OP.POP:
        registers[r + SP] = registers[r + SP]! + 4;
        break;
      case OP.POP_R:
      case OP.RET: {
        const top = registers[r + SP]!;
        const value = load(state, thread, top);
        if (Number.isNaN(value) || (top >= firstCode && top < codeEnd)) {
          fault = isCode(program, top) ? "code-as-data" : "unmapped-read";
          wrong = top;
          break loop;
        }
        if (op === OP.RET) {
          if (value < firstCode || value >= codeEnd) {
            fault = "bad-return";
            wrong = value;
            break loop;
          }
          registers[r + SP] = top + 4;
          pc = value - firstCode - 1;
        } else {
          registers[r + a[pc]!] = value;
          registers[r + SP] = registers[r + SP]! + 4; // after the load, so that `pop %sp` leaves value + 4
        }
        break;
      }
      case OP.JUMP:
        pc = target[pc]! - 1;
        break;
      case OP.JUMP_IF:
        if ((flags[thread]! ^ b[pc]!) & a[pc]!) pc = target[pc]! - 1;
        break;
      case OP.NOP:
        break;
      case OP.HALT:
        state.halted[thread] = 1;
        stop = STOP.HALTED;
        break;
      case OP.YIELD:
        stop = STOP.YIELD;
        break;
      case OP.RDUMP:
        stop = STOP.OUTPUT;
        break;
      case OP.FENCE:
        if (buffer.count > 0) {
          stop = STOP.BLOCKED;
          break loop;
        }
        break;
      case OP.END:
        break loop;
      default:
        fault = "out-of-code";
        wrong = firstCode + pc;
        break loop;
    }
    pc++;
    executed++;
    if (stop !== STOP.LIMIT) break;
  }
  if (operation[pc] === OP.END) {
    state.halted[thread] = 1;
    stop = STOP.HALTED;
  }
  state.pc[thread] = pc;
  burst.executed = executed;
  burst.stop = fault ? STOP.FAULT : stop;
  burst.fault = fault && { kind: fault, thread, operation: pc, value: wrong };
}
