import { didYouMean, nearest } from "../../core/text/nearest.ts";
import { UserError } from "../user-error.ts";
import { addressOf, findVariable, type Place } from "./evaluate.ts";
import { parseExpression } from "./parse.ts";
import { isRegister } from "./registers.ts";

/**
 * The address of the cell that a person names: a variable, or a cell such as `[2000]`.
 * @throws UserError for anything else, and for what is no expression
 */
export function addressOfCell(text: string, place: Place): number {
  const { program } = place.state;
  const { expression } = parseExpression(text);
  if (expression.kind === "cell") return addressOf(expression.address, place);
  if (expression.kind === "name") {
    const variable = findVariable(expression.name, program);
    if (variable) return variable.address;
    if (!isRegister(expression.name, program)) {
      const names = program.variables.map((v) => v.name);
      const hint = didYouMean(nearest(expression.name, names));
      throw new UserError(`there is no variable \`${expression.name}\`${hint}`);
    }
  }
  throw new UserError("only memory can be watched for accesses: a variable or a cell such as `[2000]`");
}
