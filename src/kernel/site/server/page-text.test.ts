import { expect, test } from 'vitest'
import { readPageText } from '#kernel/site/server/page-text.ts'

test('a title between two lines, then a text', () => {
  expect(readPageText('---\ntitle: Sobre nosotras\n---\n\nTexto\n')).toEqual({ title: 'Sobre nosotras', bodyMarkdown: 'Texto' })
  expect(readPageText('\ufeff---\r\ntitle: "A: b"\r\n---\r\nUno\r\n\r\nDos')).toEqual({ title: 'A: b', bodyMarkdown: 'Uno\n\nDos' })
})

test.each(['', 'Texto', '---\ntitle: x\n---\n', '---\nname: x\n---\nTexto', '---\ntitle: [\n---\nTexto', '---\ntitle: 12\n---\nTexto', '---\n---\nTexto'])(
  '%j is no page', (text) => expect(readPageText(text)).toBeUndefined())
