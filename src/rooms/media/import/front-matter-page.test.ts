import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFrontMatterPage } from '#rooms/media/import/front-matter-page.ts'
import { fixture, printed, readAll, refusalsOf, textsOf } from '#rooms/media/import/testing/incoming-files.ts'

const page = async (text: string, name = 'page.md') => readAll(readFrontMatterPage, text, name)

test('a page of a static site is read with what its head and its name say', async () => {
  const all = await readAll(readFrontMatterPage, fixture('2021-03-08-la-red.es.md'), 'content/2021-03-08-la-red.es.md')
  expect(refusalsOf(all)).toEqual([])
  await expect(printed(all)).toMatchFileSnapshot('./fixtures/front-matter-page.expected.md')
  expect(textsOf(all)).toMatchObject([{
    source: 'markdown', key: '/vieja/', group: 'abre', lang: 'es', title: 'La red abre: sus puertas', teaser: 'Lo que es.', when: '2021-03-08', byline: 'Equipo de Prensa',
    labels: ['Noticias', 'trabajo', 'salud'], slug: 'la-red', state: 'draft', oldAddresses: ['/vieja/', 'https://red.example/otra/'], picture: '/img/puerta.jpg',
    leftOut: ['a script was left out'],
  }])
  expect(textsOf(all)[0]?.files.map(({ address }) => address)).toEqual(['img/calle.png', 'informe.pdf', '/img/puerta.jpg'])
})

test('a body without HTML is kept letter by letter', async () => {
  const body = '* odd   list\n* two\n\n__bold__ [x]( y.pdf )\n\nSetext\n===\n\n<i lang="fr">mots</i>'
  const [text] = textsOf(await page(`---\r\ntitle: T\r\n---\r\n${body}\n`))
  expect(text).toMatchObject({ bodyMarkdown: body, title: 'T', lang: undefined, when: '', state: 'published', files: [{ address: 'y.pdf' }] })
})

test('without front matter the first heading is the title', async () => {
  expect(textsOf(await page('# The title #\n\nWords.'))).toMatchObject([{ title: 'The title', bodyMarkdown: 'Words.', slug: 'page' }])
})

test.each([
  ['aliases that multiply', `---\na: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\ntitle: T\n---\nx`, 'no YAML'],
  ['what is nested too deep', `---\na: ${'['.repeat(20_000)}\n---\nx`, 'nested too deep'],
  ['broken YAML', '---\ntitle: "T\n---\nx', 'no YAML'],
  ['TOML', '+++\ntitle = "T"\n+++\nx', 'TOML'],
  ['no end', '---\ntitle: T\nx', 'does not end'],
  ['no title', '---\ndate: 2021\n---\nx', 'no title'],
  ['a title of 10,000 characters', `---\ntitle: ${'T'.repeat(10_000)}\n---\nx`, '10000 characters'],
  ['a quotation of the 500th degree', `---\ntitle: T\n---\n${'> '.repeat(500)}x`, 'inside each other'],
])('%s is refused with its reason', async (_, text, reason) => {
  expect(refusalsOf(await page(text))).toEqual([{ place: 'page.md', reason: expect.stringContaining(reason) }])
})

test('whatever the file holds, the reader answers and never throws', async () => {
  const piece = fc.oneof(fc.constantFrom('---\n', 'title: T\n', 'tags: ', '&a ', '*a', '[', '{', '<div>', '{{< x >}}', '\u202e', '\0', '\ud800', '[^1]'), fc.string({ unit: 'binary' }))
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
    await page(pieces.join(''))
    await page(`---\ntitle: T\n${pieces.join('')}\n---\n${pieces.join('')}`)
  }), { numRuns: 200 })
})
