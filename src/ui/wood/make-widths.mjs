// Makes widths.json from the font that ships: the advance of each letter at weight 850 and the kerning of each pair, in
// hundredths of an em. Run again when the font changes: node src/ui/wood/make-widths.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const range = (a, b) => Array.from({ length: b - a + 1 }, (_, i) => String.fromCodePoint(a + i))
const LETTERS = [...range(0x20, 0x7e), ...range(0xa0, 0x17f), ...range(0x1ebc, 0x1ef9), 'ẽ', 'Ẽ', ...'–—‘’“”…‹›€']
const PAIRED = [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...'ÁÉÍÓÚÑÇÃÕÀÈÊáéíóúñçãõàèêôò.,:;’'].join('')

const font = (file) => `data:font/woff2;base64,${readFileSync(`static/fonts/${file}`).toString('base64')}`
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage()
await page.setContent(`<style>@font-face{font-family:P;src:url(${font('poster.woff2')});font-weight:400 900}@font-face{font-family:P;src:url(${font('poster-ext.woff2')});font-weight:400 900;unicode-range:U+100-130,U+132-151,U+154-177,U+179-17F,U+1EBC-1EF9}</style><p style="font:850 100px P">xẼĀ`)
const made = await page.evaluate(async ({ letters, paired }) => {
  await document.fonts.load('850 100px P', 'xẼĀ')
  const pen = document.createElement('canvas').getContext('2d')
  const width = (family, text) => { pen.font = `850 100px ${family}`; return pen.measureText(text).width }
  const has = (c) => width('P,monospace', c) === width('P,serif', c) || c === ' '
  const advances = {}
  for (const c of letters) if (has(c)) advances[c] = Math.round(width('P', c) * 10) / 10
  const kerns = {}
  for (const a of paired) for (const b of paired) {
    const kern = Math.round((width('P', a + b) - width('P', a) - width('P', b)) * 10) / 10
    if (Math.abs(kern) >= 0.5) (kerns[a] ??= {})[b] = kern
  }
  return { advances, kerns }
}, { letters: LETTERS, paired: PAIRED })
await browser.close()
writeFileSync('src/ui/wood/widths.json', `${JSON.stringify(made)}\n`)
console.log(`${Object.keys(made.advances).length} letters, ${Object.values(made.kerns).flatMap(Object.keys).length} pairs`)
