import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf } from '#rooms/media/import/feed-entry.ts'
import { readFeed } from '#rooms/media/import/feed.ts'
import { fixture, printed, readAll, refusalsOf, textsOf } from '#rooms/media/import/testing/incoming-files.ts'

const FLAVOURS = {
  'rss-0.91.xml': [{ source: 'feed:https://old.example/', key: 'https://old.example/noticia.html', title: 'Uma notícia', lang: 'pt-br', slug: 'noticia', when: '' }],
  'rss-0.92.xml': [{ source: 'feed:https://vieux.example/', key: 'https://vieux.example/2001/parle.html', title: 'Le réseau parle', lang: 'fr', slug: 'parle', when: '', labels: ['Droit', 'Travail'],
    files: [{ address: 'https://vieux.example/voix.mp3', name: 'voix.mp3', alt: '' }] }],
  'rss-1.0.xml': [{ key: 'https://rdf.example/1', lang: 'fr', when: '2004-06-01', byline: 'Une personne', labels: ['Droit'] }],
  'rss-2.0.xml': [
    { source: 'feed:https://two.example/feed', key: 'tag:two,1', title: 'Uno & dos', lang: 'es', when: '2021-03-08', byline: 'Equipo', teaser: 'Corto.', oldAddresses: ['https://two.example/uno'],
      files: [{ address: 'https://two.example/voz.mp3', name: 'voz.mp3', alt: '' }] },
    { key: expect.stringMatching(/^sha256:/), byline: 'Una Persona', when: '2021-03-08', leftOut: ['the feed seems to hold only the beginning of the text'] },
  ],
  'atom-0.3.xml': [{ key: 'tag:a03,1', title: 'One & two', lang: 'en', when: '2004-01-02', byline: 'A Person' }],
  'atom-1.0.xml': [{ source: 'feed:https://atom.example/feed.atom', key: 'urn:uuid:1', title: '2 < 3', lang: 'fr', when: '2021-05-01', byline: 'Rédaction', labels: ['Droit'],
    teaser: 'Un résumé.', oldAddresses: ['https://atom.example/blog/2021/texte'] }],
  'feed.json': [{ source: 'feed:https://json.example/feed.json', title: 'Yon <tit>', lang: 'ht', byline: 'Ekip la', labels: ['Dwa'], when: '2021-05-01' }, { key: '2', title: 'Tèks' }],
}

test.each(Object.entries(FLAVOURS))('%s is read', async (name, expected) => {
  const all = await readAll(readFeed, fixture(name), name, name.startsWith('rss-1') ? 400 : 97)
  // RSS 0.92 knew entries without a title; a text here has one.
  expect(refusalsOf(all).map(({ reason }) => reason)).toEqual(name === 'rss-0.92.xml' ? [expect.stringContaining('no title')] : [])
  expect(textsOf(all)).toMatchObject(expected)
  await expect(printed(all)).toMatchFileSnapshot(`./fixtures/${name}.expected.md`)
})

test.each([
  ['Mon, 08 Mar 2021 22:30:00 EST', '2021-03-08'], ['8 March 2021', '2021-03-08'], ['2021-03-08T22:30:00-05:00', '2021-03-08'], ['2021-03', '2021-03'],
  ['2021-03-08 22:30', '2021-03-08'], ['31 Feb 2021', ''], ['03/08/2021', ''], ['', ''],
])('the date %s is the day %s', (said, day) => expect(dayOf(said)).toBe(day))

test('entities of its own are refused, a feed that breaks gives what stood before, and what is no feed says so', async () => {
  const bomb = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
  expect(refusalsOf(await readAll(readFeed, bomb))[0]?.reason).toContain('DOCTYPE')
  const cut = await readAll(readFeed, '<rss><channel><item><title>A</title></item><item><title>B</wrong></item></channel></rss>')
  expect(textsOf(cut).map(({ title }) => title)).toEqual(['A'])
  expect(refusalsOf(cut)).toHaveLength(1)
  for (const no of ['<html></html>', '{"a":1}', '{', '', 'x']) expect(refusalsOf(await readAll(readFeed, no))).toHaveLength(1)
  expect(refusalsOf(await readAll(readFeed, `<rss><channel><item><title>${'T'.repeat(10_000)}</title></item></channel></rss>`))[0]?.reason).toContain('10000')
})

test('whatever the file holds, the reader answers and never throws', async () => {
  const piece = fc.oneof(fc.constantFrom('<rss>', '<channel>', '<item>', '</item>', '<title>', '<feed>', '<entry>', '<content type="xhtml">', '<link href="', '">', '&nbsp;', '{"items":[', '{}', ']}', '\u202e', '\0', '\ud800'), fc.string({ unit: 'binary' }))
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 15 }), async (pieces) => void await readAll(readFeed, pieces.join(''))), { numRuns: 200 })
})
