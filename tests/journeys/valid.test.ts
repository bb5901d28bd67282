/** Every type of page is valid HTML, as the W3C's own checker reads it. It stands apart from the program: tests/validator. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { allPageTypes } from './page-types.ts'
import { runHouse } from './running-house.ts'

const JAR = resolve('tests/validator/node_modules/vnu-jar/build/dist/vnu.jar')
const hasJava = (() => {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
const missing = [hasJava ? '' : 'java is not installed', existsSync(JAR) ? '' : 'tests/validator is not installed (npm ci --prefix tests/validator)'].filter(Boolean).join(', ')
if (missing) console.log(`skipped: the pages were not checked as HTML: ${missing}`)

/** Valid CSS that the checker does not know yet: container queries and their unit, and a gradient that ends in var(). */
const NOT_KNOWN = [/“container-type”: Property “container-type” doesn't exist/, /^CSS: “font-size”: Parse Error\.$/, /^CSS: “(-webkit-)?mask”: too few values for the property “linear-gradient”/]

interface Message { type: string; url: string; message: string; extract?: string }

/** What the checker calls an error in any of the pages, with the page's name. */
function errorsIn(pages: { name: string; html: string }[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'altavoz-valid-'))
  try {
    const files = pages.map(({ name, html }, i) => {
      const file = join(folder, `${i}-${name}.html`)
      writeFileSync(file, html)
      return file
    })
    const out = execFileSync('java', ['-jar', JAR, '--stdout', '--exit-zero-always', '--errors-only', '--format', 'json', ...files], { maxBuffer: 1e8 })
    const { messages } = JSON.parse(String(out)) as { messages: Message[] }
    return messages.filter(({ message }) => !NOT_KNOWN.some((known) => known.test(message)))
      .map(({ url, message, extract }) => `${url.split('/').at(-1)}: ${message} ${extract ?? ''}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.skipIf(missing)('the checker sees what is broken', () => {
  const html = '<!doctype html><html lang="en"><title>T</title><p><h1 id="a">One</h1><h2 id="a">Two</h2></p><img src="x.png"></html>'
  expect(errorsIn([{ name: 'broken', html }]).join('\n')).toMatch(/Duplicate ID “a”[\s\S]*“img” element must have an “alt”|“img” element must have an “alt”[\s\S]*Duplicate ID “a”/)
})

test.skipIf(missing)('every page type is valid HTML in Spanish and in Creole', { timeout: 180_000 }, async () => {
  const house = await runHouse()
  try {
    const pages = []
    for (const lang of ['es', 'ht']) {
      for (const { name, path } of await allPageTypes(house, lang)) pages.push({ name: `${lang}-${name}`, html: await (await fetch(house.origin + path)).text() })
    }
    expect(pages.length).toBeGreaterThan(30)
    expect(errorsIn(pages)).toEqual([])
  } finally {
    await house.end()
  }
})
