import { expect, test } from 'vitest'
import { renderMarkdown } from '#kernel/words/markdown.ts'

const html = async (markdown: string, lang = 'en') => (await renderMarkdown(markdown, lang)).html
const TABLE = '| Issue | Before |\n|---|---|\n| Work | a crime |'

test('a table scrolls by itself, its heads say what they head, and a line in italics after it is its caption', async () => {
  const done = await html(`${TABLE}\n\n*The law in 2003*\n\nText.`)
  expect(done).toContain('<div class="scroll" tabindex="0" role="region" aria-label="The law in 2003"><table>')
  expect(done).toContain('<th scope="col">Issue</th>')
  expect(done).toContain('<figcaption>The law in 2003</figcaption></figure>')
  expect(done).toContain('<p id="p1">Text.')
  expect(await html(TABLE, 'es')).toContain('aria-label="Tabla 1"')
})

test('a quotation names its source when its last line begins with a dash', async () => {
  expect(await html('> We speak.\n>\n> — A member, 2021')).toMatch(/<figure><blockquote>[\s\S]*We speak\.[\s\S]*<\/blockquote><figcaption>— A member, 2021<\/figcaption><\/figure>/)
  expect(await html('> We speak.')).not.toContain('figure')
})

test('a link to a video alone in its paragraph says which site will know, and fetches nothing', async () => {
  const done = await html('https://www.youtube.com/watch?v=abc', 'es')
  expect(done).toBe('<figure><a href="https://www.youtube.com/watch?v=abc">https://www.youtube.com/watch?v=abc</a><figcaption>Ver en youtube.com. Ese sitio sabrá que lo visitaste.</figcaption></figure>')
  expect(await html('See https://www.youtube.com/watch?v=abc today')).not.toContain('figure')
  expect(await html('[x](https://youtube.com.evil.example/)')).not.toContain('figure')
})
