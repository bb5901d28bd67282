// Pages act in SvelteKit's bundle and the page cache stands in the outer server: whoever publishes sees it at once.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkout, copyHouse, newFolder } from '../start/installation.ts'
import { openBrowser, visit } from './browser.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { writePressPage } from './press-pages.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const METRICS_TOKEN = 'a-token-for-the-form-action-test'
const SOURCES = ['src', 'messages', 'project.inlang', 'static', 'starter', 'tools', 'vite.config.ts', 'tsconfig.json', 'package.json']

let house: RunningHouse, beside: HouseDatabase, browser: Browser

/** SvelteKit writes types of the routes that it builds beside its packages: not beside those of the checkout. */
function linkEachPackage(program: string) {
  const packages = join(program, 'node_modules')
  rmSync(packages) // the link to all of them
  mkdirSync(packages)
  for (const name of readdirSync(join(checkout, 'node_modules'))) {
    if (!name.startsWith('.') && name !== '$app') symlinkSync(join(checkout, 'node_modules', name), join(packages, name))
  }
}

beforeAll(async () => {
  // No public page has a form yet, so the program is built once more with one.
  const program = copyHouse(newFolder('altavoz'), SOURCES)
  linkEachPackage(program)
  cpSync(join(import.meta.dirname, 'form-action'), join(program, 'src/routes/(public)/[lang=tongue]/publish-by-form/[slug]'), { recursive: true })
  const began = performance.now()
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: program, stdio: ['ignore', 'ignore', 'inherit'] })
  console.log(`built with a form in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  house = await runHouse({ METRICS_TOKEN }, ['--bare'], program)
  beside = await openHouseDatabase(house.dataDir)
  browser = await openBrowser()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await beside?.close()
  await house?.end()
})

const PAGES = ['/en/media/published-by-a-form', '/en/media', '/en/', '/en/media/feed.atom']
const wordsOf = (html: string) => /In the (old|new) words/.exec(html)?.[1]
const wordsOnPages = () => Promise.all(PAGES.map(async (path) => wordsOf(await (await fetch(house.origin + path)).text())))
const each = (word: string) => PAGES.map(() => word)

async function meters() {
  const text = await (await fetch(`${house.origin}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text()
  const meter = (name: string) => Number(new RegExp(`^altavoz_${name} (\\S+)$`, 'm').exec(text)?.[1])
  return { hits: meter('page_hits_total'), renders: meter('page_renders_total'), drops: meter('page_drops_total'), hearing: meter('pages_hearing') }
}

/**
 * The process of the database that tells our server what other nodes changed. Our server asks it every two seconds
 * whether it lives, and stops keeping pages two seconds later: it has been asked just now.
 */
async function listeningBackend(): Promise<number> {
  for (;;) {
    const { rows } = await sql<{ pid: number; isAsked: boolean }>`
      select pid, clock_timestamp() - query_start < interval '0.3 s' as is_asked
      from pg_stat_activity where application_name = 'altavoz listen'`.execute(beside.db.read as never)
    if (rows[0]?.isAsked) return rows[0].pid
    await new Promise((soon) => setTimeout(soon, 50))
  }
}

test('who publishes by a form sees the new words in the next answer, before the signal of it comes back', async () => {
  const file = writePressPage('forms', { title: 'Published by a form', teaser: 'In the old words, a text that is long enough to be the teaser of a page.', paragraphs: ['In the old words it was said, and later it was said in others.'] })
  await house.altavoz('import', file, '--publish')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('the old words', 'the new words'))
  await house.altavoz('import', file)
  await expect.poll(async () => (await meters()).hearing).toBe(1)
  expect(await wordsOnPages()).toEqual(each('old'))
  const full = await meters()
  expect(await wordsOnPages()).toEqual(each('old'))
  expect(await meters(), 'every page is kept').toEqual({ ...full, hits: full.hits + PAGES.length })

  const { page, close } = await visit(browser, house.origin)
  await page.goto(`${house.origin}/en/publish-by-form/published-by-a-form`)
  const before = await meters()
  const listening = await listeningBackend()
  process.kill(listening, 'SIGSTOP')
  try {
    await page.getByRole('button').click()
    expect(new URL(page.url()).pathname).toBe(PAGES[0])
    expect(wordsOf(await page.content())).toBe('new')
    expect(await wordsOnPages()).toEqual(each('new'))
    const after = await meters()
    expect(await wordsOnPages()).toEqual(each('new'))
    expect(await meters(), 'every page is kept again').toEqual({ ...after, hits: after.hits + PAGES.length })
    expect(after, 'dropped by the one who acted, and by nobody else').toMatchObject({ hearing: 1, drops: before.drops + 1 })
  } finally {
    process.kill(listening, 'SIGCONT')
    await close()
  }
  await expect.poll(async () => (await meters()).drops, { message: 'and now it is heard' }).toBe(before.drops + 2)
})

test('a form that another site sends is turned away, and so is one that says not where it comes from', async () => {
  const before = await meters()
  for (const origin of ['https://evil.example', 'null']) {
    const answer = await fetch(`${house.origin}/en/publish-by-form/published-by-a-form`, {
      method: 'POST', body: new URLSearchParams({}), headers: { origin }, redirect: 'manual',
    })
    expect(answer.status, origin).toBe(403)
  }
  expect(await meters()).toMatchObject({ drops: before.drops })
})
