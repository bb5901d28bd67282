// A steward ends a colleague's access and hands on what she kept; what nobody keeps waits, and is taken. Without script.
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson, type DeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()

async function organisation(slug: string): Promise<string> {
  const added = await act(beside, (tx) => addOrganisation(tx, slug, { texts: { en: { name: slug, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now()))
  if (!added.added) throw new Error(added.obstacle)
  return added.id
}
const person = (name: string, duty: 'steward' | 'editor', organisationId: string | null, lang: string) => act(beside, async (tx) => {
  const made = await addDeskPerson(tx, name, duty, { organisationId })
  await tx.updateTable('person').set({ lang }).where('id', '=', made.id).execute()
  return made
})
const draft = (title: string, keeper: DeskPerson, writtenIn: string) => act(beside, async (tx) => {
  const id = await createItem(tx, { kind: 'news', originalLang: 'es', keptBy: keeper.id, writtenIn }, keeper.id, now())
  await saveRevision(tx, id, 'es', { title, teaser: '', bodyMarkdown: 'Cuerpo.' }, NOTHING_FROZEN, keeper.id, now())
})
const as = async ({ cookie }: DeskPerson, locale: string, viewport: typeof PHONE) => {
  const visited = await visit(browser, house.origin, { locale, viewport })
  const [name, value] = cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  return visited
}

test.each(walked([
  { locale: 'es', viewport: PHONE, end: 'Quitar el acceso ahora', kept: '2 textos; todavía no públicos: 2', nobody: 'nadie por ahora', gone: 'El acceso terminó', handedOn: 'Se pasaron 2 textos.', waits: '1 texto espera', told: 'Te pasaron textos', waiting: '1 borrador que no está a cargo de nadie', see: 'Ver los borradores', take: 'Hacerme cargo', taken: 'Este texto está ahora a tu cargo', mine: 'Está a tu cargo', hand: 'Pasar los textos', tick: 'Marca al menos un texto', choose: 'Elige quién se hace cargo', empty: 'Aquí no hay ningún borrador', endDuty: /^Terminar esta función/, asks: '¿quién se hace cargo de los textos?', endAndHand: 'Terminar la función y pasar los textos' },
  { locale: 'en', viewport: DESKTOP, end: 'End access now', kept: '2 texts, not public yet: 2', nobody: 'nobody yet', gone: 'The access has ended', handedOn: '2 texts were handed on.', waits: '1 text waits', told: 'Texts were handed on to you', waiting: '1 draft that nobody keeps', see: 'See the drafts', take: 'Take it', taken: 'You keep this text now', mine: 'You keep it', hand: 'Hand on', tick: 'Tick at least one text', choose: 'Choose who keeps them', empty: 'There is no draft here', endDuty: /^End this duty/, asks: 'who takes the texts?', endAndHand: 'End the duty and hand on' },
]))('who leaves hands on two drafts, and one that nobody keeps is taken ($locale)', async ({ locale, viewport, ...said }) => {
  const [here, there] = [await organisation(`org-a-${locale}`), await organisation(`org-b-${locale}`)]
  const steward = await person(`steward-${locale}`, 'steward', null, locale)
  const [leaving, staying] = [await person(`leaving-${locale}`, 'editor', here, locale), await person(`staying-${locale}`, 'editor', here, locale)]
  const other = await person(`other-${locale}`, 'editor', there, locale)
  for (const title of ['Uno', 'Dos']) await draft(`${title} ${locale}`, leaving, here)
  await draft(`Tres ${locale}`, other, there)

  const hers = await as(steward, locale, viewport)
  const { page } = hers
  await page.goto(`${house.origin}/desk/people/${leaving.id}`)
  expect(await page.locator('form[action="?/leave"]').innerText()).toContain(said.kept)
  await axeFindsNothing(page, 'somebody who keeps drafts')
  await page.selectOption(`[name="next.${here}"]`, staying.id)
  await page.getByRole('button', { name: said.end }).click()
  expect(await page.inputValue(`[name="next.${here}"]`), 'whom she chose is kept').toBe(staying.id)
  await page.check('[name=sure]')
  await page.getByRole('button', { name: said.end }).click()
  expect(await page.locator('main').innerText()).toMatch(new RegExp(`${said.gone}.*${said.handedOn}`, 's'))

  // Her only duty ends: first she is asked who takes the texts.
  await page.goto(`${house.origin}/desk/people/${other.id}`)
  await page.getByRole('button', { name: said.endDuty }).click()
  expect(await page.locator('main').innerText()).toContain(said.asks)
  await axeFindsNothing(page, 'who takes the texts')
  expect(await page.locator('section.made option').allInnerTexts(), 'only who may keep them').toEqual([said.nobody, ...await stewardsIn(locale)])
  await page.getByRole('button', { name: said.endAndHand }).click()
  expect(await page.locator('main').innerText()).toContain(said.waits)

  const receives = await as(staying, locale, viewport)
  await receives.page.goto(`${house.origin}/desk`)
  expect(await receives.page.locator('main').innerText()).toContain(said.told)
  expect(await receives.page.locator('main').innerText(), 'another organisation’s waits for others').not.toContain(said.waiting)
  await receives.page.goto(`${house.origin}/desk/notices`)
  await receives.page.getByRole('link', { name: said.told }).click()
  const texts = await receives.page.locator('tbody').innerText()
  expect([`Uno ${locale}`, `Dos ${locale}`, `Tres ${locale}`].map((title) => texts.includes(title))).toEqual([true, true, false])
  await axeFindsNothing(receives.page, 'drafts of hers')

  await page.goto(`${house.origin}/desk`)
  expect(await page.locator('main').innerText()).toContain(said.waiting)
  await page.getByRole('link', { name: said.see }).click()
  await page.getByRole('button', { name: `${said.take}: Tres ${locale}` }).click()
  expect(await page.getByRole('status').innerText()).toContain(said.taken)
  expect(await page.locator('main').innerText()).toContain(said.empty)
  await page.goto(`${house.origin}/desk/drafts`)
  expect(await page.locator('tbody').innerText()).toContain(said.mine)
  await page.locator('aside').getByRole('button', { name: said.hand }).click()
  expect(await page.getByRole('alert').innerText()).toContain(said.tick)
  await page.getByLabel(`Tres ${locale}`).check()
  await page.locator('aside').getByRole('button', { name: said.hand }).click()
  expect(await page.getByRole('alert').innerText()).toContain(said.choose)
  expect(await page.getByLabel(`Tres ${locale}`).isChecked(), 'what was ticked is kept').toBe(true)
  await axeFindsNothing(page, 'drafts of everyone')
  await page.selectOption('[name=next]', 'nobody')
  await page.locator('aside').getByRole('button', { name: said.hand }).click()
  expect(await page.getByRole('status').innerText()).toContain(said.waits)
  // The next who walks here finds nothing that waits.
  await page.getByRole('button', { name: `${said.take}: Tres ${locale}` }).click()
  expect([...hers.strays, ...receives.strays]).toEqual([])
  await Promise.all([hers.close(), receives.close()])
}, 120_000)

/** Stewards as a list names them to whoever speaks this language. */
async function stewardsIn(locale: string): Promise<string[]> {
  const rows = await beside.db.read.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').select('name').where('duty', '=', 'steward').where('until', 'is', null).orderBy('person.createdAt').execute()
  return rows.map(({ name }) => `${name} (${locale === 'es' ? 'responsable' : 'steward'})`)
}
