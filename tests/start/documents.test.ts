// What the press prints, read back by programs that had no part in printing it.
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { openPress } from '#kernel/print/press.ts'
import { cardOf, HERE, paperOf } from '#kernel/testing/printing.ts'
import { hasPoppler, readPdf, withPoppler } from '#kernel/testing/poppler.ts'

let complaints: string[] = []
const press = openPress(HERE, { onComplaint: (_template, said) => void complaints.push(...said) })
afterAll(() => press.stop())

const ATTACK = '#import "@preview/cetz:0.3.0": * #read("/etc/passwd") $x^2$ @ref <label> *fuerte* _cursiva_ \\u{1F600} \\ // nada /* nada */ `code` #set text(red)'
const OURS = /^(Archivo|SourceSerif4|Amiri|IBMPlexSansArabic|Lalezar|AltavozPoster|DejaVuSansMono)/
const squeezed = (text: string) => text.replace(/\s+/g, ' ')

test.skipIf(!hasPoppler)(`a PDF is tagged, claims PDF/UA-1, names its title and language, and carries all its fonts${withPoppler}`, async () => {
  complaints = []
  const { bytes } = await press.print(await paperOf('# Parte\n\nTexto con [enlace](https://example.org/fuente).[^1]\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n> Cita.\n\n[^1]: Nota.'))
  const { info, fonts, isUniversal, languages } = readPdf(bytes)
  expect(info).toMatchObject({ Tagged: 'yes', Title: 'Ni una menos: acción y corazón' })
  expect([isUniversal, languages]).toEqual([true, ['es']])
  expect(fonts.length).toBeGreaterThan(3)
  for (const { name, isEmbedded } of fonts) expect([name, OURS.test(name), isEmbedded]).toEqual([name, true, true])
  expect(complaints).toEqual([])
})

test.skipIf(!hasPoppler)(`its words come back in order with their accents, in Spanish and in Creole${withPoppler}`, async () => {
  const es = 'Añadimos pingüinos, güisqui y Ñandubay: «¿Quién sueña?», dijo Íñigo. Después vino la acción.'
  const ht = 'Moun k ap fè travay seksyèl gen dwa: pwoteksyon, lasante, jistis. Anyen sou nou san nou. Òganizasyon yo, fò!'
  for (const [lang, words] of [['es', es], ['ht', ht]] as const) {
    const { text } = readPdf((await press.print(await paperOf(`${words}\n\nY al final.`, { lang }))).bytes)
    const read = squeezed(text).replaceAll('- ', '') // a word cut at the end of a line
    expect(read).toContain(squeezed(words))
    const places = ['acción y corazón', 'Una bajada con eñes.', words.slice(0, 12), 'Y al final.', 'Organización Ñandú', 'https://example.org/es/media/un-texto'].map((one) => read.indexOf(one))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  }
})

test.skipIf(!hasPoppler)(`a text from right to left is set so, and its words come back${withPoppler}`, async () => {
  const { bytes } = await press.print(await paperOf('تجمع هذا التحالف شبكات ومنظمات حقوق الإنسان.\n\n## ما الذي نطالب به\n\n- إنهاء التجريم', { lang: 'ar', title: 'لا شيء عنّا من دوننا', teaser: '' }))
  const { text, languages, info } = readPdf(bytes)
  expect(languages).toEqual(['ar'])
  expect(info.Title).toBe('لا شيء عنّا من دوننا')
  expect(text).toContain('تجمع هذا التحالف شبكات ومنظمات حقوق الإنسان')
})

