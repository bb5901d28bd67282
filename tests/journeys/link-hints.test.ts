// Whoever writes is told which links of her text lead nowhere: in this house at once, to other sites when she asks. Without script.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'
import { runHouse } from './running-house.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
const asked: string[] = []
const server = createServer(({ url }, answer) => {
  asked.push(url ?? '')
  answer.end('x')
})
beforeAll(() => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)))
afterAll(async () => {
  server.close()
  await beside.close()
})
const now = () => Temporal.Now.instant()

async function textsIn(db: typeof beside, links: string[]) {
  const at = now()
  return act(db, async (tx) => {
    const organisation = async (slug: string) => {
      const added = await addOrganisation(tx, slug, { texts: { en: { name: slug, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
      if (!added.added) throw new Error(added.obstacle)
      return added.id
    }
    const [here, there] = [await organisation('org-links'), await organisation('org-others')]
    const editor = await addDeskPerson(tx, 'edits-links', 'editor', { organisationId: here })
    const text = async (slug: string, writtenIn: string, bodyMarkdown: string, from?: Temporal.Instant) => {
      const id = await createItem(tx, { kind: 'news', originalLang: 'es', writtenIn }, 'operator', now())
      const { revisionId } = await saveRevision(tx, id, 'es', { title: slug, teaser: 'A.', bodyMarkdown }, NOTHING_FROZEN, 'operator', now())
      await giveSlug(tx, id, 'es', slug, now())
      if (from) await publishRevision(tx, { itemId: id, lang: 'es', revisionId, from, zone: 'UTC' }, 'operator', at)
      return id
    }
    await text('es-publica', there, 'A.', at)
    await text('espera-su-hora', there, 'A.', at.add({ hours: 3 }))
    await text('borrador-ajeno', there, 'A.')
    const id = await text('con-enlaces', here, `## Uno\n\n${links.map((href, n) => `[enlace ${n + 1}](${href})`).join(' y ')}. Sin nota[^x].`)
    return { id, editor }
  })
}

test.each(walked([
  { locale: 'es', viewport: PHONE, nothing: 'lleva a algo que ahora no se encuentra en el sitio', place: 'lleva a un lugar que no está', note: 'no tiene nota', check: 'Revisar los enlaces', sees: 'El sitio ve la dirección de este servidor', found: 'no está en la internet pública' },
  { locale: 'en', viewport: DESKTOP, nothing: 'leads to nothing that readers find now', place: 'leads to a place that is not in this text', note: 'has no note', check: 'Check the links', sees: 'It sees the address of this server', found: 'is not on the public internet' },
]))('a link to a text that waits, to a draft of others and to none are told alike; other sites are asked on her word alone ($locale)', async ({ locale, viewport, ...said }) => {
  const outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}/page`
  const { id, editor } = made ?? (made = await textsIn(beside, ['/es/media/es-publica', '/es/media/espera-su-hora', '/es/media/borrador-ajeno', '/es/media/nunca-fue', `${house.origin}/desk/media`, '#s1', '#s2', 'otra-nota', '/es/press', outside]))
  await act(beside, async (tx) => {
    await tx.updateTable('person').set({ lang: locale }).where('id', '=', editor.id).execute()
    await tx.deleteFrom('typing').where('personId', '=', editor.id).execute()
  })
  const visited = await visit(browser, house.origin, { locale, viewport })
  const [name, value] = editor.cookie.split('=') as [string, string]
  const { page } = visited
  await page.context().addCookies([{ name, value, url: house.origin }])
  await page.goto(`${house.origin}/desk/media/${id}/es`)
  const hints = async () => (await page.locator('aside[aria-labelledby=hints] li').allInnerTexts()).map((line) => line.replace(/\s+/g, ' ').replace(house.origin, ''))
  const told = [
    `enlace 2: ${said.nothing}: /es/media/espera-su-hora.`, `enlace 3: ${said.nothing}: /es/media/borrador-ajeno.`, `enlace 4: ${said.nothing}: /es/media/nunca-fue.`, `enlace 5: ${said.nothing}: /desk/media.`,
    expect.stringMatching(new RegExp(`^enlace 7: ${said.place}.*: #s2\\.$`)), `enlace 8: ${said.nothing}: otra-nota.`, expect.stringMatching(new RegExp(`^\\[\\^x\\]: ${said.note}`)),
  ]
  expect(await hints()).toEqual(told)
  expect(asked, 'nothing is asked by looking').toEqual([])

  // What is typed counts, and is kept.
  await page.locator('[name=body]').fill(`Otra vez [enlace](/es/media/es-publica) y [afuera](${outside}).`)
  expect(await page.locator('aside[aria-labelledby=links]').innerText()).toContain(said.sees)
  await page.getByRole('button', { name: said.check }).click()
  const found = await page.locator('aside[aria-labelledby=links] li').allInnerTexts()
  expect([found.length, found[0]!.startsWith('afuera'), found[0]!.includes(said.found), found[0]!.includes(outside)]).toEqual([1, true, true, true])
  expect(await page.locator('[name=body]').inputValue()).toContain('Otra vez')
  expect(asked, 'this machine is no other site').toEqual([])
  await axeFindsNothing(page, 'links that were looked at')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
  expect(visited.strays).toEqual([])
  await visited.close()
}, 90_000)
let made: Awaited<ReturnType<typeof textsIn>> | undefined

test('where whoever runs the house switched it off, there is no button, and no form asks another site', async () => {
  const other = await runHouse({ LINK_CHECKS: 'off' }, ['--bare'])
  try {
    const db = await openHouseDatabase(other.dataDir)
    const { id, editor } = await textsIn(db, ['https://red.example/'])
    await db.close()
    const page = await askRaw(other.origin, `/desk/media/${id}/es`, { cookie: editor.cookie })
    expect([page.status, page.body.toString().includes('?/links')]).toEqual([200, false])
    const posted = await askRaw(other.origin, `/desk/media/${id}/es?/links`, { cookie: editor.cookie, origin: other.origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }, 'POST', 'title=A&body=%5Ba%5D(https://red.example/)')
    expect(posted.status).toBe(404)
  } finally {
    await other.end()
  }
}, 90_000)
