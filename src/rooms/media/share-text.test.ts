import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphemesOf } from '#kernel/language/graphemes.ts'
import { cutText, SHORT_MOST, shortText, WHATSAPP_MOST, whatsAppText } from '#rooms/media/share-text.ts'

const address = 'https://example.org/es/media/lo-que-pide-la-alianza'
const told = { title: 'Lo que la Alianza pide a los Estados', teaser: 'Poner fin a la criminalización del trabajo sexual y proteger los derechos con leyes.', points: ['Derechos', 'Leyes', 'Un lugar en la mesa'], address }

test('WhatsApp gets the title in bold, the teaser, the points and the address', () => {
  expect(whatsAppText(told)).toBe(`*${told.title}*\n\n${told.teaser}\n\n• Derechos\n• Leyes\n• Un lugar en la mesa\n\n${address}`)
  expect(whatsAppText({ ...told, teaser: '', points: [] })).toBe(`*${told.title}*\n\n${address}`)
  expect(shortText(told)).toBe(`${told.title}. ${told.teaser} ${address}`)
  expect(shortText({ ...told, title: '¿Qué pide?' })).toBe(`¿Qué pide? ${told.teaser} ${address}`)
})

test('points that do not fit are left out whole, and all of them where the teaser does not fit', () => {
  const long = whatsAppText({ ...told, points: ['Uno', 'p'.repeat(600), 'Tres'] })
  expect(long).toContain('• Uno\n\nhttps')
  expect(long).not.toContain('Tres')
  expect(whatsAppText({ ...told, teaser: 'Palabra '.repeat(120) })).toMatch(/Palabra…\n\nhttps/)
})

test.each([
  ['*fuerte* y _cursiva_', '∗fuerte∗ y ˍcursivaˍ'], ['las trabajador*s', 'las trabajador∗s'], ['~~no~~ `x` ```y```', '∼∼no∼∼ ˋxˋ ˋˋˋyˋˋˋ'],
  ['dos\nlíneas\u202e al revés', 'dos líneas al revés'], ['ver https://a.example/x_y*z', 'ver https://a.example/x%5Fy%2Az'],
])('a title’s own signs break no bold: %j', (title, shown) => {
  expect(whatsAppText({ ...told, title }).split('\n')[0]).toBe(`*${shown}*`)
})

test('what is too long ends with a sentence where that is most of it, else with a word, and a link is left out whole', () => {
  expect(cutText('Una frase entera y larga. Otra que ya no cabe.', 30)).toBe('Una frase entera y larga.')
  expect(cutText('Con EE. UU. no termina nada aquí todavía', 20)).toBe('Con EE. UU. no…')
  expect(cutText('Sí, claro: palabra', 11)).toBe('Sí, claro…')
  expect(cutText('ver https://example.org/una/direccion/muy/larga', 30)).toBe('ver…')
  expect(cutText('https://example.org/una/direccion/muy/larga', 30)).toBe('')
  expect(cutText('👩🏽‍⚖️'.repeat(5), 16)).toBe('👩🏽‍⚖️👩🏽‍⚖️…')
})

test('an address of another script that is too long is written in its letters; longer still, it stands alone and whole', () => {
  const slug = 'ऄ'.repeat(100)
  expect(shortText({ ...told, address: `https://example.org/hi/media/${encodeURIComponent(slug)}` })).toMatch(new RegExp(` https://example\\.org/hi/media/${slug}$`))
  const endless = `https://example.org/${'a'.repeat(800)}`
  expect([whatsAppText({ ...told, address: endless }), shortText({ ...told, address: endless })]).toEqual([endless, endless])
})

const words = fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('*a*', '_b_', '~c', '`d`', 'https://x.example/a_b', 'fin.', '\n', '\u202e', '👩🏽‍⚖️', 'g̃', '\u00a0', 'EE. UU.')), { maxLength: 160 }).map((all) => all.join(' '))

test('whatever the words are, the limit holds, the address is whole, no sign is cut in two and WhatsApp finds two asterisks', () => {
  fc.assert(fc.property(words, words, fc.array(words, { maxLength: 3 }), (title, teaser, points) => {
    for (const [text, most] of [[whatsAppText({ title, teaser, points, address }), WHATSAPP_MOST], [shortText({ title, teaser, address }), SHORT_MOST]] as const) {
      expect(text.length).toBeLessThanOrEqual(most)
      expect(text.endsWith(address)).toBe(true)
      expect(text.isWellFormed()).toBe(true)
    }
    const before = whatsAppText({ title, teaser, points, address }).slice(0, -address.length)
    expect((before.match(/\*/g) ?? []).length).toBeOneOf([0, 2])
    expect(before).not.toMatch(/[_~`]/)
  }), { numRuns: 400 })
  fc.assert(fc.property(words, fc.integer({ min: 0, max: 300 }), (text, most) => {
    const cut = cutText(text, most)
    expect(cut.length).toBeLessThanOrEqual(Math.max(most, 0))
    const all = graphemesOf(text)
    const kept = graphemesOf(cut === text ? cut : cut.replace(/…$/u, ''))
    if (cut.endsWith('…') || cut === text) expect(all.slice(0, kept.length)).toEqual(kept)
    // A link that was begun is there to its end.
    for (const link of cut.match(/https:\S*/g) ?? []) expect(text.split(/\s/)).toContain(link.replace(/…$/u, ''))
  }), { numRuns: 400 })
})
