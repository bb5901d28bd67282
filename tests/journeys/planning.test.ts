// What is to be written is planned, begun and done; what was begun by mistake goes to the trash and comes back. Without script.
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())

test.each(walked([
  { locale: 'es', viewport: PHONE, title: 'Planificación', none: 'Todavía no hay nada planificado', mend: 'pocas palabras', alone: 'Una hora necesita su día', langs: 'al menos un idioma', added: 'Ya está en el plan', week: 'Más adelante', nobody: 'Nadie todavía', keep: 'Guardar el cambio', changed: 'El cambio quedó guardado', meanwhile: 'Alguien cambió este plan', begin: 'Empezar a escribir', remove: 'Quitar del plan', removed: 'Se quitó el plan', undo: 'Deshacer', again: 'Vuelve a estar en el plan', trash: 'Enviar lo elegido a la papelera', inTrash: 'Está en la papelera', choose: 'Primero elige', back: 'vuelve a estar', takeBack: 'Recuperar lo elegido', lede: 'no aparece en ninguna otra lista' },
  { locale: 'en', viewport: DESKTOP, title: 'Plan', none: 'Nothing is planned yet', mend: 'in a few words', alone: 'An hour needs its day', langs: 'one language at least', added: 'It stands in the plan now', week: 'Later', nobody: 'Nobody yet', keep: 'Keep the change', changed: 'The change is kept', meanwhile: 'Somebody changed this plan', begin: 'Begin to write', remove: 'Remove from the plan', removed: 'The plan was removed', undo: 'Undo', again: 'in the plan again', trash: 'Move the chosen ones to the trash', inTrash: 'Moved to the trash', choose: 'First choose', back: 'among the texts again', takeBack: 'Take the chosen ones back', lede: 'in no other list' },
]))('a text is planned, begun, put into the trash and taken back ($locale)', async ({ locale, viewport, ...said }) => {
  const editor = await act(beside, async (tx) => {
    const added = await addOrganisation(tx, `org-${locale}`, { texts: { en: { name: `Org ${locale}`, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', Temporal.Now.instant())
    if (!added.added) throw new Error(added.obstacle)
    const made = await addDeskPerson(tx, `editor-${locale}`, 'editor', { organisationId: added.id })
    await tx.updateTable('person').set({ lang: locale }).where('id', '=', made.id).execute()
    return made
  })
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  const [name, value] = editor.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: house.origin }])
  const main = () => page.locator('main').innerText()
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).click()

  await page.goto(`${house.origin}/desk/media`)
  await page.getByRole('link', { name: said.title, exact: true }).click()
  expect(await main()).toContain(said.none)
  await axeFindsNothing(page, 'no plan yet')
  await page.fill('#hour', '10:00')
  await page.fill('#campaign', '17 de diciembre')
  await page.locator('form[action^="?/add"] button').click()
  expect([(await main()).includes(said.mend), (await main()).includes(said.alone), (await main()).includes(said.langs), await page.inputValue('#hour'), await page.inputValue('#campaign')]).toEqual([true, true, true, '10:00', '17 de diciembre'])
  await axeFindsNothing(page, 'a plan that lacks something')
  await page.fill('#title', 'Lo que pedimos')
  await page.fill('#day', '2030-12-17')
  for (const lang of ['es', 'ht']) await page.check(`[name=langs][value=${lang}]`)
  await page.locator('form[action^="?/add"] button').click()
  expect(await main()).toContain(said.added)
  expect([await page.getByRole('heading', { name: said.week }).count(), await page.locator('table.plan tbody tr').count(), (await page.locator('table.plan').innerText()).includes(said.nobody)]).toEqual([1, 1, true])
  await axeFindsNothing(page, 'the plan')

  // A colleague changes it while she has it open.
  await page.getByRole('link', { name: 'Lo que pedimos' }).click()
  const own = page.url()
  await act(beside, (tx) => tx.updateTable('plan').set({ version: 7, campaign: '8 de marzo' }).where('id', '=', own.split('/').at(-1)!).execute())
  await page.fill('#title', 'Lo que pedimos hoy')
  await press(said.keep)
  expect([(await main()).includes(said.meanwhile), await page.inputValue('#title')]).toEqual([true, 'Lo que pedimos hoy'])
  await page.goto(own)
  await axeFindsNothing(page, 'a plan to change')
  expect(await page.inputValue('#campaign')).toBe('8 de marzo')
  await page.selectOption('#keeper', editor.id)
  await press(said.keep)
  expect(await main()).toContain(said.changed)
  await page.goto(`${house.origin}/desk/media/plan?whose=mine`)
  await page.getByRole('link', { name: 'Lo que pedimos' }).click()
  await press(said.remove)
  expect(await main()).toContain(said.removed)
  expect(await page.locator('table.plan').count()).toBe(0)
  await press(said.undo)
  expect(await main()).toContain(said.again)
  await page.getByRole('link', { name: 'Lo que pedimos' }).click()
  await press(said.begin)
  expect(new URL(page.url()).pathname).toMatch(/^\/desk\/media\/[0-9a-f-]{36}\/es$/)
  expect(await page.inputValue('#title')).toBe('Lo que pedimos')

  // To the trash, back at once, there again, and back from there.
  await page.goto(`${house.origin}/desk/media`)
  await press(said.trash)
  expect(await main()).toContain(said.choose)
  await page.getByRole('checkbox', { name: /Lo que pedimos/ }).check()
  await press(said.trash)
  expect(await main()).toContain(said.inTrash)
  expect(await page.getByRole('link', { name: 'Lo que pedimos' }).count()).toBe(0)
  await axeFindsNothing(page, 'moved to the trash')
  await press(said.undo)
  expect(await main()).toContain(said.back)
  await page.getByRole('checkbox', { name: /Lo que pedimos/ }).check()
  await press(said.trash)
  await page.goto(`${house.origin}/desk/media?state=trash`)
  expect(await main()).toContain(said.lede)
  await axeFindsNothing(page, 'the trash')
  await page.getByRole('checkbox', { name: /Lo que pedimos/ }).check()
  await press(said.takeBack)
  expect(await main()).toContain(said.back)
  await page.goto(`${house.origin}/desk/media`)
  expect(await page.getByRole('link', { name: 'Lo que pedimos' }).count()).toBe(1)
  expect(strays).toEqual([])
  await close()
}, 180_000)
