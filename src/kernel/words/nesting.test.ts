import { expect, test } from 'vitest'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { DEEPEST, TooNested } from '#kernel/words/nesting.ts'

test.each([
  ['quotations', '>'.repeat(20_000)], ['quotations with spaces', '> '.repeat(20_000)], ['lists', '- '.repeat(20_000)], ['numbered lists', '1. '.repeat(5_000)],
  ['lists by their spaces', `text\n\n${' '.repeat(400)}- deep`], ['brackets', '['.repeat(20_000)], ['both', '> - '.repeat(5_000)],
])('a text of %s inside each other is refused by its line before it is parsed', async (_what, deep) => {
  const began = performance.now()
  await expect(renderMarkdown(`First.\n${deep} x`, 'en')).rejects.toThrow(TooNested)
  await expect(renderMarkdown(`First.\n${deep} x`, 'en')).rejects.toThrow(/^Line [24] of the text/)
  expect(performance.now() - began).toBeLessThan(1000)
})

test('what people write is not refused: some quotations, dashes, rules, long lines', async () => {
  const { html } = await renderMarkdown(`${'> '.repeat(5)}deep\n\n- a\n  - b\n    - c\n\n${'-'.repeat(300)}\n\n${'* * '.repeat(20)}\n\n${'[a](https://x.org) '.repeat(DEEPEST * 2)}`, 'en')
  expect(html).toContain('<blockquote>')
})
