// Somebody passes a text on: words by one button or by hand, pictures, and a file for the press. What is not public is in none of it.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { type Frozen, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'
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
const hasUnzip = spawnSync('unzip', ['-v']).status === 0
const withUnzip = hasUnzip ? '' : ' (skipped: this machine has no unzip)'

/** In es and fr public, in pt for an hour to come, in ht withdrawn, in en never let out. */
let item = '', organisation = ''
let editor: DeskPerson, translator: DeskPerson, stranger: DeskPerson
const TITLE = 'Lo que *pedimos* a los Estados'
const MARKDOWN = 'Pedimos esto:\n\n- Poner fin a la criminalización\n- Leyes que protejan\n\nNada sobre nosotras sin nosotras.'
const address = () => `${house.origin}/es/media/lo-que-pedimos`

async function picture(colour: string): Promise<NonNullable<Frozen['picture']>> {
  const bytes = await sharp({ create: { width: 1600, height: 900, channels: 3, background: colour } }).jpeg().toBuffer()
  const blobs = await openBlobs(beside.db, join(house.dataDir, 'blobs'))
  const stored = await blobs.write(bytes)
  await act(beside, (tx) => recordBlob(tx, { ...stored, mediaType: 'image/jpeg' }, now()))
  const file = { format: 'jpeg' as const, width: 1600, height: 900, ...stored }
  return { alt: `Una plaza ${colour}`, credit: `Foto ${colour}`, licence: 'CC BY-SA 4.0', inPage: [file], large: file }
}

beforeAll(async () => {
  const [shown, secret] = [await picture('red'), await picture('blue')]
  const at = now()
  await act(beside, async (tx) => {
    const added = []
    for (const slug of ['org-a', 'org-b']) added.push(await addOrganisation(tx, slug, { texts: { en: { name: slug, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now()))
    const [here, there] = added.map((one) => (one.added ? one.id : '')) as [string, string]
    organisation = here
    editor = await addDeskPerson(tx, 'editora', 'editor', { organisationId: here, lang: 'es' })
    await tx.updateTable('person').set({ lang: 'es' }).where('id', '=', editor.id).execute()
    translator = await addDeskPerson(tx, 'traductora', 'translator', { organisationId: here, lang: 'fr' })
    stranger = await addDeskPerson(tx, 'otra', 'editor', { organisationId: there })
    item = await createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: here, keptBy: editor.id }, editor.id, now())
    for (const [lang, slug, title, picture, from] of [
      ['es', 'lo-que-pedimos', TITLE, shown, at], ['fr', 'ce-que-nous-demandons', 'Ce que nous demandons', shown, at], ['pt', 'o-quetzal-espera', 'O quetzal espera', secret, at.add({ hours: 1 })],
      ['ht', 'quetzal-la-ale', 'Quetzal la ale', secret, at], ['en', 'a-quetzal-in-a-draft', 'A quetzal in a draft', secret, null],
    ] as const) {
      await giveSlug(tx, item, lang, slug, now())
      const bodyMarkdown = lang === 'es' || lang === 'fr' ? MARKDOWN : 'O quetzal.'
      const { revisionId } = await saveRevision(tx, item, lang, { title, teaser: `${title}, en breve.`, bodyMarkdown }, { ...NOTHING_FROZEN, picture, issuedBy: 'Organización A' }, editor.id, now())
      if (!from) continue
      const outcome = await publishRevision(tx, { itemId: item, lang, revisionId, from, zone: 'UTC' }, editor.id, at)
      if (!outcome.published) throw new Error(outcome.obstacle)
    }
    await withdrawText(tx, { itemId: item, lang: 'ht', why: 'Te gen yon erè.', reason: 'withdrawn' }, editor.id, now())
    // Newer words that nobody let out.
    await saveRevision(tx, item, 'es', { title: 'El quetzal que viene', teaser: '', bodyMarkdown: 'El quetzal.' }, { ...NOTHING_FROZEN, picture: secret }, editor.id, now())
  })
}, 60_000)

const as = async ({ cookie }: DeskPerson, viewport: typeof PHONE, javaScriptEnabled: boolean) => {
  const visited = await visit(browser, house.origin, { locale: 'es', viewport, javaScriptEnabled })
  const [name, value] = cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  return visited
}
const share = (lang: string) => `${house.origin}/desk/media/${item}/${lang}/share`
const WHATSAPP = () => `*Lo que ∗pedimos∗ a los Estados*\n\nLo que ∗pedimos∗ a los Estados, en breve.\n\n• Poner fin a la criminalización\n• Leyes que protejan\n\n${address()}`

test.each([['phone', PHONE], ['desk', DESKTOP]] as const)('with script one button, or the key c, copies; what is copied is what stands there (%s)', async (_where, viewport) => {
  const { page, strays, close } = await as(editor, viewport, true)
  const faults: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())))
  page.on('pageerror', (error) => void faults.push(error.message))
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: house.origin })
  await page.goto(share('es'))
  expect(await page.getByLabel('Texto para WhatsApp', { exact: true }).inputValue()).toBe(WHATSAPP())
  expect(await page.locator('#whatsapp-count').innerText()).toBe(`${WHATSAPP().length} de 700 caracteres`)
  await page.getByRole('button', { name: 'Copiar' }).first().click()
  await expect.poll(() => page.getByRole('status').first().innerText()).toBe('Copiado.')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(WHATSAPP())
  await page.getByRole('button', { name: 'Copiar' }).nth(1).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`${TITLE}. ${TITLE}, en breve. ${address()}`)
  await page.locator('h1').click()
  await page.keyboard.press('c')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(WHATSAPP())
  // A browser that keeps its clipboard to itself: it is said, and what is to be copied is selected.
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
    document.execCommand = () => false
  })
  await page.getByRole('button', { name: 'Copiar' }).first().click()
  await expect.poll(() => page.getByRole('status').first().innerText()).toContain('cópialo a mano')
  expect(await page.evaluate(() => String(getSelection()))).toContain('∗pedimos∗')
  await axeFindsNothing(page, 'the share kit')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect([strays, faults]).toEqual([[], []])
  await close()
}, 60_000)

