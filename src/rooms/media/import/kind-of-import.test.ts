import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kindOfImport } from '#rooms/media/import/kind-of-import.ts'
import { fixture } from '#rooms/media/import/testing/incoming-files.ts'
import { zip } from '#rooms/media/import/testing/zip.ts'

test.each([
  ['wordpress.xml', 'wordpress'], ['rss-0.91.xml', 'feed'], ['rss-1.0.xml', 'feed'], ['rss-2.0.xml', 'feed'], ['atom-0.3.xml', 'feed'], ['atom-1.0.xml', 'feed'],
  ['feed.json', 'feed'], ['ghost.json', 'ghost'], ['2021-03-08-la-red.es.md', 'markdown'],
])('%s is told by what it holds: %s', (name, kind) => expect(kindOfImport(fixture(name), 'file')).toBe(kind))

test('else by its name; what nobody reads is nothing', () => {
  const kind = (text: string, name: string) => kindOfImport(Buffer.from(text), name)
  expect(kind('A title\n\nWords.', 'page.txt')).toBe('press-page')
  expect(kind('<!DOCTYPE html>\n<html>', 'page')).toBe('page')
  expect(kind('# A title', 'page.md')).toBe('markdown')
  expect(kind('{{ page }}', 'page.md')).toBe('markdown')
  expect(kindOfImport(zip([{ name: 'word/document.xml', data: '' }]), 'x')).toBe('docx')
  expect(kindOfImport(zip([{ name: 'a', data: '' }]), 'x.zip')).toBeUndefined()
  for (const [text, name] of [['<p>', 'a.html'], ['{}', 'a.json'], ['\0\u0001', 'a.txt'], ['', ''], ['%PDF', 'a.pdf']] as const) expect(kind(text, name)).toBeUndefined()
})

test('any bytes have a kind or none', () => fc.assert(fc.property(fc.uint8Array(), fc.string(), (bytes, name) => void kindOfImport(bytes, name))))
