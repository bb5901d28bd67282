// Two editors hammer one text at the same time, with lines that drop and a server that is killed: whatever either typed stands in the
// text at the end, or in the view where she settles it.
import type { Page } from 'playwright-core'
import { afterAll, expect, inject, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { DESKTOP, visit } from './browser.ts'
import { addDeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'

const { house, browser } = await houseAndBrowser()
let beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()
const SECONDS = inject('isLong') ? 60 : 20
/** However slow the machine is, each types so often. */
const LEAST = 6
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

test('two who hammer one text lose no word', async () => {
  const { id, people } = await act(beside, async (tx) => {
    const added = await addOrganisation(tx, 'flores', { texts: { en: { name: 'Flores', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
    if (!added.added) throw new Error(added.obstacle)
    const item = await createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: added.id }, 'operator', now())
    await saveRevision(tx, item, 'es', { title: 'Juntas', teaser: 'Bajada.', bodyMarkdown: Array.from({ length: 6 }, (_, i) => `Párrafo ${i}.`).join('\n\n') }, NOTHING_FROZEN, 'operator', now())
    return { id: item, people: [await addDeskPerson(tx, 'one', 'editor', { organisationId: added.id }), await addDeskPerson(tx, 'two', 'editor', { organisationId: added.id })] }
  })
  const address = `${house.origin}/desk/media/${id}/es`
  const typed: string[] = []
  let conflicts = 0
  let isDown = false
  const open = async (page: Page) => {
    // A server that is away, or a line that is down, is waited for as anybody does.
    for (let tries = 0; tries < 60; tries++) {
      if (await page.goto(address).then((answer) => answer?.ok(), () => false)) return
      await pause(500)
    }
    throw new Error('the text could not be opened again')
  }
  /** Saves until it is saved, and settles what both changed by keeping both. */
  const save = async (page: Page) => {
    for (let tries = 0; tries < 40; tries++) {
      const isConflict = await page.locator('.versus').count().catch(() => 0) > 0
      if (isConflict) conflicts++
      await page.locator(isConflict ? 'main form.sheetform button' : '#writing button[data-key=e]').first().click({ timeout: 3000 }).catch(() => {})
      await page.waitForLoadState('load').catch(() => {})
      if (/[?&]saved=/.test(page.url())) return
      if (await page.locator('.versus, #writing').count().catch(() => 0) === 0) await open(page)
    }
    throw new Error('the text could not be saved')
  }
  const until = Date.now() + SECONDS * 1000
  const editors = await Promise.all(people.map(async ({ cookie }, who) => {
    const visited = await visit(browser, house.origin, { locale: 'en', viewport: DESKTOP, javaScriptEnabled: true })
    const [name, value] = cookie.split('=') as [string, string]
    await visited.page.context().addCookies([{ name, value, url: house.origin }])
    await visited.page.addInitScript(() => localStorage.setItem('writing-plain', ''))
    await open(visited.page)
    return { ...visited, who }
  }))
  const hammer = async ({ page, who }: (typeof editors)[number]) => {
    for (let n = 0; Date.now() < until || n < LEAST; n++) {
      const body = page.locator('[name=body]')
      const paragraphs = (await body.inputValue()).split('\n\n')
      const word = `p${who}n${n}`
      const at = (n * 3 + who) % paragraphs.length
      await body.fill((n % 3 === 2 ? paragraphs.toSpliced(at, 0, `Nuevo ${word}.`) : paragraphs.with(at, `${paragraphs[at]} ${word}`)).join('\n\n'))
      typed.push(word)
      const drops = n % 4 === 1
      if (drops) await page.context().setOffline(true)
      await pause(150 + 100 * who)
      if (drops) await page.context().setOffline(false)
      if (n % 2 === 1) {
        await save(page)
        await open(page)
      }
    }
    await save(page)
  }
  const kill = async () => {
    await pause(SECONDS * 400)
    isDown = true
    await beside.close()
    await house.kill()
    await pause(1000)
    await house.startAgain()
    beside = await openHouseDatabase(house.dataDir)
    isDown = false
  }
  await Promise.all([...editors.map(hammer), kill()])
  const text = (await findRevision(beside.db.read, id, 'es'))!.bodyMarkdown
  console.info(`${typed.length} words typed by two in ${SECONDS} s, ${conflicts} conflicts settled`)
  expect(isDown).toBe(false)
  expect(typed.filter((word) => !text.includes(word))).toEqual([])
  expect(typed.length).toBeGreaterThanOrEqual(2 * LEAST)
  await Promise.all(editors.map(({ close }) => close()))
}, 300_000)
