import { expect, test } from 'vitest'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { absolute, noticeHtml, textHtml } from '#rooms/media/feed/content.ts'
import type { FeedEntry } from '#rooms/media/feed.ts'
import { writeAtom } from '#rooms/media/feed/atom.ts'
import { writeRss } from '#rooms/media/feed/rss.ts'

const AT = Temporal.Instant.from('2026-11-24T15:00:00Z')
const url = 'https://alliance.example/en/media/a-text'
const entry: FeedEntry = {
  id: '019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31', kind: 'statement', lang: 'en', slug: 'a-text', title: 'A text', teaser: 'In short.', when: '', dateOf: null,
  regions: [], isStarter: false, languages: [], publicFrom: AT, updatedAt: AT, bodyHtml: '<p>x</p>', notesHtml: '', signers: [], issuedBy: null,
  sources: [], doubt: null, licence: 'CC BY 4.0', corrections: [], byMachine: false, files: [],
}

test('every address in a text is whole, footnotes lead to its page, and words that look like one stay words', async () => {
  const { html, notes } = await renderMarkdown('See [here](/en/about?a=1&b=2), [out](https://other.example/x?y=1&z=2), `a href="/x"` and this.[^1]\n\n[^1]: A [note](next).', 'en')
  const whole = textHtml({ ...entry, bodyHtml: html, notesHtml: notes }, { url, lang: 'en', zone: 'UTC' })
  const found = [...whole.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)].map(([, href]) => href)
  expect(found).toEqual(['https://alliance.example/en/about?a=1&#38;b=2', 'https://other.example/x?y=1&#38;z=2', `${url}#fn-1`, 'https://alliance.example/en/media/next', `${url}#fnref-1`])
  expect(whole).toContain('a href="/x"')
  expect(whole).not.toContain('class="pn"')
})

test('an address stays inside its quotes, also one that hides a quotation mark or a bracket', () => {
  expect(absolute('<a href="/a&#x22;b>c" title="x>y">t</a>', url)).toBe('<a href="https://alliance.example/a%22b%3Ec" title="x>y">t</a>')
})

test('corrections, doubt, who signs and sources go with the text, and none of them can be markup', () => {
  const html = textHtml({
    ...entry, corrections: [{ at: AT, note: 'It said <b>9</b>.' }], doubt: 'Is 5 < 6?', signers: [{ organisationId: null, name: 'A & B', lang: 'es' }],
    sources: [{ title: 'A "source"', publisher: 'P', year: 2003, url: 'https://s.example/?a=1&b=2', lang: null }],
  }, { url, lang: 'en', zone: 'America/Bogota' })
  expect(html).toContain('<strong>Corrected on 24 November 2026: It said &#60;b&#62;9&#60;/b&#62;.</strong>')
  expect(html).toContain('<p>Is 5 &#60; 6?</p>')
  expect(html).toContain('<li lang="es">A &#38; B</li>')
  expect(html).toContain('<li>P. <a href="https://s.example/?a=1&#38;b=2">A &#34;source&#34;</a>, 2003.</li>')
  expect(noticeHtml('Gone <i>', { title: 'New & better', url }, 'en')).toBe(`<p>Gone &#60;i&#62;</p><p>Replaced by: <a href="${url}">New &#38; better</a></p>`)
})

test('a character that XML cannot hold makes no feed unreadable', () => {
  const notice = { id: 'urn:uuid:1', withdrawn: AT, reason: 'withdrawn' as const, title: 'Gone', text: 'a\u0001b & c\uffff', html: '<p>a\u0001b</p>' }
  const feed = { id: 'urn:uuid:0', title: 'T\u0002', author: 'A', lang: 'en', updated: AT, home: url, self: url, first: url, previous: undefined, next: undefined, news: [notice] }
  for (const written of [writeAtom(feed), writeRss(feed)]) expect(/[\u0001\u0002\uffff]/.test(written)).toBe(false)
  expect(writeAtom(feed)).toContain('>ab &#38; c</at:comment>')
})