test.skipIf(!hasPoppler)(`text that looks like Typst is printed as words, wherever it stands${withPoppler}`, async () => {
  const markdown = `Antes ${ATTACK.replace(/[\\*_`<@$]/g, '\\$&')} después.[^1]\n\n## ${ATTACK.replace(/[\\*_`<]/g, '\\$&')}\n\n\`${ATTACK.replaceAll('`', '')}\`\n\n| ${ATTACK.replace(/[\\*_`<]/g, '\\$&')} |\n|-|\n| x |\n\n[^1]: ${ATTACK.replace(/[\\*_`<]/g, '\\$&')}`
  const { bytes } = await press.print(await paperOf(markdown, { title: ATTACK, teaser: ATTACK, kind: ATTACK, org: ATTACK, facts: [[ATTACK, [ATTACK]]], notices: [ATTACK], signed: { label: ATTACK, names: [ATTACK] }, ends: [{ title: ATTACK, lines: [ATTACK] }], foot: [ATTACK] }))
  const { text, info } = readPdf(bytes)
  const read = text.replace(/[\s-]+/g, '')
  for (const part of ['#import"@preview/cetz:0.3.0":*', '#read("/etc/passwd")', '$x^2$', '@ref', '<label>', '*fuerte*', '_cursiva_', '\\u{1F600}', '//nada/*nada*/', '#settext(red)']) {
    expect(read.split(part.replaceAll('-', '')).length, part).toBeGreaterThan(9)
  }
  expect(read).not.toContain('root:')
  expect(info.Title).toBe(ATTACK)
  await press.print(cardOf({ title: ATTACK, kind: ATTACK, where: ATTACK, org: ATTACK, host: ATTACK, when: { words: ATTACK, months: 'none' } }))
})

test.skipIf(!hasPoppler)(`letters that no font has cost the promise of PDF/UA and nothing else, and the complaint quotes no word${withPoppler}`, async () => {
  complaints = []
  const { bytes } = await press.print(await paperOf('Con amor 💜 y 日本, secreto.'))
  const { info, isUniversal, text } = readPdf(bytes)
  expect([info.Tagged, isUniversal]).toEqual(['yes', false])
  expect(squeezed(text)).toContain('secreto.')
  expect(complaints).toHaveLength(1)
  expect(complaints[0]).toMatch(/^not PDF\/UA-1/)
  expect(complaints[0]).not.toMatch(/💜|日|secreto/)
})

test.skipIf(!hasPoppler)(`nothing runs off the paper: a word without end, a table and a quotation longer than a page${withPoppler}`, async () => {
  const table = `| a | b |\n|-|-|\n${'| celda | casilla |\n'.repeat(150)}`
  const { text } = readPdf((await press.print(await paperOf(`${'Q'.repeat(3000)}\n\n${table}\n> ${'palabra '.repeat(900)}`))).bytes)
  expect([text.match(/Q/g)!.length, text.match(/celda/g)!.length, text.match(/casilla/g)!.length, text.match(/palabra/g)!.length]).toEqual([3000, 150, 150, 900])
})

test.each([['a4', '595.276 x 841.89 pts (A4)'], ['us-letter', '612 x 792 pts (letter)']])(`the paper is %s${withPoppler}`, async (paper, size) => {
  if (!hasPoppler) return
  expect(readPdf((await press.print(await paperOf('Texto.', { paper }))).bytes).info['Page size']).toBe(size)
})

test('the same text gives the same bytes, from another process too', async () => {
  const other = openPress(HERE)
  try {
    const jobs = [await paperOf('Uno.[^1]\n\n[^1]: Dos.'), cardOf(), cardOf({ format: 'square' }), cardOf({ format: 'story' })]
    for (const job of jobs) {
      const [one, two, three] = [await press.print(job), await press.print(job), await other.print(job)]
      expect(Buffer.compare(one.bytes, two.bytes)).toBe(0)
      expect(Buffer.compare(one.bytes, three.bytes)).toBe(0)
    }
  } finally {
    await other.stop()
  }
})

const TITLES = ['Lo pide la Alianza', 'Dwa moun se dwa tout moun', 'Ação, coração e não-violência: vocês', 'لا شيء عنّا من دوننا', 'Otorrinolaringólogo'.repeat(6), 'palabra '.repeat(40), 'Ã']

