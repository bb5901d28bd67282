// ARCHITECTURE.md says which file answers an address. Whoever comes new believes it, so it is compared with the routes.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FIXED_PAGES } from '#kernel/site/site.ts'
import { isThere, marked, tableIn } from '#kernel/testing/documents.ts'
import { BLOB_PATH } from '#kernel/web/blob.ts'
import { cachedRoutes } from '#routes-table.ts'

const document = readFileSync('ARCHITECTURE.md', 'utf8')
const table = tableIn(document, 'address', 'answered by', 'asks', 'draws with', 'kept').map(([address = '', answers = '', asks = '', draws = '', kept = '']) => ({
  address: marked(address)[0] ?? address, answers: marked(answers), asks: marked(asks), draws: marked(draws), kept,
}))

interface Route { address: string; folder: string; files: string[] }

const read = (file: string) => readFileSync(file, 'utf8')

/** A folder is an address when a page or a server of its own stands in it. */
const folders = Map.groupBy(
  readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)\+(page|server)[^/]*$/.test(path)).map((path) => `src/routes/${path}`),
  (file) => file.replace(/^src\/|\/[^/]+$/g, ''))
const routes = [...folders].flatMap(([folder, files]): Route[] => addressesOf(folder, files).map((address) => ({ address, folder, files })))

function addressesOf(folder: string, files: string[]): string[] {
  const parts = folder.split('/').slice(1).filter((part) => !part.startsWith('(')).map((part) => part.replace(/\[(\w+)[^\]]*\]/g, '{$1}'))
  const ends = files.some((file) => /trailingSlash = 'always'/.test(read(file))) ? '/' : ''
  const address = parts.length === 0 ? '/' : `/${parts.join('/')}${ends}`
  return address.includes('{page}') ? FIXED_PAGES.map((page) => address.replace('{page}', page)) : [address]
}

const machines = [...read('src/kernel/web/machine-paths.ts').matchAll(/case '(\/[^']*)'/g)].map(([, path]) => path!)
const statics = readdirSync('static', { withFileTypes: true }).map((entry) => `/${entry.name}${entry.isDirectory() ? '/{file}' : ''}`)
const BLOB = '/blob/{hash}/{name}'
const REST = 'any other'

const imported = (files: string[], which: RegExp) =>
  [...new Set(files.flatMap((file) => [...read(file).matchAll(/from '#([^']+)'/g)].map(([, path]) => path!)).filter((path) => which.test(path)))].sort()
const asked = (files: string[]) => imported(files, /-queries\.ts$/)
const drawn = (files: string[]) => imported(files, /^rooms\/.*\.svelte$/)

test('every address that answers stands in the table once, and no other does', () => {
  expect(machines.length).toBeGreaterThan(0)
  expect(routes.length).toBeGreaterThan(FIXED_PAGES.length)
  const answering = [...routes.map(({ address }) => address), ...machines, ...statics, BLOB, REST]
  expect(table.map(({ address }) => address).sort()).toEqual(answering.sort())
})

test.each(routes)('the row of $address names its folder, its queries and what it draws with', ({ address, folder, files }) => {
  const row = table.find((one) => one.address === address)
  expect(row?.answers).toEqual([folder])
  expect(row?.asks.sort()).toEqual(asked(files))
  expect(row?.draws.sort()).toEqual(drawn(files))
})

test('what answers before SvelteKit is named', () => {
  const answers = (address: string) => table.find((row) => row.address === address)?.answers
  for (const path of machines) expect(answers(path), path).toEqual(['kernel/web/machine-paths.ts'])
  for (const path of statics) expect(answers(path), path).toEqual(['kernel/web/build-files.ts'])
  expect(answers(BLOB)).toEqual(['kernel/web/blob.ts'])
  expect(BLOB.replace('{hash}', '0'.repeat(64)).replace('{name}', 'a.png')).toMatch(BLOB_PATH)
})

test('where there is no page, the error page and the old addresses answer', () => {
  const row = table.find(({ address }) => address === REST)
  expect(row?.answers).toEqual(['routes/+error.svelte', 'routes/old-address.ts'])
  expect(row?.asks).toEqual(asked(['src/routes/old-address.ts']))
  expect(row?.draws.sort()).toEqual(drawn(['src/routes/+error.svelte']))
})

test('what the table calls kept is what the page cache may keep', () => {
  const plain = (address: string) => address.replace(/(?<=.)\/$/, '')
  const kept = cachedRoutes.map(({ pattern }) => pattern.replace(/\[(\w+)\]/g, '{$1}')).sort()
  expect(table.filter((row) => row.kept === 'yes').map(({ address }) => plain(address)).sort()).toEqual(kept)
  expect(table.filter((row) => row.kept !== 'yes').map((row) => row.kept)).not.toContain('')
})

test('every file that the table names is there', () => {
  const named = table.flatMap(({ answers, asks, draws }) => [...answers, ...asks, ...draws])
  expect(named.filter((path) => !isThere(path, 'src/'))).toEqual([])
})

test('a function that ARCHITECTURE.md names in a file stands in that file', () => {
  const named = [...document.replace(/\s+/g, ' ').matchAll(/((?:`\w+`(?:, | and )?)+) in `([^`]+\.ts)`/g)]
  const pairs = named.flatMap(([, names = '', file = '']) => marked(names).map((name) => ({ name, file })))
  expect(pairs.length).toBeGreaterThan(20)
  expect(pairs.filter(({ name, file }) => !new RegExp(`\\b${name}\\b`).test(read(file)))).toEqual([])
})
