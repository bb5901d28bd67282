// The starter library speaks for nobody, so its texts are held to the house's words before anyone reads them.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { parseWhen } from '#kernel/when/when.ts'
import { laws, runInBoth, sayingsOf, works } from './data.ts'
import { CREOLE_DATES, FIXED_PAGE_LANGS, ITEM_LANGS, NOT_USED, SURENESS } from './starter-rules.ts'

interface Item { kind: string; when: string; date_of: string | null; sources: Source[] }
interface Source { title: string; publisher: string | null; year: number | null; url: string | null; lang: string; records: string[] }
interface Text { where: string; lang: string; front: Record<string, unknown>; body: string }

function readText(folder: string, lang: string): Text {
  const where = join(folder, `${lang}.md`)
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(import.meta.dirname, where), 'utf8')) ?? []
  if (front === undefined || body === undefined) throw new Error(`${where} has no front matter`)
  return { where, lang, front: parse(front) as Record<string, unknown>, body }
}

const readItem = (name: string) => parse(readFileSync(join(import.meta.dirname, 'items', name, 'item.yaml'), 'utf8')) as Item
const items = Object.entries(ITEM_LANGS).map(([name, langs]) => ({ name, langs, texts: langs.map((lang) => readText(`items/${name}`, lang)) }))
const pages = ['about', 'privacy', 'accessibility'].map((key) => ({ key, texts: FIXED_PAGE_LANGS.map((lang) => readText(`pages/${key}`, lang)) }))
const texts = [...items.flatMap((item) => item.texts), ...pages.flatMap((page) => page.texts)]

/** What the text says in its own voice: without addresses, words marked as another language, and titles in italics. */
function ownWords({ front, body }: Text) {
  return [front.title, front.teaser, front.doubt, body].filter(Boolean).join('\n')
    .replace(/<(span|i) lang="[a-z]+">[\s\S]*?<\/\1>(?:<\/span>)?/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/(?<!\*)\*(?!\*)[^*\n]+\*(?!\*)/g, '')
}

/** Footnotes hold the names of works and organisations. */
const withoutNotes = (words: string) => words.replace(/^\[\^\d+\]:.*$/gm, '')

test('every folder of the starter library is one that was promised', () => {
  expect(readdirSync(join(import.meta.dirname, 'items')).sort()).toEqual(Object.keys(ITEM_LANGS).sort())
})

test.each(items)('$name is there in the languages that were promised, and in no other', ({ name, langs }) => {
  const found = readdirSync(join(import.meta.dirname, 'items', name)).filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3))
  expect(found.sort()).toEqual([...langs].sort())
})

test.each(items)('$name says who signs it, under which licence and from which sources', ({ name }) => {
  const item = readItem(name)
  expect(item).toMatchObject({ signed_by: 'Altavoz starter library', licence: 'CC BY 4.0', original_lang: 'en' })
  if (!['open', 'today'].includes(item.when)) expect(parseWhen(item.when)).toBeDefined()
  expect(['happened', 'adopted', 'published', 'in_force', null]).toContain(item.date_of)
  expect(item.sources.length).toBeGreaterThan(0)
  for (const source of item.sources) expect(Object.keys(source)).toEqual(['title', 'publisher', 'year', 'url', 'lang', 'records'])
})

test.each(items)('$name cites records and works that are in the data, with the source that these name', ({ name }) => {
  for (const { title, publisher, year, url, records } of readItem(name).sources) {
    for (const id of records.filter((one) => !/^data\/|^launch-statement$/.test(one))) {
      const law = laws.find((one) => one.id === id)
      const work = works.find((one) => one.id === id)
      if (law) expect(law.sources, id).toContainEqual({ title, publisher, year, url })
      else expect({ title: work?.title, publisher: work?.publisher, url: work?.URL }, id).toEqual({ title, publisher, url })
    }
  }
})

const cited = items.map((item) => ({ ...item, records: readItem(item.name).sources.flatMap((one) => one.records).filter((id) => sayingsOf(id)) }))
const ofRecords = cited.filter(({ records }) => records.length > 0)

test.each(ofRecords)('$name says how sure it is, and of which years', ({ texts, records }) => {
  const years = records.flatMap((id) => laws.find((one) => one.id === id)?.as_of ?? [])
  for (const { where, lang, body } of texts) {
    const { confidence, year } = SURENESS[lang]!
    expect(body, where).toMatch(confidence)
    expect(body, where).toMatch(years.length > 0 ? year(Math.max(...years)) : /\b20\d\d\b/)
  }
})

test.each(ofRecords)('$name repeats no sentence of its source', ({ texts, records }) => {
  const english = ownWords(texts.find(({ lang }) => lang === 'en')!)
  for (const id of records) for (const said of sayingsOf(id)!) expect(runInBoth(english, said, 9), id).toBeUndefined()
})

test('of nine questions the data answer two for Haiti, as its text says', () => {
  expect(new Set(laws.map((law) => law.dimension)).size).toBe(9)
  expect(laws.filter((law) => law.jurisdiction === 'HT').map((law) => law.dimension).sort()).toEqual(['selling', 'third_parties'])
})

