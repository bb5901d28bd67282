// The starter library speaks for nobody, so its texts are held to the house's words before anyone reads them.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { FIXED_PAGE_LANGS, ITEM_LANGS, NOT_USED, CREOLE_DATES } from './starter-rules.ts'

interface Text { where: string; lang: string; front: Record<string, unknown>; body: string }

function readText(folder: string, lang: string): Text {
  const where = join(folder, `${lang}.md`)
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(import.meta.dirname, where), 'utf8')) ?? []
  if (front === undefined || body === undefined) throw new Error(`${where} has no front matter`)
  return { where, lang, front: parse(front) as Record<string, unknown>, body }
}

const items = Object.entries(ITEM_LANGS).map(([name, langs]) => ({ name, langs, texts: langs.map((lang) => readText(`items/${name}`, lang)) }))
const pages = ['about', 'privacy', 'accessibility'].map((key) => ({ key, texts: FIXED_PAGE_LANGS.map((lang) => readText(`pages/${key}`, lang)) }))
const texts = [...items.flatMap((item) => item.texts), ...pages.flatMap((page) => page.texts)]

/** What the text says in its own voice: without addresses, words marked as another language, and titles in italics. */
function ownWords({ front, body }: Text) {
  return [front.title, front.teaser, front.doubt, body].filter(Boolean).join('\n')
    .replace(/<(span|i) lang="[a-z]+">[\s\S]*?<\/\1>(?:<\/span>)?/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/(?<!\*)\*(?!\*)(?:Prostitution|The Prostitution|Operational)[^*]*\*/g, '')
}

test.each(items)('$name is there in the languages that were promised, and in no other', ({ name, langs }) => {
  const found = readdirSync(join(import.meta.dirname, 'items', name)).filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3))
  expect(found.sort()).toEqual([...langs].sort())
})

test.each(items)('$name says who signs it, under which licence and from which sources', ({ name }) => {
  const item = parse(readFileSync(join(import.meta.dirname, 'items', name, 'item.yaml'), 'utf8'))
  expect(item).toMatchObject({ signed_by: 'Altavoz starter library', licence: 'CC BY 4.0', original_lang: 'en' })
  expect(item.when).toMatch(/^(open|\d{4}-\d{2}-\d{2})?$/)
  expect(['happened', 'adopted', 'published', 'in_force', null]).toContain(item.date_of)
  expect(item.sources.length).toBeGreaterThan(0)
  for (const source of item.sources) expect(Object.keys(source)).toEqual(['title', 'publisher', 'year', 'url', 'lang', 'records'])
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
    expect(String(front.title).length, `${where}: title`).toBeLessThanOrEqual(68)
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
      expect(ownWords(text).match(word)?.[0], `${text.where} says ${word}`).toBeUndefined()
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
