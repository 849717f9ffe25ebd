import type { Question } from "../../core/explore/question.ts";
import { subjectOf } from "../../core/explore/subject.ts";
import { describeState, type StateDescription } from "../../core/machine/describe.ts";
import { step } from "../../core/machine/transition.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import { parseSchedule } from "../../core/schedule/text.ts";

/** Whether the schedule from which a question asks leads to a state, which may be described in more detail than ours. */
export function leadsTo(question: Question, described: StateDescription): boolean {
  const { text, models, from = "" } = question;
  const subject = subjectOf(text, question);
  if ("error" in subject) return false;
  const state = subject.start(models[0]!, Number.POSITIVE_INFINITY);
  const { log } = parseSchedule(from);
  for (let i = 0; i < log.length; i++) if (step(state, transitionOf(log.words[i]!))) return false;
  const { threads, variables, cells } = describeState(state);
  return (
    agrees(threads, described.threads) &&
    agrees(variables, described.variables) &&
    agrees(cells, described.cells) &&
    agrees(described.cells, cells)
  );
}

/** Whether everything in a piece of plain data is so in another one, too. */
function agrees(data: unknown, other: unknown): boolean {
  if (typeof data !== "object" || data === null) return data === other;
  if (typeof other !== "object" || other === null) return false;
  if (Array.isArray(data) && (!Array.isArray(other) || data.length !== other.length)) return false;
  return Object.entries(data).every(([name, value]) => agrees(value, Reflect.get(other, name)));
}
