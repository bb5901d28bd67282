import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { AnyCommand, CommandOption } from '#kernel/commands/command.ts'
import { commandHelp, helpText } from '#kernel/commands/help.ts'
import { literals, nearestWords, parametersOf } from '#kernel/commands/words.ts'
import { Refusal } from '#kernel/database/refusal.ts'

export type Line =
  | { kind: 'help'; text: string }
  | { kind: 'command'; command: AnyCommand; words: string[]; options: Record<string, unknown> }

const isHelp = (word: string | undefined) => word === '--help' || word === '-h'

/**
 * Reads a line of the terminal. A mistake in it is a `Refusal` that names it and says what there is.
 *
 * NOTE: Node's own `parseArgs`, not `cac`: that one takes texts for numbers, and `--why 0042` arrives as 42.
 */
export function readLine(commands: AnyCommand[], line: string[]): Line {
  if (line[0] === 'help') return readLine(commands, [...line.slice(1), '--help'])
  if (line.length === 0 || isHelp(line[0])) return { kind: 'help', text: helpText(commands) }
  const command = findCommand(commands, line)
  if (!command) return { kind: 'help', text: familyHelp(commands, line) }
  const own = literals(command.usage)
  const rest = line.slice(own.length)
  const end = rest.indexOf('--')
  if (rest.slice(0, end < 0 ? rest.length : end).some(isHelp)) return { kind: 'help', text: commandHelp(command) }
  try {
    return { kind: 'command', command, ...readRest(command, rest) }
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    throw new Refusal(`${error.message}. See bin/altavoz ${own.join(' ')} --help; nothing was changed.`)
  }
}

/** The command whose own words the line begins with; of several the longest. */
function findCommand(commands: AnyCommand[], line: string[]): AnyCommand | undefined {
  return commands
    .filter(({ usage }) => literals(usage).every((word, i) => line[i] === word))
    .sort((a, b) => literals(b.usage).length - literals(a.usage).length)[0]
}

/** `site` alone: the words that begin so. What begins no word is refused. */
function familyHelp(commands: AnyCommand[], line: string[]): string {
  const typed = line.filter((word) => !isHelp(word))
  const family = commands.filter(({ usage }) => typed.every((word, i) => literals(usage)[i] === word))
  if (family.length > 0) return helpText(family)
  const near = nearestWords(commands, line)
  const words = line.slice(0, 2).filter((word) => !word.startsWith('-')).join(' ')
  const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''
  throw new Refusal(`There is no word “${words}”.${meant} See bin/altavoz --help; nothing was changed.`)
}

class Misread extends Error {}

function readRest(command: AnyCommand, rest: string[]) {
  const options = command.options ?? []
  const { values, positionals, tokens } = parse(rest, options)
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token.rawName] : []))
  const repeating = new Set(options.filter(({ repeats }) => repeats).map(({ flag }) => `--${nameOf(flag)}`))
  const twice = given.find((name, i) => given.indexOf(name) !== i && !repeating.has(name))
  if (twice) throw new Misread(`${twice} is given twice`)
  const missing = options.find(({ flag, required }) => required && values[nameOf(flag)] === undefined)
  if (missing) throw new Misread(`${missing.flag} is missing: ${missing.description}`)

  const parameters = parametersOf(command.usage)
  const least = parameters.filter((parameter) => parameter.startsWith('<')).length
  if (positionals.length < least) throw new Misread(`${parameters[positionals.length]} is missing`)
  const most = parameters.some((parameter) => parameter.includes('...')) ? Infinity : parameters.length
  if (positionals.length > most) {
    throw new Misread(`“${positionals[most]}” is one word too many; put a text of several words in quotation marks`)
  }
  const named = Object.entries(values).map(([name, value]) => [camelCase(name), value])
  return { words: positionals, options: Object.fromEntries(named) as Record<string, unknown> }
}

function parse(rest: string[], options: CommandOption[]) {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    options.map(({ flag, repeats }) => [nameOf(flag), { type: flag.includes('<') ? 'string' : 'boolean', multiple: repeats ?? false }]))
  try {
    return parseArgs({ args: rest, options: config, allowPositionals: true, tokens: true })
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error
    // Its first sentence is good; the rest is about writing programs.
    throw new Misread(message.split(/\. |\n/)[0]!.replace(/\.$/, ''))
  }
}

const nameOf = (flag: string) => /^--([a-z-]+)/.exec(flag)?.[1] ?? flag
const camelCase = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
