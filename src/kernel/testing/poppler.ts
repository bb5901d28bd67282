// What poppler's programs read in a PDF: another reader's eye than the program that wrote it.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0
/** To be put at the end of a test's title: says why it was skipped. */
export const withPoppler = hasPoppler ? '' : ' (skipped: this machine has no pdftotext, of poppler-utils)'

export interface ReadPdf {
  text: string
  info: Record<string, string>
  fonts: { name: string; isEmbedded: boolean }[]
  isUniversal: boolean
  languages: string[]
}

/** Its words in order, what it says of itself, its fonts, whether it claims PDF/UA-1, the languages it names. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const folder = mkdtempSync(join(tmpdir(), 'altavoz-pdf-'))
  const file = join(folder, 'a.pdf')
  writeFileSync(file, bytes)
  const run = (program: string, ...args: string[]) => execFileSync(program, [...args, file, ...(program === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const raw = Buffer.from(bytes).toString('latin1')
    return {
      text: run('pdftotext'),
      info: Object.fromEntries(run('pdfinfo').split('\n').filter((line) => line.includes(':')).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])),
      // Six letters and a plus, then the font's name; `emb sub uni` end the line before the object's number.
      fonts: run('pdffonts').split('\n').slice(2).filter((line) => line !== '').map((line) => ({ name: line.split(/\s+/)[0]!.replace(/^[A-Z]{6}\+/, ''), isEmbedded: / yes (yes|no) +(yes|no) +\d+ +\d+ *$/.test(line) })),
      isUniversal: raw.includes('<pdfuaid:part>1</pdfuaid:part>'),
      languages: [...new Set([...raw.matchAll(/\/Lang \(([^)]*)\)/g)].map(([, lang]) => lang!))],
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
