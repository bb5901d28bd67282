const LOOKS = {
  light: { dark: 'not all', print: 'print', schemes: 'light' },
  dark: { dark: 'all', print: 'print', schemes: 'dark' },
  print: { dark: 'not all', print: 'all', schemes: 'light' },
} as const

/**
 * The public stylesheet as a device uses it that asks for that look, whatever the device is that looks.
 * @throws where the sheet does not ask for the look as it is replaced here: a preview would show something else
 */
export function styleAs(css: string, look: keyof typeof LOOKS): string {
  const { dark, print, schemes } = LOOKS[look]
  const given = [
    { asked: /@media ?\(prefers-color-scheme: ?dark\)/g, by: `@media ${dark}` },
    { asked: /@media print\b/g, by: `@media ${print}` },
    { asked: /color-scheme: ?light dark\b/g, by: `color-scheme:${schemes}` },
  ].reduce((sheet, { asked, by }) => {
    if (sheet.search(asked) < 0) throw new Error(`the stylesheet does not say ${asked.source}`)
    return sheet.replace(asked, by)
  }, css)
  if (given.includes('prefers-color-scheme')) throw new Error('the stylesheet asks for a scheme that no look gives')
  return given
}
