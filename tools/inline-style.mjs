// The public stylesheet stands inside the page: one request less on 3G, and its hash is known once instead of at every render.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { transform } from 'lightningcss'

const MARK = '/*altavoz-style*/'

/** Writes build/app.html: src/app.html with src/app.css, minified, in the place of its mark. Returns the template's path. */
export function inlineStyle() {
  const template = readFileSync('src/app.html', 'utf8')
  if (!template.includes(MARK)) throw new Error(`src/app.html has lost its mark ${MARK}`)
  const css = transform({ filename: 'app.css', code: readFileSync('src/app.css'), minify: true }).code.toString()
  mkdirSync('build', { recursive: true })
  writeFileSync('build/app.html', template.replace(MARK, () => css.trim()))
  return 'build/app.html'
}
