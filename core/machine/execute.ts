import { OP } from "../isa/operations.ts";
import { AX, FLAGS_EQUAL, FLAGS_GREATER, FLAGS_LESS, SP } from "../isa/registers.ts";
import { effectiveAddress, isMapped, load } from "./access.ts";
import { executeComputation } from "./execute-computation.ts";
import type { Fault, FaultKind } from "./fault.ts";
import { readCell, writeCell } from "./memory.ts";
import { isCode, type State } from "./state.ts";
import { appendStore, removeOldest } from "./store-buffer.ts";
import { add, multiply, order, subtract, type WideIntegers } from "./wide.ts";

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

/** Moves the oldest store of a thread's buffer, which must not be empty, to memory. */
export function drain(state: State, thread: number): void {
  const buffer = state.buffers[thread]!;
  writeCell(state.memory, buffer.address[buffer.head]!, buffer.value[buffer.head]!);
  removeOldest(buffer);
}

function compare(wide: WideIntegers, left: number, right: number): number {
  const sign = order(wide, left, right);
  return sign < 0 ? FLAGS_LESS : sign > 0 ? FLAGS_GREATER : FLAGS_EQUAL;
}

/**
 * Executes instructions of one thread until `burst.limit` are done or something else ends the burst. This is the machine:
 * everything that runs, debugs or explores a program comes through here (semantics: dialect §6.2; TSO: see `Model`).
 */
export function execute(state: State, thread: number, burst: Burst): void {
  const { program, registers, memory, flags, bufferCapacity } = state;
  const { operation, a, b, immediate, target } = program.code;
  const { wide } = program;
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
        const address = effectiveAddress(program, registers, r, pc);
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
        const address = effectiveAddress(program, registers, r, pc);
        if (address >= firstCode && address < codeEnd) {
          fault = "code-as-data";
          wrong = address;
          break loop;
        }
        if (!isMapped(program, address)) {
          fault = "unmapped-write";
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
        const address = effectiveAddress(program, registers, r, pc);
        if (Number.isNaN(address)) {
          fault = "too-many-digits";
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
        const right =
          op === OP.ADD_I || op === OP.SUB_I || op === OP.MUL_I ? immediate[pc]! : registers[r + b[pc]!]!;
        let value: number;
        if (op === OP.ADD_I || op === OP.ADD_R) value = add(wide, left, right);
        else if (op === OP.SUB_I || op === OP.SUB_R) value = subtract(wide, left, right);
        else value = multiply(wide, left, right);
        if (Number.isNaN(value)) {
          fault = "too-many-digits";
          break loop;
        }
        registers[r + a[pc]!] = value;
        break;
      }
      case OP.NEG:
        registers[r + a[pc]!] = 0 - registers[r + a[pc]!]!;
        break;
      case OP.COMPARE_R_I:
        flags[thread] = compare(wide, registers[r + b[pc]!]!, immediate[pc]!);
        break;
      case OP.COMPARE_R_R:
        flags[thread] = compare(wide, registers[r + a[pc]!]!, registers[r + b[pc]!]!);
        break;
      case OP.COMPARE_I_R:
        flags[thread] = compare(wide, immediate[pc]!, registers[r + b[pc]!]!);
        break;
      case OP.XCHG:
      case OP.FETCHADD:
      case OP.CMPXCHG: {
        if (buffer.count > 0) {
          stop = STOP.BLOCKED;
          break loop;
        }
        const address = effectiveAddress(program, registers, r, pc);
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
          const sum = add(wide, old, registers[r + a[pc]!]!);
          if (Number.isNaN(sum)) {
            fault = "too-many-digits";
            break loop;
          }
          writeCell(memory, address, sum);
          registers[r + a[pc]!] = old;
        } else {
          flags[thread] = compare(wide, registers[r + AX]!, old);
          if (registers[r + AX] === old) writeCell(memory, address, registers[r + b[pc]!]!);
          else registers[r + AX] = old;
        }
        break;
      }
      case OP.PUSH_R:
      case OP.PUSH_ADDRESS:
      case OP.CALL: {
        const top = subtract(wide, registers[r + SP]!, 4);
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
        else value = effectiveAddress(program, registers, r, pc);
        if (tso) appendStore(buffer, top, value, pc);
        else writeCell(memory, top, value);
        if (op === OP.CALL) pc = target[pc]! - 1;
        break;
      }
      case OP.POP:
        registers[r + SP] = add(wide, registers[r + SP]!, 4);
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
          registers[r + SP] = add(wide, top, 4);
          pc = value - firstCode - 1;
        } else {
          registers[r + a[pc]!] = value;
          registers[r + SP] = add(wide, registers[r + SP]!, 4); // after the load, so that `pop %sp` leaves value + 4
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
      case OP.COMPUTE_R:
      case OP.COMPUTE_I:
      case OP.COMPUTE_LOAD:
      case OP.COMPUTE_STORE:
      case OP.COMPUTE_LOCKED:
      case OP.COMPARE_EXCHANGE: {
        const refusal = executeComputation(state, thread, pc);
        if (refusal === "blocked") {
          stop = STOP.BLOCKED;
          break loop;
        }
        if (refusal) {
          fault = refusal.kind;
          wrong = refusal.value;
          break loop;
        }
        break;
      }
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
