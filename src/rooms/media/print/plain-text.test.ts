import { expect, test } from 'vitest'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { plainBody, pointsOf } from '#rooms/media/print/plain-text.ts'

const ADDRESS = 'https://example.org/es/media/un-texto'
const htmlOf = async (markdown: string) => {
  const { html, notes } = await renderMarkdown(markdown, 'es')
  return { bodyHtml: html, notesHtml: notes }
}

test('a body as plain text keeps paragraphs, points, tables, links and notes, in order', async () => {
  const { body, notes } = plainBody(await htmlOf('Uno **fuerte** con [fuente](https://example.org/f).[^1]\n\n## Parte\n\n1. Primero\n2. Segundo\n   - dentro\n\n> Cita.\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\nOtra vez.[^1]\n\n[^1]: La nota.'), ADDRESS)
  expect(body).toBe('Uno fuerte con fuente (https://example.org/f).[1]\n\nParte\n\n1. Primero\n2. Segundo\n\n   • dentro\n\n    Cita.\n\na | b\n1 | 2\n\nOtra vez.[1]')
  expect(notes).toBe('[1] La nota.')
})

test('the points of a text are those of its first list, without calls of notes', async () => {
  expect(pointsOf(await htmlOf('Antes.\n\n- Derechos **ya**[^1]\n- [Leyes](https://example.org)\n\n  con más\n\nEn medio.\n\n- Otra lista\n\n[^1]: Nota.'))).toEqual(['Derechos ya', 'Leyes'])
  expect(pointsOf(await htmlOf('Sin lista.'))).toEqual([])
})

test('signs that turn a line around and places to break are no letters of it', async () => {
  const long = 'a'.repeat(50)
  expect(plainBody(await htmlOf(`Al \u202eréves ${long}`), ADDRESS).body).toBe(`Al réves ${long}`)
})