test.each(TITLES)('a card is 1200 × 630 and below 100 KB: %s', async (title) => {
  complaints = []
  const { bytes } = await press.print(cardOf({ title, lang: /[\u0600-\u06ff]/.test(title) ? 'ar' : 'pt' }))
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 })
  expect(bytes.length).toBeLessThan(100_000)
  expect(complaints).toEqual([])
})

test('a card’s long names and dates stay below the rim: its red field stays free of them', async () => {
  const long = { words: '24 de noviembre de 2026 – 3 de diciembre de 2026', months: [11, 12] }
  const org = 'Alianza por los Derechos Humanos y la Inclusión de las Personas Trabajadoras Sexuales'
  const upper = async (changes: Record<string, unknown>) => sharp((await press.print(cardOf(changes))).bytes).removeAlpha().extract({ left: 0, top: 0, width: 1200, height: 470 }).raw().toBuffer()
  const [plain, full] = [await upper({}), await upper({ when: long, org, host: 'media.una-alianza-con-nombre-largo.example.org' })]
  const differing = plain.reduce((count, value, i) => count + (Math.abs(value - full[i]!) > 24 ? 1 : 0), 0)
  expect(differing).toBe(0)
})

const SHARED = [['square', 1080, 1080], ['story', 1080, 1920]] as const

test.each(SHARED.flatMap((shape) => TITLES.map((title) => [...shape, title] as const)))('a %s is %i × %i and below 150 KB: %s', async (format, width, height, title) => {
  complaints = []
  const { bytes } = await press.print(cardOf({ format, title, lang: /[\u0600-\u06ff]/.test(title) ? 'ar' : 'ht' }))
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width, height })
  expect(bytes.length).toBeLessThan(150_000)
  expect(complaints).toEqual([])
})

test.each([['square', 'es', 1056, 24], ['square', 'ar', 1056, 24], ['story', 'es', 1690, 230], ['story', 'ar', 1690, 230]] as const)('long names and dates stay above the edge of a %s and the crook of its umbrella (%s)', async (format, lang, top, height) => {
  const long = {
    when: { words: '24 de noviembre de 2026 – 3 de diciembre de 2026', months: [11, 12] }, org: 'Alianza por los Derechos Humanos y la Inclusión de las Personas Trabajadoras Sexuales', host: 'media.una-alianza-con-nombre-largo.example.org',
  }
  const lower = async (changes: Record<string, unknown>) => sharp((await press.print(cardOf({ format, lang, ...changes }))).bytes).removeAlpha().extract({ left: 0, top, width: 1080, height }).raw().toBuffer()
  const [plain, full] = [await lower({}), await lower(long)]
  expect(plain.reduce((count, value, i) => count + (Math.abs(value - full[i]!) > 24 ? 1 : 0), 0)).toBe(0)
})

test('the letters of a picture stand out from its red as WCAG asks of small type', async () => {
  const { data } = await sharp((await press.print(cardOf({ format: 'square' }))).bytes).removeAlpha().extract({ left: 0, top: 60, width: 1080, height: 600 }).raw().toBuffer({ resolveWithObject: true })
  const seen = new Map<number, number>()
  for (let i = 0; i < data.length; i += 3) seen.set(data.readUIntBE(i, 3), (seen.get(data.readUIntBE(i, 3)) ?? 0) + 1)
  // Of the three colours that fill it, two are the red and its facet, the third is that of the letters.
  const luminance = (colour: number) => [16, 8, 0].map((by) => ((colour >> by) & 255) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0)
  const lights = [...seen].sort(([, a], [, b]) => b - a).slice(0, 3).map(([colour]) => luminance(colour)).sort((a, b) => b - a)
  for (const red of lights.slice(1)) expect((lights[0]! + 0.05) / (red + 0.05)).toBeGreaterThanOrEqual(4.5)
})
