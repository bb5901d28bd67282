// A text is looked at before it is out: in each language, as wide as a phone, dark, on paper, and as she has typed it. Without script.
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { keepTyping } from '#rooms/media/server/typing-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson, type DeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()

const { editor, colleague, id } = await act(beside, async (tx) => {
  const added = await addOrganisation(tx, 'org-preview', { texts: { en: { name: 'Org preview', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
  if (!added.added) throw new Error(added.obstacle)
  const editor = await addDeskPerson(tx, 'edits-preview', 'editor', { organisationId: added.id })
  const colleague = await addDeskPerson(tx, 'reads-preview', 'editor', { organisationId: added.id, lang: 'pt' })
  const id = await createItem(tx, { kind: 'statement', originalLang: 'es', keptBy: editor.id, writtenIn: added.id }, editor.id, now())
  const bodyMarkdown = '## Qué pedimos\n\nUna ley.[^1]\n\nVer [la red](https://red.example/).\n\n## Dónde\n\nAquí.\n\n## Cuándo\n\nYa.\n\n[^1]: Nota al pie.'
  const { revisionId } = await saveRevision(tx, id, 'es', { title: 'Lo que pedimos hoy', teaser: 'Tres cosas.', bodyMarkdown }, { ...NOTHING_FROZEN, when: '2026-11-20', dateOf: 'adopted' }, editor.id, now())
  await saveRevision(tx, id, 'pt', { title: 'O que pedimos hoje', teaser: '', bodyMarkdown: 'Uma lei.' }, NOTHING_FROZEN, editor.id, now())
  await keepTyping(tx, id, 'es', editor.id, { baseId: revisionId, title: 'Lo que pedimos ahora', teaser: 'Cuatro cosas.', bodyMarkdown: 'Palabras sin guardar.' }, now())
  return { editor, colleague, id }
})
const as = async ({ cookie }: DeskPerson, viewport = DESKTOP) => {
  const visited = await visit(browser, house.origin, { locale: 'en', viewport })
  const [name, value] = cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  return visited
}
const at = (path = '') => `/desk/media/${id}/es/preview${path}`
const asked = (path: string, { cookie }: DeskPerson) => askRaw(house.origin, path, { cookie })

test.each([{ viewport: DESKTOP }, { viewport: PHONE }])('a text is looked at before it is out, as wide as each device, light, dark and on paper ($viewport.width)', async ({ viewport }) => {
  const visited = await as(editor, viewport)
  const { page } = visited
  await page.goto(`${house.origin}/desk/media/${id}/es`)
  await page.locator('nav.tabs a', { hasText: 'Preview' }).click()
  expect(await page.locator('nav.looks').innerText()).toContain('Preview. Not published.')
  const frame = page.frameLocator('iframe')
  const titled = async () => (await frame.locator('h1').innerText()).replace(/\s+/g, ' ')
  const inner = async (read: () => unknown) => {
    await frame.locator('.foot').waitFor({ state: 'attached' })
    return (await (await page.locator('iframe').elementHandle())!.contentFrame())!.evaluate(read)
  }
  expect([await titled(), await frame.locator('.shut').first().innerText(), await inner(() => innerWidth)]).toEqual(['Lo que pedimos hoy', 'Preview. Not published.', 1280])
  await axeFindsNothing(page, 'a preview')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)

  await page.getByRole('link', { name: 'Phone (360)' }).click()
  expect(await inner(() => [innerWidth, document.documentElement.scrollWidth])).toEqual([360, 360])
  const paper = () => inner(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.documentElement).colorScheme, getComputedStyle(document.querySelector('.foot')!).display])
  expect(await paper()).toEqual(['rgb(251, 244, 230)', 'light', 'block'])
  await page.getByRole('link', { name: 'Dark', exact: true }).click()
  expect([await inner(() => innerWidth), await paper()]).toEqual([360, ['rgb(23, 17, 15)', 'dark', 'block']])
  await page.getByRole('link', { name: 'On paper' }).click()
  expect(await paper()).toEqual(['rgb(255, 255, 255)', 'light', 'none'])

  // A place in the text is led to within the frame, and the way elsewhere opens a window of its own.
  const targets = await inner(() => ({ within: [...new Set([...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')].map((one) => one.target))], away: document.querySelector<HTMLAnchorElement>('.body a[href^=http]')!.target, all: document.querySelector('base')!.target }))
  expect(targets).toEqual({ within: ['_self'], away: '', all: '_blank' })

  await page.getByRole('link', { name: 'As I have typed it' }).click()
  expect([await titled(), await frame.locator('.body').innerText()]).toEqual(['Lo que pedimos ahora', expect.stringContaining('Palabras sin guardar.')])
  await page.locator('nav.looks').getByRole('link', { name: 'Portuguese' }).click()
  expect([await titled(), await inner(() => document.documentElement.lang), await page.getByText('As I have typed it').count()]).toEqual(['O que pedimos hoje', 'pt', 0])
  expect(visited.strays).toEqual([])
  await visited.close()
}, 120_000)

test('the page within is framed by this house alone, kept nowhere, told to no search engine, and runs no script; only its preview shows a frame', async () => {
  const inner = await asked(at('/page/light'), editor)
  const policy = inner.header('content-security-policy')!
  expect([inner.status, inner.header('cache-control'), inner.header('x-robots-tag'), inner.header('referrer-policy')]).toEqual([200, 'no-store', 'noindex, nofollow', 'no-referrer'])
  expect([policy.includes(`frame-ancestors 'self'`), policy.includes('script-src'), inner.body.toString().includes('<form')]).toEqual([true, false, false])
  expect(inner.body.toString(), 'it sends the title to nobody').not.toMatch(/mailto:|intent|cite\.bib|id="share"|pedimos-hoy\//)
  const outer = (await asked(at(), editor)).header('content-security-policy')!
  expect([outer.includes(`frame-ancestors 'none'`), outer.includes(`frame-src 'self'`)]).toEqual([true, true])
  for (const path of [`/desk/media/${id}/es`, `/desk/media/${id}/es/compare`, '/es/']) {
    const other = (await asked(path, editor)).header('content-security-policy')!
    expect([path, other.includes(`frame-ancestors 'none'`), other.includes('frame-src')]).toEqual([path, true, false])
  }
  expect((await asked(at('/page/sepia'), editor)).status).toBe(404)
})

test('what somebody has typed is in her own preview alone, and her text is nothing to whoever may not read it', async () => {
  for (const path of ['', '/page/light', '/print.pdf']) {
    expect((await asked(`${at(path)}?words=typed`, colleague)).body.toString(), path).not.toMatch(/sin guardar|pedimos ahora|As I have typed it/)
  }
  const stranger = await act(beside, async (tx) => {
    const added = await addOrganisation(tx, 'org-elsewhere', { texts: { en: { name: 'Elsewhere', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
    return addDeskPerson(tx, 'stranger-preview', 'editor', { organisationId: added.added ? added.id : null })
  })
  const never = id.replace(/.{4}$/, '0000')
  for (const path of ['', '/page/light', '/print.pdf', `/blob/${'0'.repeat(64)}/1.jpg`]) {
    const [hers, none] = await Promise.all([asked(at(path), stranger), asked(at(path).replace(id, never), stranger)])
    expect([hers.status, none.status], path).toEqual([404, 404])
    expect(hers.body.toString().replaceAll(id, '…'), path).toBe(none.body.toString().replaceAll(never, '…'))
  }
})

test('on paper it is a PDF that says what it is, and is kept nowhere', async () => {
  const pdf = await asked(at('/print.pdf?paper=letter'), editor)
  expect([pdf.status, pdf.header('content-type'), pdf.header('cache-control'), pdf.body.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', 'no-store', '%PDF-'])
  expect((await asked(at('/print.pdf?paper=a0'), editor)).status).toBe(404)
})

test('once it is out, its page is what the preview showed', async () => {
  // But for what passes it on, and what is made of it at its address: there is nothing there before.
  const madeOfIt = /<section class="box noprint"( id="share")?>.*?<\/section>|<p class="links noprint">.*?<\/p>|<!--.*?-->/gs
  const within = (html: string) => /<main id="text">.*<\/main>/s.exec(html)![0].replaceAll(' target="_self"', '').replaceAll(madeOfIt, '')
  const before = within((await asked(at('/page/dark'), editor)).body.toString())
  const visited = await as(editor)
  await visited.page.goto(`${house.origin}/desk/media/${id}/publish`)
  await visited.page.locator('#text-es').getByRole('button', { name: 'Publish now' }).click()
  expect(await visited.page.getByRole('status').innerText()).toContain('It is public now')
  expect(within((await askRaw(house.origin, '/es/media/lo-que-pedimos-hoy')).body.toString())).toBe(before)
  await visited.page.goto(house.origin + at())
  expect(await visited.page.locator('nav.looks').innerText()).toContain('Readers see exactly this now.')
  await visited.close()
}, 60_000)
