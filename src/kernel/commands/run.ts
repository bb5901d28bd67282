import { cac } from 'cac'
import type { Command } from '#kernel/commands/command.ts'
import { Refusal } from '#kernel/database/refusal.ts'

const literals = (usage: string) => usage.split(' ').filter((word) => !/^[<[]/.test(word))

/** The command whose own words the line begins with; of several the longest. */
export function findCommand(commands: Command[], line: string[]): Command | undefined {
  return commands.filter(({ usage }) => literals(usage).every((word, i) => line[i] === word))
    .sort((a, b) => literals(b.usage).length - literals(a.usage).length)[0]
}

export function helpText(commands: Command[]): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length))
  return ['Usage: bin/altavoz WORD …', '', ...commands.map(({ usage, description }) => `  ${usage.padEnd(width)}  ${description}`), '', 'Each word has a --help. They work beside a running server and without one.'].join('\n')
}

export type Line =
  | { kind: 'help'; text: string }
  | { kind: 'command'; command: Command; words: string[]; options: Record<string, unknown> }

/** Reads a line of the terminal. A mistake in it is a `Refusal` that names it and says what there is. */
export function readLine(commands: Command[], line: string[]): Line {
  if (line.length === 0 || line[0] === '--help' || line[0] === '-h' || line[0] === 'help') return { kind: 'help', text: helpText(commands) }
  const command = findCommand(commands, line)
  if (!command) throw new Refusal(unknownWord(commands, line))
  const own = literals(command.usage)
  const rest = line.slice(own.length)
  const tool = cac(`bin/altavoz ${own.join(' ')}`)
  const parameters = command.usage.split(' ').slice(own.length).join(' ')
  const reading = tool.command(parameters, command.description, { ignoreOptionDefaultValue: true })
  for (const { flag, description } of command.options ?? []) reading.option(flag, description)
  for (const example of command.examples ?? []) reading.example(`  ${example}`)
  if (rest.includes('--help') || rest.includes('-h')) return { kind: 'help', text: commandHelp(command, own.join(' ')) }
  try {
    const { args, options } = tool.parse(['node', 'altavoz', ...rest], { run: false })
    reading.checkUnknownOptions()
    reading.checkOptionValue()
    reading.checkRequiredArgs()
    const { '--': _after, ...given } = options as Record<string, unknown>
    const missing = command.options?.find(({ flag, required }) => required && given[nameOf(flag)] === undefined)
    if (missing) throw new Error(`${missing.flag} is missing: ${missing.description}`)
    const most = parameters.includes('...') ? Infinity : parameters === '' ? 0 : parameters.split(' ').length
    if (args.length > most) throw new Error(`“${args[most]}” is one word too many; put a text of several words in quotation marks`)
    return { kind: 'command', command, words: args.map(String), options: given }
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}. See bin/altavoz ${own.join(' ')} --help; nothing was changed.`)
  }
}

const nameOf = (flag: string) => (/^--([a-z-]+)/.exec(flag)?.[1] ?? '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

function commandHelp({ usage, description, options = [], examples = [] }: Command, own: string): string {
  const width = Math.max(0, ...options.map(({ flag }) => flag.length))
  return [`Usage: bin/altavoz ${usage}`, '', `  ${description}`, ...(options.length ? ['', ...options.map(({ flag, description: says }) => `  ${flag.padEnd(width)}  ${says}`)] : []),
    ...(examples.length ? ['', 'For example:', ...examples.map((example) => (example.startsWith(own) ? `  bin/altavoz ${example}` : `  ${example}`))] : [])].join('\n')
}

function unknownWord(commands: Command[], line: string[]): string {
  const typed = line.slice(0, 2).join(' ')
  const near = commands.map(({ usage }) => literals(usage).join(' ')).filter((word) => distance(word, typed) <= 3 || word.startsWith(line[0] ?? ''))
  return `There is no word “${typed}”.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''} See bin/altavoz --help; nothing was changed.`
}

/** Levenshtein's distance between two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]!
}
