/** Something that a person asked for and that cannot be done; the message says what and why, in words for that person. */
export class UserError extends Error {
  override readonly name = "UserError";
}
