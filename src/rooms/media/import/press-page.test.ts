import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { asMarkdown } from '#rooms/media/import/as-markdown.ts'
import { readPressPage } from '#rooms/media/import/press-page.ts'
import { readWhen } from '#rooms/media/import/read-when.ts'
import { revisionOf } from '#rooms/media/import/reading.ts'

const page = (text: string) => {
  const answer = readPressPage(text)
  if (!answer.read) throw new Error(answer.reason)
  return answer
}

const LAUNCH = resolve('../shared/inputs/launch-statement.txt')
const isThere = existsSync(LAUNCH)
if (!isThere) console.log('skipped: the launch statement is not beside this repository (../shared/inputs/launch-statement.txt)')

test.skipIf(!isThere)('the launch statement is read whole: title, teaser, region, every paragraph and no chrome', () => {
  const text = readFileSync(LAUNCH, 'utf8')
  const { page: read, warnings } = page(text)
  const { words, frozen, warnings: more } = revisionOf(read)
  expect(read.title).toBe('Launch of the Alliance for Sex Workers Rights')
  expect(read.teaser).toMatch(/^The Alliance for Human Rights .* protect their human rights\.$/)
  expect(read.lang).toBe('en')
  expect(read.issuer).toBe('Alliance for Human Rights and the Inclusion of Sex Workers in Latin America and the Caribbean')
  const printed = text.split('\n').filter((line) => line.length > 100 && !line.endsWith('...'))
  expect(read.paragraphs).toEqual(printed)
  expect(read.paragraphs).toHaveLength(13)
  expect(words.bodyMarkdown.split('\n\n')).toHaveLength(12)
  expect(words.bodyMarkdown).not.toMatch(/sex work alliance|Media center|- - -|^when$|^region$/im)
  expect(frozen).toMatchObject({
    when: '', whenNotStatedBySource: true,
    regions: [{ place: '419', printed: { text: 'Las Américas y el Caribe', lang: 'es' } }],
  })
  expect([...warnings, ...more]).toEqual([
    'left out as captions: “sex work alliance”',
    'no date is printed under “when”: it is kept as not stated',
    expect.stringContaining('which would be 019; the issuing body’s name says 419'),
  ])
})

const PAGE = `- - -
Red de Ejemplo

Sala de prensa

Una nota de ejemplo

La red de ejemplo pide que los Estados...

La red de ejemplo pide que los Estados escuchen a las personas que trabajan.

red de ejemplo

Lo que pedimos

1. Leyes que protejan, con todas las palabras tal como están: *sin* <b>marcas</b> & con [corchetes].

Firman la Organización A

red de ejemplo

cuándo

7 de mayo de 2022

región

Uruguay

Red de Ejemplo de Organizaciones`

test('a page in another language is read by its own labels, and short lines of the text are not lost', () => {
  const { page: read, warnings } = page(PAGE)
  expect(read).toEqual({
    title: 'Una nota de ejemplo',
    teaser: 'La red de ejemplo pide que los Estados escuchen a las personas que trabajan.',
    paragraphs: [
      'La red de ejemplo pide que los Estados escuchen a las personas que trabajan.',
      'Lo que pedimos',
      '1. Leyes que protejan, con todas las palabras tal como están: *sin* <b>marcas</b> & con [corchetes].',
      'Firman la Organización A',
    ],
    when: '7 de mayo de 2022', region: 'Uruguay', issuer: 'Red de Ejemplo de Organizaciones', lang: 'es',
  })
  expect(warnings).toEqual([
    'left out as captions: “red de ejemplo”',
    'kept, though they may be captions: “Lo que pedimos”, “Firman la Organización A”',
  ])
  expect(revisionOf(read).frozen).toMatchObject({ when: '2022-05-07', regions: [{ place: 'UY' }], whenNotStatedBySource: false })
})

/** One made-up page, as a site of each language would print it. */
const PAGES = {
  en: { section: 'News', title: 'The network opens its doors', text: 'The network asks that the states listen to those who work.', when: ['Date:', '7 May 2022'], region: ['Region', 'Haiti'] },
  es: { section: 'Noticias', title: 'La red abre sus puertas', text: 'La red pide que los Estados escuchen a quienes trabajan.', when: ['Fecha', '7 de mayo de 2022'], region: ['Región', 'Haití'] },
  pt: { section: 'Notícias', title: 'A rede abre as portas', text: 'A rede pede que os Estados não deixem de ouvir as pessoas que trabalham.', when: ['Data', '7 de maio de 2022'], region: ['Região', 'Haiti'] },
  fr: { section: 'Actualités', title: 'Le réseau ouvre ses portes', text: 'Le réseau demande que les États écoutent les personnes qui travaillent dans la rue.', when: ['Quand', '7 mai 2022'], region: ['Région :', 'Haïti'] },
  ht: { section: 'Nouvèl', title: 'Rezo a louvri pòt li', text: 'Rezo a mande pou Leta yo tande moun k ap travay yo nan lari a.', when: ['Kilè', '7 me 2022'], region: ['Rejyon', 'Ayiti'] },
}

