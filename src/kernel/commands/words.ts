import type { AnyCommand } from '#kernel/commands/command.ts'

/** A command's own words: `site set` of `site set <key> <value>`. */
export const literals = (usage: string) => usage.split(' ').filter((word) => !/^[<[]/.test(word))

/** What is typed after them: `<key>`, `<value>`. */
export const parametersOf = (usage: string) => usage.split(' ').filter((word) => /^[<[]/.test(word))

/** The words that somebody may have meant: those of the least distance, when that is small. */
export function nearestWords(commands: AnyCommand[], line: string[]): string[] {
  const measured = commands.map(({ usage }) => {
    const own = literals(usage)
    return { word: own.join(' '), away: distance(own.join(' '), line.slice(0, own.length).join(' ')) }
  })
  const least = Math.min(...measured.map(({ away }) => away))
  return measured.filter(({ word, away }) => away === least && away <= Math.max(2, Math.floor(word.length / 3))).map(({ word }) => word)
}

/** Levenshtein's distance between two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
