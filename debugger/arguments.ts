import { UserError } from "./user-error.ts";

/** What a request brings; a client may send anything, so every value is looked at before it is used. */
export type Arguments = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Arguments =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A whole number that must be there. @throws UserError */
export function integer(args: Arguments, name: string): number {
  const value = optionalInteger(args, name);
  if (value === undefined) throw new UserError(`the request needs a whole number \`${name}\``);
  return value;
}

export function optionalInteger(args: Arguments, name: string): number | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (Number.isSafeInteger(value)) return value as number;
  throw new UserError(`\`${name}\` must be a whole number, not ${shown(value)}`);
}

/** A text that must be there. @throws UserError */
export function text(args: Arguments, name: string): string {
  const value = optionalText(args, name);
  if (value === undefined) throw new UserError(`the request needs a text \`${name}\``);
  return value;
}

export function optionalText(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new UserError(`\`${name}\` must be a text, not ${shown(value)}`);
}

export function optionalFlag(args: Arguments, name: string): boolean | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "boolean") return value;
  throw new UserError(`\`${name}\` must be true or false, not ${shown(value)}`);
}

/** One of a few words. @throws UserError */
export function optionalChoice<T extends string>(
  args: Arguments,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  const found = choices.find((c) => c === value);
  if (found !== undefined) return found;
  throw new UserError(`\`${name}\` must be ${choices.join(" or ")}, not ${shown(value)}`);
}

/** A list of objects; none if it is left out. @throws UserError */
export function objects(args: Arguments, name: string): readonly Arguments[] {
  const value = args[name];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new UserError(`\`${name}\` must be a list of objects`);
}

export function optionalTexts(args: Arguments, name: string): readonly string[] | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((v) => typeof v === "string")) return value;
  throw new UserError(`\`${name}\` must be a list of texts`);
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60);
