import { expect, test } from 'vitest'
import { readMarkdownPage } from '#rooms/media/import/front-matter-page.ts'

async function* streamOf(text: string | Uint8Array) { yield typeof text === 'string' ? new TextEncoder().encode(text) : text }
async function read(text: string | Uint8Array, name = 'page.md') {
  for await (const incoming of readMarkdownPage(streamOf(text), name)) return 'text' in incoming ? incoming.text : incoming.unreadable
  throw new Error('nothing was read')
}

test('Hugo: title, day, tags, aliases, translation key; the language from the name', async () => {
  const text = '---\ntitle: "Una nota: primera"\ndate: 2019-05-04T10:00:00-05:00\ntags: [salud, Derechos humanos]\naliases: [/vieja/nota/]\ntranslationKey: nota\ndescription: En breve.\n---\n\n## Qué pasó\n\nAlgo.\n'
  expect(await read(text, 'content/posts/primera-nota.es.md')).toMatchObject({
    source: 'markdown', key: 'primera-nota.es', group: 'nota', kind: 'news', lang: 'es', title: 'Una nota: primera', teaser: 'En breve.', when: '2019-05-04',
    bodyMarkdown: '## Qué pasó\n\nAlgo.', labels: ['salud', 'Derechos humanos'], oldAddresses: ['/vieja/nota/'], slug: 'primera-nota', state: 'published', leftOut: [],
  })
})

test('Jekyll: the day in the name, categories, drafts', async () => {
  expect(await read('---\ntitle: A note\npublished: false\ncategories: news\nauthor: Press team\n---\nText.', '2018-03-07-a-note.md'))
    .toMatchObject({ when: '2018-03-07', slug: 'a-note', state: 'draft', labels: ['news'], byline: 'Press team', lang: undefined })
})

test('without front matter a heading is the title, and the kind of this program is kept', async () => {
  expect(await read('# A heading\n\nText.')).toMatchObject({ title: 'A heading', bodyMarkdown: 'Text.', when: '' })
  expect(await read('---\ntitle: A\nkind: call\nwhen: 2026-11-24/\n---\nText.')).toMatchObject({ kind: 'call', when: '2026-11-24/' })
})

test('what cannot be read with certainty is named, and no day is invented', async () => {
  expect(await read('---\ntitle: A\ndate: 5/6/2019\ntype: recipe\n---\nText.')).toMatchObject({
    when: '', kind: 'news', leftOut: ['its date “5/6/2019” cannot be read with certainty: it is kept as not stated', 'its kind “recipe” is none of this site: it comes as news'],
  })
})

test.each([
  ['no title', '---\ndate: 2019\n---\nText.', 'it has no title'],
  ['a title of 10,000 characters', `---\ntitle: ${'x'.repeat(10_000)}\n---\nText.`, 'its title has 10000 characters'],
  ['no text', '---\ntitle: A\n---\n', 'it has no text'],
  ['broken YAML', '---\ntitle: [\n---\nText.', 'its front matter cannot be read'],
  ['a YAML bomb', `---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: *b\n---\nText.`, 'its front matter cannot be read'],
  ['another encoding', new Uint8Array([0x23, 0x20, 0xe1, 0x0a, 0x61]), 'it is not in UTF-8'],
  ['a NUL', '# A\n\nB\0', 'it is no text'],
  ['three megabytes', `# A\n\n${'x'.repeat(3_000_000)}`, 'it is larger than 2 MB'],
])('%s: refused with what to do', async (_, text, reason) => {
  expect(await read(text)).toMatchObject({ place: 'the whole file', reason: expect.stringContaining(reason) })
})
