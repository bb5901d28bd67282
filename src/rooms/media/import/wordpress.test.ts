import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixture, printed, readAll, refusalsOf, textsOf } from '#rooms/media/import/testing/incoming-files.ts'
import { readWordpress } from '#rooms/media/import/wordpress.ts'

const wxr = (items: string) => `<?xml version="1.0"?><rss><channel><title>S</title><link>https://s.example</link>${items}</channel></rss>`
const post = (id: number, content = 'Words.', title = `Post ${id}`) =>
  `<item><title>${title}</title><content:encoded><![CDATA[${content}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n`

test('an export is read with its languages, states, files and old addresses', async () => {
  const all = await readAll(readWordpress, fixture('wordpress.xml'))
  await expect(printed(all)).toMatchFileSnapshot('./fixtures/wordpress.expected.md')
  const [en, password, later, ours, es] = textsOf(all)
  expect(es).toMatchObject({
    source: 'wordpress:https://red.example/', key: '17', group: 'polylang:pll_60464', lang: 'es', kind: 'news', when: '2021-03-08', place: 'post 17, line 10',
    title: 'La red abre sus puertas – y más', byline: 'Equipo de Prensa', labels: ['Noticias & avisos', 'Trabajo'], slug: 'la-red-abre', state: 'published',
    oldAddresses: ['https://red.example/2021/03/la-red-abre/', 'https://red.example/?p=17'], picture: 'https://red.example/wp-content/uploads/dos.jpg',
    leftOut: [
      'the shortcode [contact-form-7] was left out; words between its ends stay', 'the shortcode [su_note] was left out; words between its ends stay',
      '2 comments were left out',
    ],
  })
  expect(es?.files.map(({ name, alt }) => [name, alt])).toEqual([['chica.jpg', 'Puerta'], ['uno.jpg', 'Una calle'], ['dos.jpg', 'dos'], ['voz.mp3', '']])
  expect(en).toMatchObject({ group: 'polylang:pll_60464', lang: 'en', teaser: 'What it is.', byline: 'gone', leftOut: ['the block “latest-posts”, which the site filled itself, was left out'] })
  expect(password).toMatchObject({ state: 'draft', lang: 'pt-br', group: 'wpml:77', leftOut: ['it is password-protected in WordPress: it comes as a draft'] })
  expect(later).toMatchObject({ state: 'scheduled' })
  expect(later?.publicFrom?.toString()).toBe('2031-04-01T15:00:00Z')
  expect(ours).toMatchObject({ state: 'draft', when: '', leftOut: ['it is private in WordPress: it comes as a draft'] })
  expect(refusalsOf(all).map(({ place, reason }) => `${place}: ${reason}`)).toEqual([
    expect.stringMatching(/^post 22, line \d+: “About us” is a page of the site/),
    expect.stringMatching(/^post 23, line \d+: it lies in the trash/), expect.stringMatching(/^post 25, line \d+: it is of the type “product”/),
  ])
})

test('broken XML in the middle: what stood before is read, and the line is named', async () => {
  const all = await readAll(readWordpress, wxr(`\n${post(1)}${post(2)}<item><title>Broken & bad</title></item>\n${post(3)}`))
  expect(textsOf(all).map(({ key }) => key)).toEqual(['1', '2'])
  expect(refusalsOf(all)).toEqual([{ place: 'line 4', reason: expect.stringContaining('its XML is broken here') }])
  expect(refusalsOf(await readAll(readWordpress, wxr(post(1)).slice(0, -20)))).toHaveLength(1)
})

test.each([
  ['XXE', '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'],
  ['billion laughs', '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'],
])('%s is refused and nothing is expanded', async (_, xml) => {
  const all = await readAll(readWordpress, xml)
  expect(all).toEqual([{ unreadable: { place: 'line 1', reason: 'it holds a DOCTYPE, which no WordPress export has: it was not read' } }])
})

test('windows-1252 without a declaration is refused with advice, with one it is read', async () => {
  const latin = (head: string) => Buffer.from(wxr(post(1, 'Acción')).replace('<?xml version="1.0"?>', head), 'latin1')
  expect(refusalsOf(await readAll(readWordpress, latin('')))[0]?.reason).toContain('save it as UTF-8')
  expect(textsOf(await readAll(readWordpress, latin('<?xml version="1.0" encoding="windows-1252"?>'), 'f', 400))[0]?.bodyMarkdown).toBe('Acción')
})

test('an item of many megabytes is named, and the next is read', async () => {
  const all = await readAll(readWordpress, wxr(post(1) + post(2, 'x'.repeat(9_000_000)) + post(3)), 'f', 65_536)
  expect(textsOf(all).map(({ key }) => key)).toEqual(['1', '3'])
  expect(refusalsOf(all)).toEqual([{ place: 'post 2, line 2', reason: expect.stringContaining('larger than 4 million') }])
})

test('a title of 10,000 characters is refused; control characters and overrides are removed and named', async () => {
  const all = await readAll(readWordpress, wxr(post(1, 'a', 'T'.repeat(10_000)) + post(2, 'a\u0000b\u202ec', 'T\u202e\u0007')))
  expect(refusalsOf(all)[0]?.reason).toContain('10000 characters')
  expect(textsOf(all)[0]).toMatchObject({ title: 'T', bodyMarkdown: 'abc', leftOut: [
    'signs that turn the reading direction of words around were removed', 'control characters, which nobody can see, were removed'] })
})

test('whatever the file holds, the reader answers and never throws', async () => {
  const piece = fc.oneof(fc.constantFrom('<item>', '</item>', '<title>', ']]>', '<![CDATA[', '&', '<!DOCTYPE', '[gallery ids="1"]', '[caption]<img src=x>', '\u202e', '\0', '\ud800', '<!-- wp:x {', '/-->'), fc.string({ unit: 'binary' }))
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
    await readAll(readWordpress, pieces.join(''))
    await readAll(readWordpress, wxr(post(1, pieces.join('').replaceAll(']]>', ''), pieces.join('').replace(/[<&]|]]>/g, ''))))
  }), { numRuns: 150 })
})
