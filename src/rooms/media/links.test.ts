import { expect, test } from 'vitest'
import { render } from '#kernel/words/render.ts'
import { type CheckedLink, isSamePlace, isUnreached, leadOf, linksIn, missingNotes, placesIn } from '#rooms/media/links.ts'

const whole = (markdown: string) => {
  const { html, notes } = render(markdown, 'es')
  return html + notes
}
const AT = 'https://alianza.example/es/media/nuestra-nota'
const ORIGINS = ['https://alianza.example', 'http://abcdefabcdef.onion']
const lead = (href: string) => leadOf(href, AT, ORIGINS)

test('links are found as they are called and where they lead, in the text, its tables and its notes; numbers of paragraphs and ways back are none', () => {
  const html = whole('Ver [la **red**](https://red.example/?a=1&b=2 "t"), <https://x.example> y https://y.example/z hoy.[^1]\n\n| a |\n|---|\n| [q & r](/es/media/q) |\n\n`[no](https://code.example)`\n\n[^1]: [Nota][n]\n\n[n]: otra')
  expect(linksIn(html)).toEqual([
    { text: 'la red', href: 'https://red.example/?a=1&b=2' }, { text: 'https://x.example', href: 'https://x.example' }, { text: 'https://y.example/z', href: 'https://y.example/z' },
    { text: '1', href: '#fn-1' }, { text: 'q & r', href: '/es/media/q' }, { text: 'Nota', href: 'otra' },
  ])
})

test('a mark without its note is found, and one in code is none', () => {
  expect(missingNotes(whole('Uno[^1], dos[^no] y dos[^no].\n\n`[^code]`\n\n[^1]: Nota.'))).toEqual(['no'])
  expect(missingNotes(whole('Uno[^1].\n\n[^1]: Nota.'))).toEqual([])
})

test('places are headings, paragraphs and notes', () => {
  expect([...placesIn(whole('## Uno\n\nDos.[^1]\n\n[^1]: Nota.'))]).toEqual(['s1', 'p1', 'fnref-1', 'fn-1'])
})

test('a link leads to a place, a text or an organisation of this house by any of its names, behind its sign-in, elsewhere, or is not asked about', () => {
  expect(lead('#s1')).toEqual({ to: 'place', id: 's1' })
  expect(lead(`${AT}#p2`)).toEqual({ to: 'place', id: 'p2' })
  expect(lead('/es/media/otra-nota')).toEqual({ to: 'text', lang: 'es', slug: 'otra-nota' })
  expect(lead('otra-nota#p1')).toEqual({ to: 'text', lang: 'es', slug: 'otra-nota' })
  expect(lead('http://abcdefabcdef.onion/ht/media/%C3%A9/print.pdf?paper=letter')).toEqual({ to: 'text', lang: 'ht', slug: 'é' })
  expect(lead('https://ALIANZA.example/pt/organisations/flores')).toEqual({ to: 'organisation', lang: 'pt', slug: 'flores' })
  expect([lead('/desk/media/1/es'), lead('/agree/x'), lead('/press-preview/x')]).toEqual([{ to: 'desk' }, { to: 'desk' }, { to: 'desk' }])
  expect(lead('https://red.example/es/media/x#a')).toEqual({ to: 'site', address: 'https://red.example/es/media/x#a' })
  for (const href of ['/es/media', '/es/media/feed.atom', '/es/press', 'mailto:a@b.example', 'tel:+1', 'http://', '/es/media/%E0%A4%A']) expect(lead(href).to, href).toBe(href.endsWith('%A') ? 'text' : 'other')
})

test('two spellings of a page are one place, and another page is not', () => {
  expect([isSamePlace('http://www.red.example/a', 'https://red.example/a/'), isSamePlace('https://red.example/a', 'https://red.example/'), isSamePlace('https://red.example/?a=1', 'https://red.example/?a=2')]).toEqual([true, false, false])
})

test('where no site at all was heard it is this house that reaches none; one that answers, with whatever, is enough to tell the others dead', () => {
  const of = (...is: CheckedLink['is'][]) => isUnreached(is.map((one) => ({ text: '', href: '', is: one, status: 404, address: '' }) as CheckedLink))
  expect([of('silent'), of('silent', 'not-public', 'not-asked', 'port'), of('silent', 'silent', 'answers'), of('silent', 'there'), of('silent', 'elsewhere'), of('not-public'), of()]).toEqual([true, true, false, false, false, false, false])
})

test('a hostile text does not hold anybody up', () => {
  const from = performance.now()
  for (const part of ['<a href="x">', '<a href="', '<a ', '<code>', '<code><b>', '[^', '[^a', ' id="', '&#x', '<a a="b"', '<a href="x"><b>']) {
    const html = part.repeat(300_000 / part.length)
    linksIn(html)
    placesIn(html)
    missingNotes(html)
  }
  expect(performance.now() - from).toBeLessThan(4000)
})
