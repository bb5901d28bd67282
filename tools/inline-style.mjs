// The public stylesheet stands inside the page: one request less on 3G, and its hash is known once instead of at every render.
// The server puts it in after the render, so that Kit handles a page of half the length.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { transform } from 'lightningcss'

const MARK = '/*altavoz-style*/'

/** Writes build/style.css, build/desk.css and build/agree.css, minified. Returns the path of the template, which holds the style's mark. */
export function inlineStyle() {
  const template = 'src/app.html'
  if (!readFileSync(template, 'utf8').includes(`<style>${MARK}</style>`)) throw new Error(`${template} has lost its mark ${MARK}`)
  mkdirSync('build', { recursive: true })
  writeFileSync('build/style.css', minified('src/app.css'))
  writeFileSync('build/desk.css', minified('src/desk.css'))
  writeFileSync('build/agree.css', minified('src/agree.css'))
  return template
}

function minified(filename) {
  const css = transform({ filename, code: readFileSync(filename), minify: true }).code.toString().trim()
  if (/<\/style/i.test(css)) throw new Error(`${filename} would end its own style element`)
  return css
}
