import { expect, test } from 'vitest'
import { openRenderer, TooHard } from '#kernel/words/markdown.ts'

const SIGNS = 200_000
const of = (sign: string) => sign.repeat(SIGNS / sign.length)
const numbered = (n: number, sign: (i: number) => string) => Array.from({ length: n }, (_, i) => sign(i)).join('')

// Each took 20 seconds to minutes at 200,000 signs, of which `refuseNested` sees nothing.
test.each([
  ['stars that only close', of('a* ')], ['tildes', of('~~a')], ['a list of 50,000', of('- a\n')], ['lists within lists', of('- - - - - - - - - - a\n')],
  ['a hundred thousand notes', numbered(100_000, (i) => `[^${i}] `) + '\n\n' + numbered(100_000, (i) => `[^${i}]: x\n\n`)],
])('%s: the text is refused in its time, and the next one is read', async (_what, hostile) => {
  const render = openRenderer(400)
  const [hard, next] = [render(hostile, 'en'), render('Words.', 'en')]
  await expect(hard).rejects.toThrow(TooHard)
  await expect(hard).rejects.toThrow(/^The text could not be made a page .*nothing was saved\.$/)
  expect((await next).html).toContain('Words.')
}, 60_000)
