import { existsSync, globSync, readdirSync } from 'node:fs'

/** The cells of the Markdown table whose head begins with these words, row by row. */
export function tableIn(document: string, ...head: string[]): string[][] {
  const lines = document.split('\n').map((line) => line.trim())
  const begins = lines.findIndex((line) => head.every((word, i) => cellsOf(line)[i] === word))
  if (begins < 0) throw new Error(`there is no table with the head ${head.join(' | ')}`)
  const rows = lines.slice(begins + 2)
  const ends = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, ends < 0 ? rows.length : ends).map(cellsOf)
}

export const cellsOf = (line: string) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim())

/** Everything between backticks on one line; blocks of code are no part of it. */
export function marked(text: string): string[] {
  return [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, inside]) => inside!)
}

/** Made by the program, so that a fresh checkout lacks them. */
const MADE = /^(build|look|node_modules|data|DATA_DIR|\.altavoz)\//

/** The files and folders that a document names in backticks and by links; `bin/altavoz import` names `bin/altavoz`. */
export function pathsNamedIn(document: string): string[] {
  const linked = [...document.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target!).filter((target) => !target.includes(':'))
  const words = marked(document).map((inside) => inside.split(' ')[0]!.replace(/^\.\//, ''))
  return [...new Set([...linked, ...words.filter((word) => isPath(word) && !MADE.test(word))])]
}

const tops = new Set(['.', 'src'].flatMap((folder) => readdirSync(folder)))

/** `America/Bogota` and `10.0.0.0/8` are none: a path ends like a file or a folder, or begins where one begins. */
function isPath(word: string): boolean {
  if (/^[/+]|[\s:{}…$]|^[*.][^/]*$/.test(word)) return false
  return /\.(md|ts|mjs|json|css|html|svelte|sh)$|.\/$/.test(word) || (word.includes('/') && tops.has(word.split('/')[0]!))
}

/** `*` and `<room>` stand for any name; brackets are letters, for routes have them in theirs. */
export function isThere(path: string, folder = ''): boolean {
  const whole = folder + path.replace(/<[a-z]+>/g, '*')
  return whole.includes('*') ? globSync(whole.replace(/[[\]()]/g, '\\$&')).length > 0 : existsSync(whole)
}
