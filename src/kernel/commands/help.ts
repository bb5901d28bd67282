import type { AnyCommand } from '#kernel/commands/command.ts'
import { literals } from '#kernel/commands/words.ts'

const columns = (rows: [string, string][]) => {
  const width = Math.max(0, ...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

export function helpText(commands: AnyCommand[]): string {
  return [
    'Usage: bin/altavoz WORD …', '',
    ...columns(commands.map(({ usage, description }) => [usage, description])), '',
    'Each word has a --help. They work beside a running server and without one.',
  ].join('\n')
}

export function commandHelp({ usage, description, options = [], examples = [] }: AnyCommand): string {
  const own = literals(usage).join(' ')
  return [
    `Usage: bin/altavoz ${usage}`, '', `  ${description}`,
    ...(options.length > 0 ? ['', ...columns(options.map(({ flag, description: says }) => [flag, says]))] : []),
    ...(examples.length > 0 ? ['', 'For example:', ...examples.map((line) => (line.startsWith(own) ? `  bin/altavoz ${line}` : line && `  ${line}`))] : []),
  ].join('\n')
}
