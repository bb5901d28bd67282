// An editor does one thing with several texts of the list: topics, a day in the plan, publishing. Without script.
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import '#rooms/media/server/planning-tables.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
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
  { locale: 'es', viewport: PHONE, go: 'Seguir con lo elegido', first: 'Primero elige', add: 'Agregar un tema', take: 'Quitar un tema', plan: 'Agregar al plan, con fecha', remove: 'Quitar del plan', publish: 'Publicar ahora', done: (n: number) => (n === 1 ? '1 texto: hecho.' : `${n} textos: hecho.`), left: '1 texto queda como estaba:', has: 'Ya tiene este tema.', noDay: 'Ese día no existe', reader: 'Espera su segunda lectura.', notPlanned: 'No está en el plan.', undo: 'Deshacer', back: 'Volver a los textos', meanwhile: 'Alguien cambió este texto' },
  { locale: 'en', viewport: DESKTOP, go: 'Go on with the chosen ones', first: 'First choose', add: 'Add a topic', take: 'Take a topic off', plan: 'Add to the plan, with a day', remove: 'Remove from the plan', publish: 'Publish now', done: (n: number) => (n === 1 ? '1 text: done.' : `${n} texts: done.`), left: '1 text stays as it was:', has: 'It has this topic already.', noDay: 'no day of the calendar', reader: 'It waits for its second reader.', notPlanned: 'It is not in the plan.', undo: 'Undo', back: 'Back to the texts', meanwhile: 'Somebody changed this text' },
]))('an editor gives several texts a topic, plans and publishes them, each named with what hinders it ($locale)', async ({ locale, viewport, ...said }) => {
  const now = Temporal.Now.instant()
  const made = await act(beside, async (tx) => {
    const added = await addOrganisation(tx, `org-${locale}`, { texts: { en: { name: `Org ${locale}`, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now)
    if (!added.added) throw new Error(added.obstacle)
    const editor = await addDeskPerson(tx, `editor-${locale}`, 'editor', { organisationId: added.id })
    const elsewhere = await addDeskPerson(tx, `elsewhere-${locale}`, 'delegate', { organisationId: added.id })
    await tx.updateTable('person').set({ lang: locale }).where('id', '=', editor.id).execute()
    const draft = async (title: string, bodyMarkdown: string) => {
      const id = await createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: added.id }, editor.id, now)
      await saveRevision(tx, id, 'es', { title, teaser: '', bodyMarkdown }, NOTHING_FROZEN, editor.id, now)
      return id
    }
    const [one, two, three, bare] = [await draft(`Primero ${locale}`, 'Texto.'), await draft(`Segundo ${locale}`, 'Texto.'), await draft(`Tercero ${locale}`, 'Texto.'), await draft(`Vacío ${locale}`, '')]
    await saveRevision(tx, one, 'ht', { title: `Premye ${locale}`, teaser: '', bodyMarkdown: 'Tèks.' }, NOTHING_FROZEN, editor.id, now)
    return { editor, elsewhere, one, two, three, bare }
  })
  const topicsOf = async (itemId: string) => (await beside.db.read.selectFrom('revision').distinctOn('lang').select('frozen').where('itemId', '=', itemId).orderBy('lang').orderBy('number', 'desc').execute()).map(({ frozen }) => frozen.topics)
  const publicIn = async () => (await beside.db.read.selectFrom('publication').select(['itemId', 'lang']).where('itemId', 'in', [made.one, made.two, made.three, made.bare]).orderBy('itemId').execute()).map(({ itemId, lang }) => [itemId, lang])
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  const [name, value] = made.editor.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: house.origin }])
  const main = () => page.locator('main').innerText()
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).click()
  const choose = async (what: string, ...titles: string[]) => {
    await page.goto(`${house.origin}/desk/media?q=${locale}`)
    for (const title of titles) await page.getByRole('checkbox', { name: new RegExp(title) }).check()
    await page.selectOption('#do', { label: what })
    await press(said.go)
  }
  const first = `Primero ${locale}`, second = `Segundo ${locale}`, third = `Tercero ${locale}`, empty = `Vacío ${locale}`

  await choose(said.add)
  expect([(await main()).includes(said.first), await page.inputValue('#q')], 'nothing chosen: said in the list, narrowed as it was').toEqual([true, locale])

  await choose(said.add, first)
  await axeFindsNothing(page, 'a topic for one text')
  await page.selectOption('#topic', 'hiv')
  await press(said.add)
  expect(await main()).toContain(said.done(1))
  expect(await topicsOf(made.one), 'in each of its languages').toEqual([['hiv'], ['hiv']])
  await choose(said.add, first, second)
  await page.selectOption('#topic', 'hiv')
  await press(said.add)
  expect([(await main()).includes(said.done(1)), (await main()).includes(said.left), (await main()).includes(said.has)], 'what cannot be done to one hinders the other in nothing').toEqual([true, true, true])
  expect(await topicsOf(made.two)).toEqual([['hiv']])
  expect(await page.getByRole('checkbox', { name: first }).isChecked(), 'what was left is still chosen').toBe(true)
  await axeFindsNothing(page, 'one done, one left')
  await choose(said.take, second)
  expect(await page.locator('#topic option').count(), 'only those that they have').toBe(1)
  await press(said.take)
  expect(await topicsOf(made.two)).toEqual([[]])

  await choose(said.remove, first)
  await press(said.remove)
  expect(await main()).toContain(said.notPlanned)
  await choose(said.plan, first, second)
  await page.locator('#day').evaluate((input: HTMLInputElement) => { input.type = 'text'; input.value = '2030-02-31' })
  await page.selectOption('#alsoIn', 'pt')
  await press(said.plan)
  expect([(await main()).includes(said.noDay), await page.inputValue('#alsoIn'), await page.getByRole('checkbox', { name: second }).isChecked()], 'what was typed and chosen is kept').toEqual([true, 'pt', true])
  await axeFindsNothing(page, 'a day to mend')
  await page.fill('#day', '2030-12-17')
  await page.selectOption('#keeper', made.editor.id)
  await press(said.plan)
  expect(await main()).toContain(said.done(2))
  await page.goto(`${house.origin}/desk/media/plan?whose=mine`)
  expect(await page.locator('table.plan tbody tr').count()).toBe(2)
  expect(await page.locator('table.plan').innerText()).toContain(first)

  await choose(said.publish, first, second, third, empty)
  const address = page.url()
  expect([await page.getByRole('checkbox').count(), await page.getByRole('group', { name: empty }).getByRole('checkbox').count()], 'what cannot go out has no box').toEqual([3, 0])
  expect(await page.getByRole('group', { name: first }).innerText(), 'and stands there with the reason').toContain(said.reader)
  await axeFindsNothing(page, 'what is to go out')
  // A colleague saves one of them while she looks.
  await act(beside, (tx) => saveRevision(tx, made.two, 'es', { title: second, teaser: '', bodyMarkdown: 'Otro texto.' }, NOTHING_FROZEN, made.editor.id, Temporal.Now.instant()))
  await press(said.publish)
  expect([(await main()).includes(said.done(2)), (await main()).includes(said.left), (await main()).includes(said.meanwhile)]).toEqual([true, true, true])
  expect(await publicIn()).toEqual([[made.one, 'es'], [made.three, 'es']])
  expect([await page.getByRole('group', { name: third }).getByRole('checkbox').count(), await page.getByRole('group', { name: second }).getByRole('checkbox').count()], 'what went out is to be published no more').toEqual([0, 1])
  await axeFindsNothing(page, 'what went out')
  await page.locator(`[role=status] a[href="/desk/media/${made.one}/publish#text-es"]`).click()
  await page.locator('#text-es').getByRole('button', { name: said.undo }).click()
  const standing = await beside.db.read.selectFrom('publication').select('lang').where('itemId', 'in', [made.one, made.three]).where('publicUntil', 'is', null).execute()
  expect(standing, 'each is undone on its own').toHaveLength(1)

  await page.goto(address)
  await page.getByRole('link', { name: said.back }).click()
  expect(await page.inputValue('#q'), 'back where she came from').toBe(locale)
  // Who reads none of them finds nothing, whatever she asks for.
  const answer = await fetch(address, { headers: { cookie: made.elsewhere.cookie, 'accept-language': locale } })
  expect([answer.status, (await answer.text()).includes(first)]).toEqual([404, false])
  expect(strays).toEqual([])
  await close()
}, 240_000)
