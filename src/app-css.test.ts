// The stylesheet stands inside every public page: what it weighs, each reader pays, and what no page uses is paid for nothing.
import { globSync, readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { transform } from 'lightningcss'
import { expect, test } from 'vitest'

const css = readFileSync('src/app.css', 'utf8')
const deskCss = readFileSync('src/desk.css', 'utf8')
const agreeCss = readFileSync('src/agree.css', 'utf8')
const drawn = globSync(['src/ui/**/*.svelte', 'src/rooms/*/ui/*.svelte', 'src/rooms/*/ui/*.ts', 'src/rooms/media/{editor/schema,browser/editing}.ts', 'src/routes/**/*.svelte', 'src/kernel/words/*.ts'])
  .map((file) => readFileSync(file, 'utf8')).join('\n')

test('the public stylesheet weighs at most 8 KB over the wire', () => {
  const { code } = transform({ filename: 'app.css', code: Buffer.from(css), minify: true })
  expect(brotliCompressSync(code).length).toBeLessThanOrEqual(8192)
})

test.each([['app.css', css], ['desk.css', deskCss], ['agree.css', agreeCss]])('no rule of %s is there for a class that nothing draws', (_, sheet) => {
  const selectors = sheet.replace(/\/\*[\s\S]*?\*\/|url\([^)]*\)|"[^"]*"/g, '').match(/[^{}]+(?=\{)/g) ?? []
  const classes = new Set(selectors.join(' ').match(/(?<=\.)[a-z][\w-]*/g))
  expect([...classes].filter((name) => !new RegExp(`["' ]${name}["' }]`).test(drawn))).toEqual([])
})

test('no colour, font or picture comes from another house', () => {
  expect(css + deskCss + agreeCss).not.toMatch(/url\((?!\/fonts\/)|@import|https?:/)
})