test('without script there is no button, the text says how to do without, and pictures tell their size before a tap', async () => {
  const { page, close } = await as(editor, PHONE, false)
  await page.goto(share('es'))
  expect(await page.getByRole('button', { name: 'Copiar' }).count()).toBe(0)
  expect(await page.getByRole('status').first().innerText()).toBe('Selecciona todo el texto y cópialo.')
  expect(await page.getByLabel('Texto para WhatsApp', { exact: true }).inputValue()).toBe(WHATSAPP())
  for (const [shape, name, width, height] of [['square', 'Imagen cuadrada', 1080, 1080], ['story', 'Imagen para una historia', 1080, 1920]] as const) {
    const image = page.getByRole('img', { name: `${name}: letras blancas sobre rojo dicen «${TITLE}»` })
    expect([await image.getAttribute('width'), await image.getAttribute('height')]).toEqual([String(width), String(height)])
    const drawn = await askRaw(house.origin, (await image.getAttribute('src'))!)
    expect(await sharp(drawn.body).metadata()).toMatchObject({ format: 'png', width, height })
    expect(await page.locator(`a[download="lo-que-pedimos-${shape}.png"]`).innerText()).toMatch(/^Descargar \(PNG, \d+\skB\)$/)
  }
  // Another language, and what readers see of it.
  await page.getByRole('link', { name: 'Français' }).click()
  expect(await page.getByLabel('Texto para WhatsApp', { exact: true }).inputValue()).toContain(`${house.origin}/fr/media/ce-que-nous-demandons`)
  await close()
}, 60_000)

test.each([['pt', /todavía no es público/], ['en', /todavía no es público/], ['ht', /se retiró/]])('where it is not public, its page says so and shows no words and no picture of it (%s)', async (lang, said) => {
  const { page, close } = await as(editor, PHONE, false)
  await page.goto(share(lang))
  expect(await page.locator('main').innerText()).toMatch(said)
  expect([await page.locator('textarea').count(), await page.locator('main img').count(), await page.locator('main').locator('a[href*=".png"], a[href*=".zip"]').count()]).toEqual([0, 0, 0])
  await axeFindsNothing(page, 'a text that is not public')
  await close()
})

test('whoever writes in its organisation finds it, others an address that never was, and so does a language that it lacks', async () => {
  const ask = async ({ cookie }: DeskPerson, path: string) => (await askRaw(house.origin, path, { cookie })).status
  expect(organisation).not.toBe('')
  expect([await ask(translator, `/desk/media/${item}/es/share`), await ask(stranger, `/desk/media/${item}/es/share`), await ask(editor, `/desk/media/${item}/de/share`), await ask(editor, '/desk/media/no-such/es/share')]).toEqual([200, 404, 404, 404])
})

