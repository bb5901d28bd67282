// Plain-text press pages made for the tests: the real one stays outside the project.
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const REAL_STATEMENT = '../shared/inputs/launch-statement.txt'
export const hasRealStatement = existsSync(REAL_STATEMENT)
export const SKIP_REASON = `skipped: ${REAL_STATEMENT} is not beside this checkout`

export interface PressPage { title: string; teaser?: string; paragraphs: string[]; when?: string; region?: string; issuer?: string }

/** Writes a page in the form that the import reads, and answers with its path. */
export function writePressPage(name: string, page: PressPage, folder = mkdtempSync(join(tmpdir(), 'press-page-'))): string {
  const teaser = page.teaser ?? page.paragraphs[0] ?? ''
  const lines = ['- - -', 'Test press office', '', 'Media center', '', page.title, '', `${teaser.slice(0, 120)}...`, '',
    ...page.paragraphs.flatMap((p) => [p, '']), 'when', ...(page.when ? ['', page.when] : []), '', 'region', '', page.region ?? 'Uruguay', '', page.issuer ?? 'Test alliance for press pages']
  const file = join(folder, `${name}.txt`)
  writeFileSync(file, lines.join('\n'))
  return file
}
