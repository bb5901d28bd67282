// Pictures at the desk: they are sent, described, agreed to, shown and taken out again; with script and without.
import { afterAll, expect, test } from 'vitest'
import sharp from 'sharp'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { withdrawConsent } from '#rooms/media/server/library-actions.ts'
import { findFile } from '#rooms/media/server/library-queries.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson, type DeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()

const organisation = await act(beside, async (tx) => {
  const added = await addOrganisation(tx, 'flores', { texts: { en: { name: 'Flores', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
  if (!added.added) throw new Error(added.obstacle)
  return added.id
})
const person = (name: string, lang: string) => act(beside, async (tx) => {
  const made = await addDeskPerson(tx, name, 'editor', { organisationId: organisation })
  await tx.updateTable('person').set({ lang }).where('id', '=', made.id).execute()
  return made
})
const as = async ({ cookie }: DeskPerson, locale: string, viewport: typeof PHONE, script = false) => {
  const visited = await visit(browser, house.origin, { locale, viewport, javaScriptEnabled: script })
  const [name, value] = cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  return visited
}
/** A text that may go out, but for its picture. */
const draft = (slug: string) => act(beside, async (tx) => {
  const id = await createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: organisation }, 'operator', now())
  await saveRevision(tx, id, 'es', { title: slug.replaceAll('-', ' '), teaser: 'Lo esencial.', bodyMarkdown: 'Palabras.' }, NOTHING_FROZEN, 'operator', now())
  await giveSlug(tx, id, 'es', slug, now())
  return id
})
const drawing = async (color: string, size = 400) => {
  const half = await sharp({ create: { width: size / 2, height: size / 2, channels: 3, background: color } }).png().toBuffer()
  return sharp({ create: { width: size, height: size / 2, channels: 3, background: '#102030' } }).composite([{ input: half, left: 0, top: 0 }]).png().toBuffer()
}
/** Fine noise: as heavy as a photograph. */
const photograph = (width: number, height: number) => {
  const pixels = Buffer.alloc(width * height * 3)
  let n = 7
  for (let i = 0; i < pixels.length; i++) pixels[i] = (n = (n * 1103515245 + 12345) & 0x7fffffff) >> 16
  return sharp(pixels, { raw: { width, height, channels: 3 } }).jpeg({ quality: 95 }).toBuffer()
}
const fileIdOf = (url: string) => /pictures\/([0-9a-f-]{36})/.exec(url)![1]!
const get = async (path: string) => askRaw(house.origin, path)

/** Everything public that could show a picture of a text, and what each says of it. */
async function placesOf(slug: string, hash: string): Promise<Record<string, boolean>> {
  const says = async (path: string) => {
    const { status, body } = await get(path)
    return status === 200 && body.includes(hash)
  }
  const kit = await get(`/es/media/${slug}/kit.zip`)
  return {
    page: await says(`/es/media/${slug}`), list: await says('/es/media'), front: await says('/es/'), search: await says(`/es/media?q=${slug.split('-')[0]}`),
    atom: await says('/es/media/feed.atom'), rss: await says('/es/media/feed.rss'), json: await says('/es/media/feed.json'), calendar: await says('/es/calendar'),
    api: await says('/api/v1/items?lang=es'), sitemap: await says('/sitemap.xml'), kit: kit.body.includes('pictures/1.jpg') || kit.body.includes('credits.txt'),
    blob: (await get(`/blob/${hash}/400.jpg`)).status === 200,
  }
}
const shownIn = (places: Record<string, boolean>) => Object.entries(places).filter(([, isShown]) => isShown).map(([place]) => place)

test.each(walked([
  { locale: 'es', viewport: PHONE, meanwhile: 'Alguien cambió esto mientras tanto', nowAlt: 'Ahora, en “Texto alternativo: español”: Paraguas rojos frente al Congreso', nowCredit: 'Ahora “Crédito” está vacío.', nowLicence: 'Ahora, en “Licencia”: CC BY 4.0', unknown: 'consentimiento desconocido', keep: 'Guardar', saved: 'Quedó guardado', record: 'Registrar el consentimiento', noState: 'Elige una de las dos', noReason: 'Escribe por qué', done: 'versión nueva', obstacle: 'Nadie registró', publish: 'Publicar ahora', isPublic: 'Ya es público', out: 'Quitar de todas partes', sure: 'Primero marca la casilla', isOut: 'Ya salió de todas partes', recorded: 'El consentimiento quedó registrado', faceShows: 'Primero recorta o difumina' },
  { locale: 'en', viewport: DESKTOP, meanwhile: 'Somebody changed this meanwhile', nowAlt: 'Now under “Alternative text: Spanish”: Paraguas rojos frente al Congreso', nowCredit: 'Now “Credit” is empty.', nowLicence: 'Now under “Licence”: CC BY 4.0', unknown: 'consent unknown', keep: 'Save', saved: 'It is saved', record: 'Record consent', noState: 'Choose one of the two', noReason: 'Write why nobody', done: 'new version', obstacle: 'Nobody recorded', publish: 'Publish now', isPublic: 'It is public now', out: 'Take it out everywhere', sure: 'Tick the box first', isOut: 'It is out everywhere', recorded: 'Consent is recorded', faceShows: 'Crop or blur faces first' },
]))('a picture is sent, described, agreed to, shown and taken out everywhere, without script ($locale)', async ({ locale, viewport, ...said }) => {
  const editor = await person(`ana-${locale}`, locale)
  const { page } = await as(editor, locale, viewport)
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const main = () => page.locator('main').innerText()
  const colleague = await person(`colleague-${locale}`, locale)
  const slug = `quetzal-${locale}`
  const item = await draft(slug)

  await page.goto(`${house.origin}/desk/media/pictures`)
  await axeFindsNothing(page, 'the library')
  if (!(await page.locator('#adding').isVisible())) await page.locator('.adding > summary').click()
  await page.setInputFiles('[name=file]', { name: '../../<script>alert(1)</script>.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') })
  await page.locator('#adding button').last().click()
  expect(await page.getByRole('alert').innerText()).toContain('PNG')
  await page.setInputFiles('[name=file]', { name: '../../<script>quetzal.png', mimeType: 'image/png', buffer: await drawing(locale === 'es' ? '#c8141e' : '#14c81e') })
  await page.locator('#adding button').last().click()
  const id = fileIdOf(page.url())
  expect([await page.locator('h1').innerText(), (await main()).includes(said.unknown)]).toEqual(['scriptquetzal.png', true])
  await axeFindsNothing(page, 'a picture of the library')

  await page.fill('[name=alt-es]', 'Paraguas rojos frente al Congreso')
  await page.fill('[name=credit]', 'Red X')
  await press(said.keep)
  expect(await page.getByRole('status').innerText()).toContain(said.saved)

  // A colleague saves something while she writes on.
  await act(beside, (tx) => tx.updateTable('libraryFile').set({ licence: 'CC BY 4.0', credit: '' }).where('id', '=', id).execute())
  await page.fill('[name=alt-es]', 'Otra cosa')
  await press(said.keep)
  expect([(await main()).includes(said.meanwhile), await page.inputValue('[name=alt-es]')], 'told, and what was typed is kept').toEqual([true, 'Otra cosa'])
  expect(await page.locator('form[action$=describe] p.bad').allInnerTexts(), 'what stands is drawn beside each field that differs, before Save writes over it').toEqual([expect.stringContaining(said.meanwhile), said.nowAlt, said.nowCredit, said.nowLicence])
  expect(await findFile(beside.db.read, id), 'nothing is written over').toMatchObject({ licence: 'CC BY 4.0', credit: '', alts: { es: 'Paraguas rojos frente al Congreso' } })
  await axeFindsNothing(page, 'a picture that a colleague described meanwhile')

  // Shown with a text, it waits for consent.
  await page.goto(`${house.origin}/desk/media/${item}/picture`)
  await axeFindsNothing(page, 'choosing a picture')
  await page.locator(`li:has(a[href$="${id}"])`).getByRole('button').last().click()
  expect(await page.getByRole('status').innerText()).toContain(said.done)
  await page.goto(`${house.origin}/desk/media/${item}/publish`)
  expect([(await main()).includes(said.obstacle), await page.getByRole('button', { name: said.publish }).count()]).toEqual([true, 0])

  await page.goto(`${house.origin}/desk/media/pictures/${id}`)
  await press(said.record)
  expect(await main()).toContain(said.noState)
  await page.check('[name=state][value=not-needed]')
  await press(said.record)
  expect([(await main()).includes(said.noReason), await page.isChecked('[name=state][value=not-needed]')]).toEqual([true, true])
  await axeFindsNothing(page, 'consent to mend')
  await page.check('[name=state][value=given]')
  await page.selectOption('[name=face]', 'not-seen')
  await page.fill('[name=until]', '2099-12-31')
  await press(said.record)
  expect([(await main()).includes(said.faceShows), await page.inputValue('[name=until]'), await page.inputValue('[name=face]')]).toEqual([true, '2099-12-31', 'not-seen'])
  await page.check('[name=hidden]')
  await press(said.record)
  expect(await page.getByRole('status').innerText()).toContain(said.recorded)

  await page.goto(`${house.origin}/desk/media/${item}/publish`)
  await press(said.publish)
  expect(await main()).toContain(said.isPublic)
  const file = (await findFile(beside.db.read, id))!
  if (file.what.kind !== 'picture') throw new Error('no picture')
  const { hash } = file.what.shown.large
  expect(shownIn(await placesOf(slug, hash))).toEqual(['page', 'kit', 'blob'])
  expect((await get(`/es/media/${slug}`)).body.toString()).toContain('alt="Paraguas rojos frente al Congreso"')
  expect((await get(`/es/media/${slug}/card.png`)).status).toBe(200)

  // One person takes her consent back.
  await page.goto(`${house.origin}/desk/media/pictures/${id}`)
  await press(said.out)
  expect([(await main()).includes(said.sure), shownIn(await placesOf(slug, hash)).length]).toEqual([true, 3])
  await page.check('[name=sure]')
  await press(said.out)
  expect(await page.getByRole('status').innerText()).toContain(said.isOut)
  expect(shownIn(await placesOf(slug, hash))).toEqual([])
  // Whoever answers for the text with her is told, and where.
  const hers = await as(colleague, locale, viewport)
  await hers.page.goto(`${house.origin}/desk/notices`)
  expect((await hers.page.locator('main').innerText()).includes(`quetzal ${locale}`)).toBe(true)
  await axeFindsNothing(hers.page, 'a notice of a text that lost its picture')
  await hers.page.locator('main a', { hasText: `quetzal ${locale}` }).first().click()
  expect(new URL(hers.page.url()).pathname).toBe(`/desk/media/${item}/picture`)
  await hers.close()
  await page.goto(`${house.origin}/desk/notices`)
  expect(await main(), 'she who did it is not').not.toContain(`quetzal ${locale}`)
  await page.goto(`${house.origin}/desk/media/pictures/${id}`)
  const [gone, never] = [await get(`/blob/${hash}/400.jpg`), await get(`/blob/${'0'.repeat(64)}/400.jpg`)]
  expect([gone.status, gone.body.toString().replaceAll(hash, '')]).toEqual([404, never.body.toString().replaceAll('0'.repeat(64), '')])
  expect((await askRaw(house.origin, `/desk/media/pictures/${id}/view.jpg`, { cookie: editor.cookie })).status).toBe(404)
  expect(await page.locator('#picture').count()).toBe(0)
  await axeFindsNothing(page, 'a picture that was taken back')
}, 120_000)

test('what another server records is followed here within a second', async () => {
  const { page } = await as(await person('zoe', 'en'), 'en', DESKTOP)
  const item = await draft('ocelote-lejos')
  await page.goto(`${house.origin}/desk/media/pictures`)
  if (!(await page.locator('#adding').isVisible())) await page.locator('.adding > summary').click()
  await page.setInputFiles('[name=file]', { name: 'o.png', mimeType: 'image/png', buffer: await drawing('#1450c8') })
  await page.locator('#adding button').last().click()
  const id = fileIdOf(page.url())
  await page.check('[name=state][value=not-needed]')
  await page.fill('[name=reason]', 'a drawing')
  await page.getByRole('button', { name: 'Record consent' }).click()
  await page.goto(`${house.origin}/desk/media/${item}/picture`)
  await page.locator(`li:has(a[href$="${id}"])`).getByRole('button').last().click()
  await page.goto(`${house.origin}/desk/media/${item}/publish`)
  await page.getByRole('button', { name: 'Publish now' }).click()
  const file = (await findFile(beside.db.read, id))!
  if (file.what.kind !== 'picture') throw new Error('no picture')
  const { hash } = file.what.shown.large
  expect(shownIn(await placesOf('ocelote-lejos', hash))).toEqual(['page', 'kit', 'blob'])
  await act({ db: beside.db }, (tx) => withdrawConsent(tx, file, 'operator', now()))
  await expect.poll(async () => (await get('/es/media/ocelote-lejos')).body.includes(hash), { timeout: 3000, interval: 100 }).toBe(false)
  expect(shownIn(await placesOf('ocelote-lejos', hash))).toEqual([])
}, 60_000)

test('with script a file comes in parts: the line drops in the middle, and sending goes on where it was', async () => {
  const { page } = await as(await person('lia', 'en'), 'en', PHONE, true)
  await page.goto(`${house.origin}/desk/media/pictures`)
  if (!(await page.locator('#adding').isVisible())) await page.locator('.adding > summary').click()
  // What stands behind its last pixel makes it heavy, and is not kept.
  const bytes = Buffer.concat([await photograph(400, 300), Buffer.alloc(2_500_000, 7)])
  let parts = 0
  const offsets: string[] = []
  await page.route('**/desk/media/upload/*', async (route) => {
    const sent = /name="offset"\r\n\r\n(\d+)/.exec(route.request().postDataBuffer()?.toString('latin1') ?? '')?.[1] ?? ''
    offsets.push(sent)
    // The second part is lost on its way, twice; of the last one the answer is.
    if (++parts === 2 || parts === 3) return route.abort('internetdisconnected')
    if (parts === 5) {
      await route.fetch({ timeout: 60_000 })
      return route.abort('connectionreset')
    }
    return route.continue()
  })
  await page.setInputFiles('[name=file]', { name: 'marcha.jpg', mimeType: 'image/jpeg', buffer: bytes })
  await page.locator('#adding button').last().click()
  await page.locator('#sending', { hasText: 'goes on by itself' }).waitFor()
  await page.waitForURL(/pictures\/[0-9a-f-]{36}/, { timeout: 90_000 })
  expect([offsets[0], offsets[1], offsets[2], offsets[3]]).toEqual(['0', '1000000', '1000000', '1000000'])
  expect([await page.locator('h1').innerText(), (await beside.db.read.selectFrom('libraryFile').select('id').where('name', '=', 'marcha.jpg').execute()).length]).toEqual(['marcha.jpg', 1])
  const file = (await findFile(beside.db.read, fileIdOf(page.url())))!
  expect(file.what.kind === 'picture' && file.what.shown.large.width).toBe(400)
}, 120_000)

test('what is hostile is told with script too, sending can be stopped, and another person’s upload is an address that never was', async () => {
  const [lia, eva] = [await person('lia2', 'en'), await person('eva2', 'en')]
  const { page } = await as(lia, 'en', DESKTOP, true)
  await page.goto(`${house.origin}/desk/media/pictures`)
  if (!(await page.locator('#adding').isVisible())) await page.locator('.adding > summary').click()
  const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } }).png().toBuffer()
  for (const [name, buffer, told] of [['a.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'Send it as a PNG'], ['b.jpg', Buffer.from('<html><script>alert(1)</script>'), 'It is no picture'], ['c.png', bomb, '60 million']] as const) {
    await page.setInputFiles('[name=file]', { name, mimeType: 'image/png', buffer })
    await page.locator('#adding button').last().click()
    await page.locator('#refused', { hasText: told }).waitFor()
  }
  const begun = await askRaw(house.origin, '/desk/media/upload', { cookie: lia.cookie, origin: house.origin, 'content-type': 'application/x-www-form-urlencoded' }, 'POST', `name=x&size=10&for=${organisation}`)
  const { at } = JSON.parse(begun.body.toString()) as { at: string }
  expect([(await askRaw(house.origin, at, { cookie: lia.cookie })).status, (await askRaw(house.origin, at, { cookie: eva.cookie })).status]).toEqual([200, 404])
}, 60_000)

