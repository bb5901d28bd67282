import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kindOfFile } from '#kernel/pictures/kind-of-file.ts'
import { widthsOf } from '#kernel/pictures/picture.ts'

test('no rendition is wider than its picture, and a narrow picture has its own width', () => {
  expect(widthsOf(4000)).toEqual([480, 960, 1440])
  expect(widthsOf(1200)).toEqual([480, 960, 1200])
  expect(widthsOf(480)).toEqual([480])
  expect(widthsOf(90)).toEqual([90])
  fc.assert(fc.property(fc.integer({ min: 1, max: 20_000 }), (width) => {
    const widths = widthsOf(width)
    expect(widths.length).toBeGreaterThan(0)
    expect(Math.max(...widths)).toBe(Math.min(width, 1440))
  }))
})

test.each([
  ['svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['svg', '\ufeff<?xml version="1.0"?><!-- --><x:svg xmlns:x="http://www.w3.org/2000/svg"/>'],
  ['svg', `<!-- ${' '.repeat(500)} --><SVG onload=alert(1)>`],
  ['not-a-picture', '<html><body>'],
  ['not-a-picture', '%PDF-1.7'],
  ['not-a-picture', ''],
  ['not-a-picture', 'P'],
])('%s: %j', (kind, text) => {
  expect(kindOfFile(Buffer.from(text))).toBe(kind)
  if (text !== '') expect(kindOfFile(Buffer.from(text, 'utf16le'))).toBe(kind)
})

test('whatever the bytes are, looking at them does not fail', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void kindOfFile(bytes)))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (tail) => {
    void kindOfFile(Buffer.concat([Buffer.from('\0\0\0\x20ftyp'), tail]))
  }))
})
