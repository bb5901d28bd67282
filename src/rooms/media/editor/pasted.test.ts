import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { openText } from '#rooms/media/editor/opened-text.ts'
import { LONGEST_PASTED, pastedMarkdown, renamed, textAsMarkdown } from '#rooms/media/editor/pasted.ts'

const clipboard = (name: string) => readFileSync(new URL(`fixtures/${name}.html`, import.meta.url), 'utf8')

describe('what is pasted comes in clean', () => {
  test('from Word: its lists, its footnotes, its table, and nothing of its styles or its author', () => {
    expect(pastedMarkdown(clipboard('word'), '')).toBe(`## Lo que pedimos

## La ley

**Pedimos** que la ley *proteja*. Que nadie decida sin nosotras.[^1]

- Uno
  - Dentro
- Dos

Y en orden:

1. Primero
2. Segundo

| País     | Año  |
| -------- | ---- |
| Paraguay | 1991 |

> Nada sobre nosotras sin nosotras.

[^1]: Ley 5777, artículo 3.`)
  })

  test('from Google’s documents: bold and italic by style, nested lists, links without their detour', () => {
    expect(pastedMarkdown(clipboard('google-docs'), '')).toBe(`## La ley

**Pedimos** que la ley *proteja*. Más en [la página](https://alianza.example/ley?id=3).

- Uno
  - Dentro
- Dos

~~quitado~~`)
  })

  test('from a web page: its words, and no script, picture or trace of who read it', () => {
    expect(pastedMarkdown(clipboard('web-page'), '')).toBe(`## Marcha del 8

Miles **marcharon** por el centro, dice [el diario](https://diario.example/nota?id=7).

### Lo que pidieron

“La ley” : no es un *favor*.

> Estamos acá.

Pulsa y mira.`)
  })

  test('from a telephone: each line a paragraph, its stars its own', () => {
    const message = '[10:52, 29/11/2026] Ana: *Compañeras*, mañana a las 9\nen la plaza_central\n\nMás: https://alianza.example/a_b?x=1 🌂'
    const html = '<meta charset="utf-8"><span style="white-space: pre-wrap">[10:52, 29/11/2026] Ana: *Compañeras*…</span>'
    expect(openText(pastedMarkdown(html, message)).doc.children.map(({ textContent }) => textContent)).toEqual(['[10:52, 29/11/2026] Ana: *Compañeras*, mañana a las 9', 'en la plaza_central', 'Más: https://alianza.example/a_b?x=1 🌂'])
    expect(pastedMarkdown('', '## no es título\r\n1. ni lista')).toBe('\\#\\# no es título\n\n1\\. ni lista')
  })

  test('French signs keep their no-break spaces', () => {
    expect(pastedMarkdown('<p>« Rien sur nous »&nbsp;: «&nbsp;sans nous&nbsp;». A&nbsp;B, 10&nbsp;000</p>', '')).toBe('« Rien sur nous »\u00a0: «\u00a0sans nous\u00a0». A B, 10\u00a0000')
  })

  test('footnotes take the next free numbers', () => {
    expect(renamed('a[^1] b[^2]\n\n[^1]: x\n\n[^2]: y', ['1', '2', 'n'])).toBe('a[^3] b[^4]\n\n[^3]: x\n\n[^4]: y')
    expect(renamed('a[^1] \\[^9]', [])).toBe('a[^1] \\[^9]')
  })

  test('what is too long, too deep or empty comes as its words', () => {
    expect(pastedMarkdown(`<p>${'a'.repeat(LONGEST_PASTED)}</p>`, 'palabras')).toBe('palabras')
    expect(pastedMarkdown(`${'<div>'.repeat(60_000)}hondo`, 'hondo')).toBe('hondo')
    expect(pastedMarkdown('<p><img src=x></p>', 'palabras')).toBe('palabras')
    expect(textAsMarkdown(' \n\u0000 \n')).toBe('')
  })
})

const HOSTILE = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg><script>alert(1)</script></svg>', '<svg onload=alert(1)>', '<iframe srcdoc="<script>alert(1)</script>"></iframe>', '<a href="javascript:alert(1)">x</a>', '<a href=" java\nscript:alert(1)">x</a>', '<a href="data:text/html,x">x</a>', '<a href="vbscript:x">x</a>',
  '<p style="background:url(javascript:alert(1))">x</p>', '<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<template><script>alert(1)</script></template>', '<i lang="en" onclick=alert(1)>x</i>', '<i lang=\'en"><script>alert(1)</script>\'>x</i>', '<b><!--><script>alert(1)</script>--></b>', '[x](javascript:alert(1))', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>', '<form action=//evil><input name=x></form>', '<object data=x></object><embed src=x>', '<link rel=stylesheet href=//evil>', '<base href=//evil>', '<meta http-equiv=refresh content="0;url=//evil">',
]

test('pasted script dies: nothing hostile is left in the Markdown, in the editor or in what readers get', async () => {
  for (const html of HOSTILE) {
    const markdown = pastedMarkdown(`<p>Hola ${html} adiós</p>`, '')
    const { html: page, notes } = await renderMarkdown(markdown, 'es')
    expect(page + notes, html).not.toMatch(/<(script|img|svg|iframe|object|embed|form|input|style|link|base|meta)\b|<[^>]+\s(on\w+|style|srcdoc)=|href="(?!https?:|mailto:|#p)/i)
    openText(markdown).doc.descendants((node) => {
      for (const mark of node.marks) if (mark.type.name === 'link') expect(mark.attrs.href, html).toMatch(/^https?:/)
    })
  }
})

test('whatever HTML is pasted, the Markdown names no address but of the web, of mail and of telephones', () => {
  const piece = fc.oneof(fc.constantFrom(...HOSTILE, '<p>', '</p>', '<b>', '</a>', '<ul><li>', '<td>', '"', '>'), fc.string({ maxLength: 10 }))
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
    openText(pastedMarkdown(pieces.join(''), '')).doc.descendants((node) => {
      for (const mark of node.marks) if (mark.type.name === 'link' && !/^(https?:|mailto:|tel:|\/)/.test(mark.attrs.href as string)) throw new Error(String(mark.attrs.href))
    })
  }), { numRuns: inject('isLong') ? 10_000 : 300 })
})