test('a picture is cropped and blurred by numbers, and before it is sent: the pixels are others', async () => {
  const editor = await person('rosa', 'en')
  const { page } = await as(editor, 'en', DESKTOP)
  await page.goto(`${house.origin}/desk/media/pictures`)
  if (!(await page.locator('#adding').isVisible())) await page.locator('.adding > summary').click()
  await page.setInputFiles('[name=file]', { name: 'foto.jpg', mimeType: 'image/jpeg', buffer: await photograph(300, 200) })
  await page.locator('#adding button').last().click()
  const id = fileIdOf(page.url())
  const pixels = async () => sharp((await askRaw(house.origin, `/desk/media/pictures/${id}/view.jpg?large`, { cookie: editor.cookie })).body).raw().toBuffer({ resolveWithObject: true })
  const fine = async () => {
    const { data, info } = await pixels()
    let sum = 0
    for (let x = 10; x < 80; x++) sum += Math.abs(data[(60 * info.width + x) * 3]! - data[(60 * info.width + x + 1) * 3]!)
    return sum / 70
  }
  const before = await fine()
  await page.fill('#f-width', '120')
  await page.getByRole('button', { name: 'Blur inside' }).click()
  expect([await page.locator('#f-bad').innerText(), await page.inputValue('#f-width')]).toEqual([expect.stringContaining('0 to 100'), '120'])
  await page.fill('#f-width', '30')
  await page.fill('#f-height', '50,5')
  await page.getByRole('button', { name: 'Blur inside' }).click()
  expect([before > 15, (await fine()) < 6]).toEqual([true, true])
  await page.fill('#f-x', '50')
  await page.fill('#f-width', '50')
  await page.getByRole('button', { name: 'Crop to this' }).click()
  expect((await pixels()).info).toMatchObject({ width: 150, height: 200 })

  // With script, drawn over the picture with the mouse before it is sent.
  const drawn = await as(editor, 'en', DESKTOP, true)
  await drawn.page.goto(`${house.origin}/desk/media/pictures`)
  await drawn.page.locator('.adding > summary').click()
  await drawn.page.setInputFiles('[name=file]', { name: 'antes.png', mimeType: 'image/png', buffer: await drawing('#c8c814') })
  await drawn.page.locator('#before > summary').click()
  const box = (await drawn.page.locator('#before canvas').boundingBox())!
  await drawn.page.mouse.move(box.x + 1, box.y + 1)
  await drawn.page.mouse.down()
  await drawn.page.mouse.move(box.x + box.width / 2, box.y + box.height - 1)
  await drawn.page.mouse.up()
  expect(Number(await drawn.page.inputValue('#b-width'))).toBeCloseTo(50, -1)
  await axeFindsNothing(drawn.page, 'cropping before sending')
  await drawn.page.locator('#before [data-how=crop]').click()
  await drawn.page.locator('#adding > p > button').click()
  await drawn.page.waitForURL(/pictures\/[0-9a-f-]{36}/)
  const file = (await findFile(beside.db.read, fileIdOf(drawn.page.url())))!
  expect(file.what.kind === 'picture' && Math.abs(file.what.shown.large.width - 200)).toBeLessThan(6)
}, 120_000)

test('the keyboard alone finds a file, and the media form reads as it is drawn', async () => {
  const editor = await person('sol', 'en')
  const { page } = await as(editor, 'en', DESKTOP)
  await page.goto(`${house.origin}/desk/media/pictures?q=scriptquetzal`)
  const link = page.locator('.shelf a').first()
  for (let n = 0; n < 40 && !(await link.evaluate((at) => at === document.activeElement)); n++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/pictures\/[0-9a-f-]{36}/)
  expect(await page.locator('.bench > div').first().ariaSnapshot()).toMatchSnapshot()
}, 60_000)