const kit = async (path = '/es/media/lo-que-pedimos/kit.zip') => askRaw(house.origin, path)

test.skipIf(!hasUnzip)(`the press kit holds what is public in all its languages, and nothing else${withUnzip}`, async () => {
  const answer = await kit()
  expect([answer.status, answer.header('content-type'), answer.header('content-disposition')]).toEqual([200, 'application/zip', `attachment; filename*=UTF-8''lo-que-pedimos-es-kit.zip`])
  const folder = mkdtempSync(join(tmpdir(), 'altavoz-kit-'))
  try {
    writeFileSync(join(folder, 'kit.zip'), answer.body)
    execFileSync('unzip', ['-q', 'kit.zip', '-d', 'out'], { cwd: folder })
    const names = readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
    const short = names.map((name) => name.split('/').slice(-2).join('/')).sort()
    expect(short.filter((name) => !/(README|contact)\.txt$/.test(name))).toEqual(['document/es-lo-que-pedimos-a-los-estados.pdf', 'pictures/1.jpg', 'pictures/credits.txt', 'share/es-square.png', 'share/es-story.png', 'texts/es-lo-que-pedimos-a-los-estados.md', 'texts/es-lo-que-pedimos-a-los-estados.txt', 'texts/fr-ce-que-nous-demandons.md', 'texts/fr-ce-que-nous-demandons.txt'])
    const all = names.map((name) => readFileSync(name)).map((bytes) => bytes.toString('latin1')).join('\n')
    expect(all).not.toMatch(/quetzal/i)
    const read = (end: string) => readFileSync(names.find((name) => name.endsWith(end))!, 'utf8')
    expect(read('credits.txt')).toMatch(/1\.jpg\nQué muestra: Una plaza red\nImagen: Foto red\nLicencia: CC BY-SA 4\.0\n/)
    expect(read('es-lo-que-pedimos-a-los-estados.md')).toBe(`# ${TITLE}\n\n${TITLE}, en breve.\n\n${MARKDOWN}\n`)
    expect(await sharp(names.find((name) => name.endsWith('1.jpg'))).metadata()).toMatchObject({ width: 1600, height: 900 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the same kit is the same bytes until something changes, and its page leads to it', async () => {
  expect((await kit()).body.equals((await askRaw(house.origin, '/es/media/lo-que-pedimos/kit.zip', { cookie: '__Host-altavoz=1' })).body)).toBe(true)
  expect((await askRaw(house.origin, '/es/media/lo-que-pedimos')).body.toString()).toContain('href="/es/media/lo-que-pedimos/kit.zip"')
})

test('pictures and kit of what waits or went answer as its page does', async () => {
  for (const page of ['/pt/media/o-quetzal-espera', '/en/media/a-quetzal-in-a-draft', '/ht/media/quetzal-la-ale', '/pt/media/lo-que-pedimos']) {
    const own = await askRaw(house.origin, page)
    expect([404, 410]).toContain(own.status)
    for (const below of ['square.png', 'story.png', 'kit.zip']) {
      const answer = await askRaw(house.origin, `${page}/${below}`)
      expect([answer.status, answer.body.equals(own.body)], `${page}/${below}`).toEqual([own.status, true])
    }
  }
})

test('a language that is taken down or switched off leaves the kit at once', async () => {
  expect(Object.keys(unzipSync((await kit()).body)).some((name) => name.includes('/fr-'))).toBe(true)
  await house.altavoz('site', 'set', 'languages', 'es,en,pt,ht')
  await expect.poll(async () => Object.keys(unzipSync((await kit()).body)).some((name) => name.includes('/fr-'))).toBe(false)
  await house.altavoz('site', 'set', 'languages', 'es,en,pt,ht,fr')
  await expect.poll(async () => Object.keys(unzipSync((await kit()).body)).some((name) => name.includes('/fr-'))).toBe(true)
  await act(beside, (tx) => withdrawText(tx, { itemId: item, lang: 'fr', why: 'Une erreur.', reason: 'withdrawn' }, editor.id, now()))
  await expect.poll(async () => Object.keys(unzipSync((await kit()).body)).some((name) => name.includes('/fr-'))).toBe(false)
})
