import { expect, test } from 'vitest'
import { citationOf } from '#rooms/media/citation.ts'
import { citationFile } from '#rooms/media/server/citation-file.ts'

const item = {
  kind: 'statement', lang: 'es', slug: 'nuestra-nota', title: 'Declaración: {100 %} & \\input{x}', teaser: 'Qué pedimos.', when: '2026-11',
  dateOf: 'published', isStarter: false, publicFrom: Temporal.Instant.from('2026-11-24T02:00:00Z'), issuedBy: 'Alianza de Señas',
  signers: [], regions: [],
} as const
const cite = (change: object = {}) => citationOf({ ...item, ...change } as never, 'America/Bogota', 'https://a.example/es/media/nuestra-nota', 'Alianza', 'Pronunciamiento')

test('a citation is as precise as the text’s own date, and no more', () => {
  expect(cite().issued).toEqual({ 'date-parts': [[2026, 11]] })
  expect(cite({ when: '2026-12-03T10:00[America/Lima]' }).issued).toEqual({ 'date-parts': [[2026, 12, 3]] })
  expect(cite({ when: '2013-07/2014-03' }).issued).toEqual({ 'date-parts': [[2013, 7], [2014, 3]] })
})

test('a text without a date is cited without one in every file', async () => {
  const undated = cite({ when: '', dateOf: null })
  expect(undated).not.toHaveProperty('issued')
  for (const format of ['bib', 'ris', 'json'] as const) {
    const file = await citationFile(undated, format)
    expect(file).not.toMatch(/\b(date|year|issued|DA|PY)\b/)
    expect(file).not.toMatch(/20\d\d/)
  }
})

test('who issued it is its author, and with nobody all who signed', () => {
  expect(cite().author).toEqual([{ literal: 'Alianza de Señas' }])
  expect(cite({ issuedBy: null, signers: [{ organisationId: null, name: 'A' }, { organisationId: null, name: 'B' }] }).author).toEqual([{ literal: 'A' }, { literal: 'B' }])
  expect(cite({ issuedBy: null })).not.toHaveProperty('author')
})

test('BibTeX holds accents as TeX writes them, and the signs of TeX as words', async () => {
  const file = await citationFile(cite(), 'bib')
  expect(file).toMatch(/^@online\{nuestra-nota-es,/)
  expect(file).toContain('author = {{Alianza de Señas}}')
  expect(file).toContain('date = {2026-11}')
  expect(file).toContain('Declaraci{\\\' o}n')
  expect(file).not.toContain('\\input{')
  expect(await citationFile(cite({ issuedBy: 'A & B} \\input{x' }), 'bib')).toContain('author = {{A \\& B inputx}}')
})

test('a line break in a title begins no field of its own', async () => {
  const file = await citationFile(cite({ title: 'Nota\nAU  - Nadie\r\nUR  - https://other.example' }), 'ris')
  expect(file.match(/^AU  - .*$/gm)).toEqual(['AU  - Alianza de Señas'])
  expect(file.match(/^UR  - .*$/gm)).toEqual(['UR  - https://a.example/es/media/nuestra-nota'])
  expect(file.match(/^TY/gm)).toHaveLength(1)
})

test('CSL-JSON is one work with its language, kind and address', async () => {
  const [work] = JSON.parse(await citationFile(cite({ kind: 'report' }), 'json'))
  expect(work).toMatchObject({ type: 'report', language: 'es', genre: 'Pronunciamiento', URL: 'https://a.example/es/media/nuestra-nota', abstract: 'Qué pedimos.' })
})