test.each(Object.entries(PAGES))('a page in %s is read by its own labels, day, place and words', (lang, { section, title, text, when, region }) => {
  const name = 'Réseau / Red / Rezo'
  const lines = [name, section, title, `${text.slice(0, 20)}…`, text, name, `2. ${text}`, ...when, ...region, `${name} (2022)`]
  for (const ending of ['\n\n', '\r\n', '\n - - - \n']) {
    const { page: read, warnings } = page(`\ufeff${lines.join(ending)}`)
    expect(read).toEqual({ title, teaser: text, paragraphs: [text, `2. ${text}`], when: when[1], region: region[1], issuer: `${name} (2022)`, lang })
    expect(warnings).toEqual([`left out as captions: “${name}”`])
    const { frozen, warnings: more } = revisionOf(read)
    expect(frozen).toMatchObject({ when: '2022-05-07', regions: [{ place: 'HT' }], issuedBy: `${name} (2022)`, whenNotStatedBySource: false })
    expect(more).toEqual([])
  }
})

test('a paragraph that ends in dots is no teaser, and the words "when" and "news" within a text cut nothing', () => {
  const long = Array.from({ length: 9 }, (_, i) => `Paragraph ${i} says something, and goes on...`).join('\n\n')
  const { page: read } = page(`A title\n\nFirst.\n\nwhen\n\nNews\n\n${long}`)
  expect(read.title).toBe('A title')
  expect(read.teaser).toBe('First.')
  expect(read.paragraphs).toHaveLength(12)
  expect(read).toMatchObject({ when: '', region: '', issuer: '' })
})

test.each([
  ['', 'it is empty'],
  ['\n - - - \n\n', 'it is empty'],
  ['\u0000\u0001PNG', 'it is not plain text in UTF-8'],
  ['%PDF-1.7 \u0004 text', 'it is not plain text in UTF-8'],
  ['A title \ufffd\n\nText.', 'it is not plain text in UTF-8'],
  ['Only a title', 'it has a title and no text'],
  ['when\n\nregion\n\nUruguay', 'it has no title'],
  ['Media center', 'it has no title'],
  [`${'A paragraph where the title should be. '.repeat(20)}\n\nMore.`, 'it begins with a paragraph where its title should be'],
  ['x'.repeat(200_001), 'it is longer than 200000 characters, so it is not one press page'],
])('a page that cannot be read gives its reason (%#)', (text, reason) => {
  expect(readPressPage(text)).toEqual({ read: false, reason })
})

test('whatever is given is read or refused; what is read has a title, a teaser and only printed lines', () => {
  const known = ['', '- - -', 'when', 'region', 'Media center', 'sex work alliance', 'Las Américas y el Caribe', 'Cut...']
  const line = fc.oneof(fc.constantFrom(...known), fc.string({ unit: 'grapheme' }))
  fc.assert(fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
    const answer = readPressPage(lines.join('\n'))
    if (!answer.read) return answer.reason !== ''
    const { page: read } = answer
    const printed = new Set(lines.flatMap((l) => l.split(/\r\n?|[\n\f\v\u0085\u2028\u2029]/)).map((l) => l.trim()))
    const tail = [read.when, read.region, read.issuer].filter(Boolean)
    return [read.title, read.teaser, ...read.paragraphs, ...tail].every((l) => l !== '' && printed.has(l))
  }), { numRuns: 2000 })
})

test('printed words stay the words that were printed, whatever Markdown would make of them', async () => {
  const sign = fc.constantFrom(
    '*', '_', '[x](y)', '![x](y)', '<b>', '&amp;', '~~', '# ', '1. ', '1) ', '- ', '+ ', '===', '`', '|', '\\', '[^1]',
    '[^1]:', 'https://example.org', 'www.example.org', 'a@example.org', '[ ] ', ' ', 'ñ', 'word', '> ', '  ')
  await fc.assert(fc.asyncProperty(fc.array(sign, { minLength: 1, maxLength: 8 }), async (signs) => {
    const paragraph = signs.join('').trim()
    if (paragraph === '') return
    const { html } = await renderMarkdown(asMarkdown(paragraph), 'en')
    const words = html.replace(/ <a class="pn".*?<\/a>/, '').replace(/<[^>]*>/g, '')
      .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))
    expect(words.replace(/\s+/g, ' ')).toBe(paragraph.replace(/\s+/g, ' '))
    expect(html).toMatch(/^<p id="p1">/)
  }), { numRuns: 500 })
})

test.each([
  ['7 May 2022', '2022-05-07'], ['May 7, 2022', '2022-05-07'], ['7 de mayo de 2022', '2022-05-07'], ['mayo de 2022', '2022-05'],
  ['1º de maio de 2022', '2022-05-01'], ['1er mai 2022', '2022-05-01'], ['7 me 2022', '2022-05-07'], ['2021', '2021'],
  ['2022-05-07', '2022-05-07'], ['7/5/2022', undefined], ['soon', undefined], ['31 February 2022', undefined], ['premye me 2022', undefined],
])('the printed date %s is %s', (printed, stored) => {
  expect(readWhen(printed)).toBe(stored)
})
