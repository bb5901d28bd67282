import { expect, test } from 'vitest'
import { inFrame, previewOf } from './in-frame.ts'

const preview = '/desk/media/1/es/preview'

test('a place in the page is led to within the frame, and what leads elsewhere is left to a window of its own', () => {
  expect(inFrame('<a href="#n1">1</a><a class="skip" href="#text">x</a><a href="/es/media">y</a><a href="https://example.org/#a">z</a>', preview))
    .toBe('<a target="_self" href="#n1">1</a><a target="_self" class="skip" href="#text">x</a><a href="/es/media">y</a><a href="https://example.org/#a">z</a>')
})

test('pictures come from the address of the preview; words that look like one stay words', () => {
  expect(inFrame('<picture><source srcset="/blob/ab/640.avif" type="image/avif"><img src="/blob/cd/640.jpg" alt="a > b"></picture><p>src="/blob/ab/1.jpg" &lt;img src="/blob/ab/1.jpg"></p>', preview))
    .toBe('<picture><source srcset="/desk/media/1/es/preview/blob/ab/640.avif" type="image/avif"><img src="/desk/media/1/es/preview/blob/cd/640.jpg" alt="a > b"></picture><p>src="/blob/ab/1.jpg" &lt;img src="/blob/ab/1.jpg"></p>')
})

test('the address of a preview is that of the page within it without its end', () => {
  expect([previewOf('/desk/media/1/es/preview/page/dark'), previewOf('/desk/media/1/es/preview/page/dark/')]).toEqual([preview, preview])
})

test('a hostile page holds nobody up', () => {
  const from = performance.now()
  for (const part of ['<a ', '<a href="#', '<img src="/blob/', '">']) inFrame(part.repeat(200_000 / part.length), preview)
  expect(performance.now() - from).toBeLessThan(2000)
})
