/**
 * A start or a command that cannot go on, and says in one sentence what an operator can do about it. Whoever catches
 * it prints the message alone (no stack) and ends with code 1.
 */
export class Refusal extends Error {
  override name = 'Refusal'
}

/** The database was made by a newer program than this one: going on could destroy what it does not know. */
export class NewerSchemaError extends Refusal {
  override name = 'NewerSchemaError'
}
