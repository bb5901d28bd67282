// What the documents promise an operator or a reader is compared with the program, in both directions.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSettings } from '#env.ts'
import { literals } from '#kernel/commands/words.ts'
import { SETTING_HELP } from '#kernel/site/setting.ts'
import { isThere, marked, pathsNamedIn, tableIn } from '#kernel/testing/documents.ts'
import { scriptedPages } from './script-table.ts'
import { wiring } from './wiring.server.ts'

const read = (path: string) => readFileSync(path, 'utf8')
const firstCells = (rows: string[][]) => rows.flatMap(([first = '']) => marked(first))

describe('docs/operate.md', () => {
  const operate = read('docs/operate.md')
  const rows = firstCells(tableIn(operate, 'word', 'what it does')).map((line) => ({
    word: /^[a-z-]+(?: [a-z-]+)*/.exec(line)?.[0] ?? '', flags: [...line.matchAll(/--[a-z-]+/g)].map(([flag]) => flag).sort(),
  }))

  test('tells every word of bin/altavoz, and no other', () => {
    expect(rows.map(({ word }) => word).sort()).toEqual(wiring.commands.map(({ usage }) => literals(usage).join(' ')).sort())
  })

  test.each(wiring.commands)('tells every option of $usage, and no other', ({ usage, options = [] }) => {
    const row = rows.find(({ word }) => word === literals(usage).join(' '))
    expect(row?.flags).toEqual(options.map(({ flag }) => flag.split(' ')[0]).sort())
  })

  test('tells every setting that the program reads, and no other', () => {
    const asked = new Set<string>()
    readSettings(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }))
    expect(firstCells(tableIn(operate, 'setting', 'default', 'what')).sort()).toEqual([...asked].sort())
  })

  test('tells every key of site set, and no other', () => {
    expect(firstCells(tableIn(operate, 'key of `site set`', 'value')).sort()).toEqual(SETTING_HELP.map((line) => line.split(' ')[0]).sort())
  })
})

describe('docs/threat-model.md', () => {
  const model = read('docs/threat-model.md')
  const rows = tableIn(model, 'what must never happen', 'what stands against it', 'the test that holds it')

  test.each(rows)('“%s” names tests, and each is there', (_what, _guard, tests = '') => {
    expect(marked(tests)).not.toEqual([])
    expect(marked(tests).filter((path) => !/\.test\.ts$/.test(path) || !isThere(path))).toEqual([])
  })

  const listed = /^\*\*Pages that may load script:\*\* (.+)$/m.exec(model)?.[1] ?? ''

  test('no route switches SvelteKit’s script on', () => {
    expect(pageFolders('src/routes').filter(loadsScript)).toEqual([])
  })

  test('lists the pages that may load script: they are those of the table, and each is a page of the desk', () => {
    const scripted = Object.keys(scriptedPages)
    expect(listed === 'none.' ? [] : marked(listed).sort()).toEqual([...scripted].sort())
    const pages = pageFolders('src/routes').map((folder) => folder.replace(/^src\/routes|\/\([^/]*\)/g, '').replace(/\[(\w+)[^\]]*\]/g, '{$1}'))
    expect(scripted.filter((address) => !address.startsWith('/desk') || !pages.includes(address))).toEqual([])
  })
})

/** Every folder that draws a page. */
function pageFolders(under: string): string[] {
  const names = readdirSync(under, { withFileTypes: true })
  // NOTE: `+page@…` would take its settings from another layout than the one above it: then this test must learn it.
  expect(names.filter(({ name }) => /^\+\w+@/.test(name))).toEqual([])
  const own = names.some(({ name }) => name === '+page.svelte') ? [under] : []
  return [...own, ...names.filter((one) => one.isDirectory()).flatMap(({ name }) => pageFolders(join(under, name)))]
}

/** SvelteKit's rule: the nearest `csr` counts, a page's own first; where nobody sets it, the page loads script. */
function loadsScript(folder: string): boolean {
  for (let at = folder, names = ['+page', '+layout']; at !== 'src'; at = dirname(at), names = ['+layout']) {
    for (const name of names) {
      for (const file of [`${at}/${name}.ts`, `${at}/${name}.server.ts`]) {
        const text = existsSync(file) ? read(file) : ''
        // Anything but the plain line counts as on: what cannot be read here cannot be promised.
        if (/\bcsr\b/.test(text)) return !/^export const csr = false$/m.test(text)
      }
    }
  }
  return true
}

const documents = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs/decisions').map((name) => `docs/decisions/${name}`), 'docs/operate.md', 'docs/threat-model.md', 'docs/asvs.md',
]

test.each(documents)('every file and folder that %s names is there', (document) => {
  // Paths begin in the checkout, beside the document, in src/ or in a room.
  const bases = ['', `${dirname(document)}/`, 'src/', 'src/rooms/*/']
  const missing = pathsNamedIn(read(document)).filter((path) => !bases.some((base) => isThere(path, base)))
  expect(missing).toEqual([])
})

test('the README shows two pictures, each with a text for who cannot see it, each below 120 KB', () => {
  const pictures = [...read('README.md').matchAll(/<img\s[^>]*src="([^"]+)"[^>]*alt="([^"]+)"/g)]
  expect(pictures.length).toBe(2)
  for (const [, path = '', alt = ''] of pictures) {
    expect(statSync(path).size).toBeLessThan(120_000)
    expect(alt.length).toBeGreaterThan(40)
  }
})
