import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGhost } from '#rooms/media/import/ghost.ts'
import { fixture, printed, readAll, refusalsOf, textsOf } from '#rooms/media/import/testing/incoming-files.ts'

test('an export of Ghost is read from its HTML, its Lexical or its Mobiledoc', async () => {
  const all = await readAll(readGhost, fixture('ghost.json'))
  await expect(printed(all)).toMatchFileSnapshot('./fixtures/ghost.expected.md')
  const [html, lexical, mobiledoc] = textsOf(all)
  expect(html).toMatchObject({
    source: 'ghost:Rede de Exemplo', key: 'uuid-1', lang: 'pt', teaser: 'O que é.', when: '2021-03-08', byline: 'Equipe', labels: ['Trabalho'], slug: 'a-rede-abre',
    state: 'published', oldAddresses: ['/a-rede-abre/'], picture: '/content/images/porta.jpg', leftOut: [],
    files: [{ address: '/content/images/rua.jpg', name: 'rua.jpg', alt: 'Rua' }, { address: '/content/images/porta.jpg', name: 'porta.jpg', alt: 'Porta' }],
  })
  expect(lexical).toMatchObject({ state: 'scheduled', leftOut: ['the card “signup” of Ghost was left out'] })
  expect(lexical?.publicFrom?.toString()).toBe('2031-01-01T10:00:00Z')
  expect(mobiledoc).toMatchObject({ state: 'draft', when: '2017-07-14', leftOut: ['the card “poll” of Ghost was left out', 'it is for “members” in Ghost and not for everybody: it comes as a draft'] })
  expect(refusalsOf(all).map(({ place }) => place)).toEqual(['post 4 (sobre)', 'post 5 (quebrado)'])
})

test('whatever the file holds, the reader answers and never throws', async () => {
  for (const no of ['', '{', '[]', '{"db":[]}', 'null']) expect(refusalsOf(await readAll(readGhost, no))).toHaveLength(1)
  const hostile = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.constantFrom('T'.repeat(10_000), 'a\u202eb\0', '\ud800', '{"root":{"type":"root","children":[{}]}}'))
  const post = fc.record({ title: hostile, html: fc.option(hostile), lexical: fc.option(hostile), mobiledoc: fc.option(hostile), published_at: fc.anything(), slug: fc.anything() })
  await fc.assert(fc.asyncProperty(fc.array(post, { maxLength: 3 }), async (posts) => {
    const all = await readAll(readGhost, JSON.stringify({ db: [{ data: { posts } }] }, (_, value: unknown) => (typeof value === 'bigint' ? 1 : value)), 'f', 5000)
    expect(all).toHaveLength(posts.length)
  }), { numRuns: 150 })
})
