import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { styleAs } from '#kernel/web/look-style.ts'

const SHEET = ':root{color-scheme:light dark;--paper:#fff}@media (prefers-color-scheme:dark){:root{--paper:#000}}@media print{.foot{display:none}}'

test('each look is what a device that asks for it is given, whatever the device asks for', () => {
  expect(styleAs(SHEET, 'dark')).toBe(':root{color-scheme:dark;--paper:#fff}@media all{:root{--paper:#000}}@media print{.foot{display:none}}')
  expect(styleAs(SHEET, 'light')).toBe(':root{color-scheme:light;--paper:#fff}@media not all{:root{--paper:#000}}@media print{.foot{display:none}}')
  expect(styleAs(SHEET, 'print')).toBe(':root{color-scheme:light;--paper:#fff}@media not all{:root{--paper:#000}}@media all{.foot{display:none}}')
})

test('the public stylesheet can be looked at in every look; one that asks otherwise is told', () => {
  const css = readFileSync('src/app.css', 'utf8')
  for (const look of ['light', 'dark', 'print'] as const) expect(styleAs(css, look)).not.toContain('prefers-color-scheme')
  expect(() => styleAs(SHEET.replace('print', 'screen'), 'dark')).toThrow('@media print')
  expect(() => styleAs(`${SHEET}@media (prefers-color-scheme:light){}`, 'dark')).toThrow('no look gives')
})