test.each(items)('$name leaves no sentence untranslated', ({ texts }) => {
  const seen = new Map<string, string>()
  for (const text of texts) {
    const sentences = withoutNotes(ownWords(text)).split(/(?<=[.:;?])\s+|\n+/).filter((one) => (one.match(/(?<![{\p{L}_])\p{L}+/gu)?.length ?? 0) >= 4)
    for (const sentence of sentences) {
      expect(seen.get(sentence) ?? text.lang, `“${sentence}”`).toBe(text.lang)
      seen.set(sentence, text.lang)
    }
  }
})

test('every link of a text is a whole address of the web', () => {
  for (const { where, body } of texts)
    for (const [, address] of body.matchAll(/\]\(([^)]*)\)/g)) {
      expect(URL.parse(address!)?.protocol, `${where}: ${address}`).toMatch(/^https?:$/)
      expect(URL.parse(address!)?.href, where).toBe(address)
    }
})

test('some texts are long enough for a table of contents', () => {
  const long = items.filter(({ texts }) => texts.every(({ body }) => (body.match(/^## /gm)?.length ?? 0) >= 3))
  expect(long.length).toBeGreaterThanOrEqual(2)
})

test.each(items)('$name has the same notes, headings and list points in each language', ({ texts }) => {
  const shape = ({ body }: Text) => ({
    notes: body.match(/^\[\^\d+\]:/gm)?.length,
    references: body.match(/\[\^\d+\](?!:)/g)?.length,
    headings: body.match(/^## /gm)?.length,
    points: body.match(/^(?:- |\d+\. )/gm)?.length,
    addresses: body.match(/\]\(https?:[^)]*\)/g),
  })
  for (const text of texts) expect(shape(text), text.where).toEqual(shape(texts[0]!))
})

test.each(pages)('the page $key has the same headings and list points in each language', ({ texts }) => {
  const shape = ({ body }: Text) => [body.match(/^## /gm)?.length, body.match(/^- /gm)?.length]
  for (const text of texts) expect(shape(text), text.where).toEqual(shape(texts[0]!))
})

test('titles, teasers and bodies keep their lengths, and each item says what is not certain', () => {
  for (const { where, front, body } of items.flatMap((item) => item.texts)) {
    expect(String(front.title).length, `${where}: title`).toBeLessThanOrEqual(65)
    expect(String(front.teaser).length, `${where}: teaser`).toBeLessThanOrEqual(160)
    expect(front.doubt, where).toEqual(expect.stringMatching(/.{40}/))
    expect(front.slug, where).toEqual(expect.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/))
    const words = body.replace(/^\[\^\d+\]:.*$/gm, '').replace(/<[^>]+>/g, '').split(/\s+/).filter((word) => /\p{L}/u.test(word)).length
    expect(words, `${where}: words`).toBeGreaterThanOrEqual(200)
    expect(words, `${where}: words`).toBeLessThanOrEqual(450)
  }
})

test('slugs differ within each language', () => {
  for (const lang of FIXED_PAGE_LANGS) {
    const slugs = items.flatMap((item) => item.texts).filter((text) => text.lang === lang).map((text) => text.front.slug)
    expect(new Set(slugs).size).toBe(slugs.length)
  }
})

test('the words not used are not used, outside the names of laws and books', () => {
  for (const text of texts)
    for (const word of [...NOT_USED.all!, ...NOT_USED[text.lang]!])
      expect(withoutNotes(ownWords(text)).match(word)?.[0], `${text.where} says ${word}`).toBeUndefined()
})

test('French keeps its signs and quotation marks from standing alone at a line end', () => {
  for (const text of texts.filter(({ lang }) => lang === 'fr')) {
    const own = ownWords(text).replace(/\[\^\d+\]:/g, '')
    expect(own.match(/.{0,12}(?<!\u202f)[;?!]/)?.[0], text.where).toBeUndefined()
    expect(own.match(/.{0,12}(?<!\u00a0):/)?.[0], text.where).toBeUndefined()
    expect(own.match(/«(?!\u00a0)|(?<!\u00a0)»|[“”"']/)?.[0], text.where).toBeUndefined()
  }
})

test('Creole is written as in 1980, in its own months, and says that nobody has reviewed it yet', () => {
  for (const text of texts.filter(({ lang }) => lang === 'ht')) {
    const own = ownWords(text)
    expect(own.match(/\S*[’'éêâîôûç]\S*/)?.[0], text.where).toBeUndefined()
    expect(own.match(/«(?!\u00a0)|(?<!\u00a0)»|[“”]/)?.[0], text.where).toBeUndefined()
    expect(own.match(CREOLE_DATES)?.[0], text.where).toBeUndefined()
    expect(text.front.translation_reviewed, text.where).toBe(false)
    expect(text.body, text.where).toMatch(/^\s*\*Yon moun ki pale kreyòl .*poko revize .*fè nou konnen\.\*/)
  }
})

test('no reader meets a tag printed as words', async () => {
  for (const { where, lang, body } of texts) {
    const { html, notes } = await renderMarkdown(body, lang)
    expect((html + notes).match(/.{0,20}&(?:lt|#x3C|#60);.{0,30}/i)?.[0], where).toBeUndefined()
  }
})
