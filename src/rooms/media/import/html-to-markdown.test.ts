import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { teaserOf } from '#rooms/media/import/clean-text.ts'
import { htmlToMarkdown } from '#rooms/media/import/html-to-markdown.ts'

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')

test('a page of a site becomes clean Markdown, and what is no text is named', async () => {
  const { markdown, files, leftOut } = htmlToMarkdown(fixture('page.html'), 'https://site.example/post/')
  await expect(`${markdown}\n`).toMatchFileSnapshot('./fixtures/page.expected.md')
  expect(files.map(({ address, name, alt }) => [address, name, alt])).toEqual([
    ['https://site.example/small.jpg', 'small.jpg', 'People walk'], ['https://site.example/report.pdf', 'report.pdf', ''],
  ])
  expect(leftOut).toEqual([
    'what was embedded in the page became a link: https://www.youtube.com/watch?v=abcdefghijk',
    'a script was left out', 'a style sheet was left out', 'a form was left out', 'an embedded object was left out',
    'a link that leads to no page was left out, its words stay: javascript:alert(1)',
    'words that the page hid from its readers were left out',
    'signs that turn the reading direction of words around were removed',
    'control characters, which nobody can see, were removed',
  ])
})

test.each([
  ['of Markdown', '<p>Said.<sup id="fnref1"><a href="#fn1">1</a></sup></p><div class="footnotes"><hr><ol><li id="fn1"><p>Why. <a href="#fnref1">↩</a></p></li></ol></div>'],
  ['of mammoth', '<p>Said.<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup></p><ol><li id="footnote-1"><p> Why. <a href="#footnote-ref-1">↑</a></p></li></ol>'],
  ['of Word', '<p>Said.<a href="#_ftn1" name="_ftnref1">[1]</a></p><hr><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Why.</p></div>'],
  ['of WordPress', '<p>Said.<sup data-fn="u" class="fn"><a href="#u" id="u-link">1</a></sup></p><ol><li id="u">Why. <a href="#u-link">↩︎</a></li></ol>'],
])('a footnote %s is a footnote', (_, html) => {
  expect(htmlToMarkdown(html).markdown).toBe('Said.[^1]\n\n[^1]: Why.')
})

test('a link within the page is words, and no footnote', () => {
  expect(htmlToMarkdown('<p><a href="#more">See</a> below</p><h2 id="more">More</h2><p>It <a href="#top">goes</a> on</p>').markdown)
    .toBe('See below\n\n## More\n\nIt goes on')
})

test('a picture that is written into the page comes with its bytes', () => {
  const { markdown, files } = htmlToMarkdown('<p><img alt="dot" src="data:image/png;base64,iVBORw0KGgo="></p>')
  expect(markdown).toBe('![dot](picture-1.png)')
  expect(files).toEqual([{ address: 'picture-1.png', name: 'picture-1.png', alt: 'dot', bytes: new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]) }])
})

test('a tree of 50,000 elements within each other keeps its words', () => {
  expect(htmlToMarkdown(`${'<div>'.repeat(50_000)}deep words`).markdown).toBe('deep words')
  expect(htmlToMarkdown(`${'<blockquote><ul><li>'.repeat(5_000)}deep words`).markdown).toContain('deep words')
})

test('words come out as the words that they were, whatever Markdown would make of them', async () => {
  const sign = fc.constantFrom(
    '*', '_', '[x](y)', '![x](y)', '<b>', '&amp;', '~~', '# ', '1. ', '1) ', '- ', '+ ', '===', '`', '|', '\\', '[^1]', '[^1]:',
    'https://example.org', 'www.example.org', 'a@example.org', '[ ] ', ' ', 'ñ', 'word', '> ', '  ')
  await fc.assert(fc.asyncProperty(fc.array(sign, { minLength: 1, maxLength: 8 }), async (signs) => {
    const paragraph = signs.join('').trim()
    if (paragraph === '') return
    const escaped = paragraph.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    const { html } = await renderMarkdown(htmlToMarkdown(`<p>${escaped}</p>`).markdown, 'en')
    const words = html.replace(/ <a class="pn".*?<\/a>/, '').replace(/<[^>]*>/g, '')
      .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))
    expect(words.replace(/\s+/g, ' ')).toBe(paragraph.replace(/\s+/g, ' '))
  }), { numRuns: 300 })
})

test('whatever is given is converted: nothing throws, and no control character or override comes through', () => {
  const piece = fc.oneof(
    fc.constantFrom('<p>', '</p>', '<a href="', '">', '<table><tr><td>', '<ol>', '<li id=a>', '<a href=#a id=b>', '<a href=#b>', '\u202e', '\0', '\ud800', '<img src=', '<sup>', '<figcaption>', '<!--'),
    fc.string({ unit: 'binary' }))
  fc.assert(fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
    const { markdown } = htmlToMarkdown(pieces.join(''), 'https://site.example/')
    expect(markdown).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/)
    expect(markdown.isWellFormed()).toBe(true)
  }), { numRuns: 300 })
})

test('the teaser is the first paragraph in plain words, cut after a word', () => {
  expect(teaserOf('# A\n\n![x](y)\n\nThe **first** [link](https://a.example) \\*as is\\*.[^1]\n\nMore')).toBe('The first link *as is*.')
  expect(teaserOf('word '.repeat(100))).toMatch(/^(word )+word…$/)
})
