import { expect, test } from 'vitest'
import { Page } from '#kernel/page-cache/page.ts'

const page = (html: string) => new Page({
  status: 200, headers: ['Content-Type', 'text/html; charset=utf-8', 'Vary', 'Accept-Encoding, Save-Data'], body: Buffer.from(html),
  tags: new Set(['item:1']), from: 0, until: Infinity, isStorable: true,
})
const PICTURE = '<picture><source type="image/avif" srcset="/blob/a/960.avif"/><img src="/blob/b/480.jpg" alt="Paraguas rojos &amp; &quot;voz&quot;" width="480" height="320"/></picture>'

test('who saves data is sent the words of each picture and nothing to fetch', () => {
  const html = `<h1>Nota</h1><a href="/blob/c/1440.jpg">${PICTURE} <span>Larger</span></a><p>Text</p><a href="/blob/d/1440.jpg">${PICTURE}</a>`
  const lean = page(html).lean()
  expect(lean.identity().toString()).toBe(
    '<h1>Nota</h1><a href="/blob/c/1440.jpg"><span>Paraguas rojos &amp; &quot;voz&quot;</span> <span>Larger</span></a><p>Text</p><a href="/blob/d/1440.jpg"><span>Paraguas rojos &amp; &quot;voz&quot;</span></a>')
})

test('a page without pictures is one page for all, also when it speaks of them', () => {
  const plain = page('<p>&lt;picture&gt; is a word here</p>')
  expect(plain.lean()).toBe(plain)
})

test('both have a validator of their own, and both count as weight', () => {
  const full = page(`<p>x</p>${PICTURE}`)
  const before = full.weight
  let grown = 0
  full.onGrowth = () => grown++
  const lean = full.lean()
  expect(full.lean()).toBe(lean)
  expect(lean.in('br').etag).not.toBe(full.in('br').etag)
  expect(full.weight).toBe(before + lean.weight)
  expect(grown).toBeGreaterThan(0)
})
