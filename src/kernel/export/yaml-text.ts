import * as v from 'valibot'
import { parse, stringify } from 'yaml'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'

const DEEPEST = 20

/**
 * Values as YAML that any reader takes for the same values. Every text stands in double quotes on one line: no title is taken
 * for a number, a comment or the end of the front matter.
 */
export function writeYaml(value: object): string {
  const text = stringify(value, {
    defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER, aliasDuplicateObjects: false,
  })
  // Line ends and marks of order that some readers stumble over; they can stand in texts in quotes alone.
  return text.replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * Reads a file of an export. Aliases, of which bombs are made, and what nests deep stand in none that the program wrote.
 * @throws NotAsWritten
 */
export function readYaml<T extends v.GenericSchema>(path: string, text: string, schema: T): v.InferOutput<T> {
  if (isDeep(text)) throw new NotAsWritten(`${path} is nested deeper than any file of an export`)
  let read: unknown
  try {
    read = parse(text, { maxAliasCount: 0, logLevel: 'error', schema: 'core', merge: false })
  } catch (error) {
    throw new NotAsWritten(`${path} cannot be read as YAML: ${String((error as Error).message).split('\n')[0]!.slice(0, 200)}`)
  }
  const checked = v.safeParse(schema, read)
  if (checked.success) return checked.output
  const [issue] = checked.issues
  throw new NotAsWritten(`${path} is not as an export has it at “${v.getDotPath(issue) ?? 'its beginning'}”: ${issue.message.slice(0, 200)}`)
}

/** Depth is looked at before anything is parsed: the parser goes down by itself until its stack is full. */
function isDeep(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"/g, '""')
  let depth = 0
  for (const sign of bare) {
    if (sign === '[' || sign === '{') depth++
    if (depth > DEEPEST) return true
    if (sign === ']' || sign === '}') depth = Math.max(0, depth - 1)
  }
  return /^ {100}|(?:[-?:][ \t]+){20}/m.test(bare)
}
