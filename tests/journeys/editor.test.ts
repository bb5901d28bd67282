// An editor writes a text as it will look, by keyboard alone, and as plain text; pastes from everywhere; drops a Word file on it. The field
// of the form keeps the Markdown of it all, and nobody's words change because they were looked at.
import { readFileSync } from 'node:fs'
import { Document, HeadingLevel, Packer, Paragraph } from 'docx'
import type { Page } from 'playwright-core'
import { afterAll, expect, inject, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { beginText } from '#rooms/media/server/writing-actions.ts'
import { axe, DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson, type DeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()

const steward = (name: string, lang = 'en') => act(beside, async (tx) => {
  const made = await addDeskPerson(tx, name, 'steward')
  await tx.updateTable('person').set({ lang }).where('id', '=', made.id).execute()
  return made
})
const text = ({ id }: DeskPerson, bodyMarkdown: string) => act(beside, async (tx) => {
  const begun = await beginText(tx, { id, duties: [{ duty: 'steward', organisationId: null, lang: null }] }, { kind: 'news', lang: 'es', writtenIn: null, words: { title: 'Un texto', teaser: '', bodyMarkdown }, issuedBy: null }, now())
  return `/desk/media/${begun}/es`
})

/** A page whose every fault is heard: exceptions, and what its policy or Trusted Types turned away. */
async function write(who: DeskPerson, path: string, viewport = DESKTOP) {
  const visited = await visit(browser, house.origin, { viewport, javaScriptEnabled: true, permissions: ['clipboard-read', 'clipboard-write'] })
  const [name, value] = who.cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  const faults: string[] = []
  visited.page.on('pageerror', (error) => faults.push(String(error)))
  visited.page.on('console', (message) => {
    if (message.type() === 'error' && !/ERR_INTERNET_DISCONNECTED/.test(message.text())) faults.push(message.text())
  })
  await visited.page.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`)))
  await visited.page.goto(house.origin + path)
  return { ...visited, faults }
}
const ed = (page: Page) => page.locator('.ed')
const body = (page: Page) => page.locator('[name=body]').inputValue()
const tool = (page: Page, name: string) => page.getByRole('toolbar').getByRole('button', { name, exact: true })
const newest = (path: string) => findRevision(beside.db.read, ...(path.split('/').slice(-2) as [string, string]))
const paste = (page: Page, data: Record<string, string>, on = '.ed') => page.locator(on).evaluate((place, given) => {
  const clipboardData = new DataTransfer()
  for (const [type, value] of Object.entries(given)) clipboardData.setData(type, value)
  place.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}, data)
const save = async (page: Page) => {
  await page.locator('#writing button[data-key=e]').click()
  await page.waitForURL(/saved=/)
}

test('by keyboard alone she writes headings, marks, a link, lists, a footnote and a table, and it is Markdown', async () => {
  const ana = await steward('ana-keys')
  const path = await text(ana, '')
  const { page, faults, close } = await write(ana, path)
  const { keyboard } = page
  await ed(page).waitFor()
  await ed(page).focus()
  await keyboard.type('## La ley')
  await keyboard.press('Enter')
  await keyboard.type('Pedimos ')
  await keyboard.press('Control+b')
  await keyboard.type('tres')
  await keyboard.press('Control+b')
  await keyboard.type(' cosas ')
  await keyboard.press('Control+i')
  await keyboard.type('ya')
  await keyboard.press('Control+i')
  await keyboard.type(', y más en https://alianza.example/a_b. La ')
  await keyboard.press('Control+k')
  await page.getByLabel('Where the link leads').fill('javascript:alert(1)')
  await keyboard.press('Enter')
  expect(await page.getByRole('alert').innerText()).toContain('Readers cannot follow this address')
  await page.getByLabel('Where the link leads').fill('https://x.example/ley')
  await keyboard.press('Enter')
  await keyboard.type(' dice.')
  await keyboard.press('Enter')
  await keyboard.type('- Uno')
  await keyboard.press('Enter')
  await keyboard.type('Dos')
  await keyboard.press('Control+]')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.type('> Nada sin nosotras')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.type('Con nota')

  // The toolbar is one stop of Tab; arrows go along it.
  await keyboard.press('Shift+Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Heading')
  for (let n = 0; n < 8; n++) await keyboard.press('ArrowRight')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Footnote')
  await keyboard.press('Enter')
  await keyboard.type('La nota.')
  await keyboard.press('Escape')
  await keyboard.type(' y tabla')
  await keyboard.press('Shift+Tab')
  await keyboard.press('ArrowRight')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Table')
  await keyboard.press('Enter')
  for (const words of ['País', 'Año', 'Paraguay', '1991', 'Haití']) {
    await keyboard.type(words)
    await keyboard.press('Tab')
  }
  await keyboard.type('2012')
  expect(await body(page)).toBe(`## La ley

Pedimos **tres** cosas *ya*, y más en <https://alianza.example/a_b>. La <https://x.example/ley> dice.

- Uno
  - Dos

> Nada sin nosotras

Con nota[^1] y tabla

| País     | Año  |
| -------- | ---- |
| Paraguay | 1991 |
| Haití    | 2012 |

[^1]: La nota.`)
  expect(await page.locator('.tools').ariaSnapshot()).toMatchSnapshot()
  expect(await ed(page).ariaSnapshot()).toMatchSnapshot()

  // Undone and done again; Tab leaves the text.
  await ed(page).locator('h2').click()
  await keyboard.press('End')
  await keyboard.type('es')
  await keyboard.press('Control+z')
  expect(await body(page)).toMatch(/^## La ley\n/)
  await keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('word-file')
  await save(page)
  expect((await newest(path))!.bodyMarkdown).toMatch(/^## La ley\n[\s\S]*\[\^1\]: La nota\.$/)
  expect(faults).toEqual([])
  await close()
})

test('plain text is as good: it is remembered, keeps what was written either way, and is what is there without script', async () => {
  const ana = await steward('ana-plain')
  const path = await text(ana, 'Uno  dos\u00a0.\n\n* a\n* b\n')
  const { page, faults, close } = await write(ana, path)
  await ed(page).waitFor()
  expect(await page.locator('#body').isHidden()).toBe(true)
  await page.getByRole('button', { name: 'Plain text' }).click()
  expect(await ed(page).isHidden()).toBe(true)
  await page.locator('#body').fill('Uno  dos\u00a0.\n\n* a\n* b\n\nTres')
  await page.getByRole('button', { name: 'As it will look' }).click()
  expect(await ed(page).innerText()).toContain('Tres')
  await ed(page).getByText('Tres').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' y más')
  expect(await body(page)).toBe('Uno  dos\u00a0.\n\n* a\n* b\n\nTres y más')
  await page.getByRole('button', { name: 'Plain text' }).click()
  await page.reload()
  await page.locator('[data-modes]').waitFor()
  expect(await page.locator('#body').isVisible(), 'her choice is remembered').toBe(true)
  expect(await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/desk/script/')).length), 'a plain page loads no editor').toBe(0)
  expect(await body(page), 'what she wrote was kept').toBe('Uno  dos\u00a0.\n\n* a\n* b\n\nTres y más')
  const plain = await visit(browser, house.origin)
  await plain.page.context().addCookies(await page.context().cookies())
  await plain.page.goto(house.origin + path)
  expect(await plain.page.locator('#body').isVisible()).toBe(true)
  expect(await plain.page.getByRole('toolbar').count() + await plain.page.locator('[data-modes]:visible').count()).toBe(0)
  expect(faults).toEqual([])
  await Promise.all([close(), plain.close()])
})

test('what she writes there survives a dropped line and a closed tab', async () => {
  const ana = await steward('ana-line')
  const path = await text(ana, 'Uno.\n\nDos.')
  const { page, close } = await write(ana, path)
  await ed(page).waitFor()
  await page.context().setOffline(true)
  await ed(page).getByText('Dos.').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' Tres, sin línea.')
  await expect.poll(() => page.locator('#kept').innerText()).toContain('No connection')
  await page.close()
  const again = await (await browser.contexts().at(-1)!).newPage()
  await again.context().setOffline(false)
  await again.goto(house.origin + path)
  await ed(again).waitFor()
  expect(await ed(again).innerText()).toContain('Dos. Tres, sin línea.')
  expect(await body(again)).toBe('Uno.\n\nDos. Tres, sin línea.')
  await close()
})

test('what is pasted comes in clean in both ways of writing, and hostile HTML dies without a word of the policy', async () => {
  const ana = await steward('ana-paste')
  const { page, faults, close } = await write(ana, await text(ana, 'Con nota.[^1]\n\n[^1]: Una.'))
  await ed(page).waitFor()
  const clipboard = (name: string) => readFileSync(new URL(`../../src/rooms/media/editor/fixtures/${name}.html`, import.meta.url), 'utf8')
  const clear = async () => {
    await ed(page).click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Backspace')
  }
  await ed(page).locator('p').first().click()
  await page.keyboard.press('End')
  await paste(page, { 'text/html': clipboard('word'), 'text/plain': 'Lo que pedimos' })
  await expect.poll(() => body(page)).toContain('- Uno\n  - Dentro\n- Dos')
  expect(await body(page)).toMatch(/sin nosotras\.\[\^2\][\s\S]*\| Paraguay \| 1991 \|[\s\S]*\[\^1\]: Una\.\n\n\[\^2\]: Ley 5777/)
  expect(await ed(page).locator('table td').first().innerText()).toBe('Paraguay')
  await page.keyboard.press('Control+z')
  expect(await body(page), 'undone at once').toBe('Con nota.[^1]\n\n[^1]: Una.')

  for (const [name, words] of [['google-docs', '~~quitado~~'], ['web-page', 'Pulsa y mira.']] as const) {
    await clear()
    await paste(page, { 'text/html': clipboard(name), 'text/plain': '' })
    await expect.poll(() => body(page)).toContain(words)
    expect(await body(page)).not.toMatch(/utm_|javascript|data:|style|span|alert/)
  }
  await clear()
  await paste(page, { 'text/plain': '*Compañeras*\nmañana a las 9' })
  await expect.poll(() => body(page)).toBe('\\*Compañeras\\*\n\nmañana a las 9')
  expect(await ed(page).locator('p').allInnerTexts()).toEqual(['*Compañeras*', 'mañana a las 9'])

  await clear()
  for (const html of ['<script>window.bad=1</script><p>uno</p>', '<p>dos<img src=x onerror="window.bad=1"></p>', '<svg onload="window.bad=1"></svg><p>tres</p>', '<iframe src="javascript:parent.bad=1"></iframe><p>cuatro</p>', '<p><a href="javascript:bad=1">cinco</a></p>', '<p style="background:url(//evil.example/x)">seis</p>', '<p>&lt;script&gt;window.bad=1&lt;/script&gt; siete</p>']) await paste(page, { 'text/html': html, 'text/plain': 'x' })
  await expect.poll(() => body(page)).toContain('siete')
  expect(await ed(page).locator('script, img:not(.ProseMirror-separator), svg, iframe, [style*=url], a[href^=javascript]').count()).toBe(0)
  expect(await page.evaluate(() => (globalThis as { bad?: unknown }).bad)).toBeUndefined()

  // Copied within the text it stays what it is.
  await clear()
  await paste(page, { 'text/html': '<p>Con <b>fuerza</b></p><ul><li>punto</li></ul>', 'text/plain': 'x' })
  await expect.poll(() => body(page)).toBe('Con **fuerza**\n\n- punto')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+v')
  await expect.poll(() => body(page)).toBe('Con **fuerza**\n\n- punto\n\nCon **fuerza**\n\n- punto')

  await page.getByRole('button', { name: 'Plain text' }).click()
  await page.locator('#body').fill('Antes. ')
  await paste(page, { 'text/html': clipboard('google-docs'), 'text/plain': 'x' }, '#body')
  await expect.poll(() => body(page)).toMatch(/^Antes\. ## La ley\n\n\*\*Pedimos\*\*/)
  expect(faults).toEqual([])
  expect(await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !name.startsWith(location.origin)))).toEqual([])
  await close()
})

test('script that stands in a stored text dies in the editor, and its bytes stay', async () => {
  const ana = await steward('ana-hostile')
  const hostile = '<script>window.bad=1</script>\n\n<img src=x onerror="window.bad=1">\n\n[pulsa](javascript:window.bad=1) y <https://x.example>\n\n[otra](data:text/html,x)\n\n![x](x" onerror="window.bad=1)\n\n<svg onload="window.bad=1">\n\n| <b onclick=x> |\n| - |\n| `<script>` |\n\n<i lang="en" onclick="x">a</i>\n\n---\ntitle: <script>\n---'
  const path = await text(ana, hostile)
  const { page, faults, close } = await write(ana, path)
  await ed(page).waitFor()
  expect(await ed(page).locator('script, img:not(.ProseMirror-separator), svg, [onclick], [onerror], a[href^=javascript], a[href^=data]').count()).toBe(0)
  await ed(page).getByText('pulsa').click({ modifiers: ['Control'] })
  expect(await page.evaluate(() => (globalThis as { bad?: unknown }).bad)).toBeUndefined()
  expect(await body(page)).toBe(hostile)
  await save(page)
  expect(await page.getByRole('status').allInnerTexts().then((texts) => texts.join(' '))).toContain('Nothing had changed')
  expect((await newest(path))!.bodyMarkdown).toBe(hostile)
  expect(faults).toEqual([])
  await close()
})

test('a Word file comes in where she writes, replaces nothing, and can be undone; what is no Word file says so', async () => {
  const ana = await steward('ana-word')
  const { page, faults, close } = await write(ana, await text(ana, 'Antes.\n\nDespués.'))
  await ed(page).waitFor()
  const buffer = await Packer.toBuffer(new Document({ creator: 'María Pérez', sections: [{ children: [new Paragraph({ text: 'Lo que pedimos', heading: HeadingLevel.TITLE }), new Paragraph('Tres cosas.'), new Paragraph('Y una más.')] }] }))
  const file = (name: string, bytes: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer: bytes })
  await ed(page).getByText('Antes.').click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByLabel('Insert a Word file (.docx)').setInputFiles(file('notas.odt', Buffer.from('PK')))
  await expect.poll(() => page.locator('[data-file-said]').innerText()).toContain('Only a Word file')
  await page.getByLabel('Insert a Word file (.docx)').setInputFiles(file('roto.docx', Buffer.from('PK')))
  await expect.poll(() => page.locator('[data-file-said]').innerText()).toContain('cannot be read as Word')
  expect(await body(page)).toBe('Antes.\n\nDespués.')
  faults.length = 0 // the browser tells of each 400
  await page.getByLabel('Insert a Word file (.docx)').setInputFiles(file('Nota (María).docx', buffer))
  await expect.poll(() => body(page)).toBe('Antes.\n\n## Lo que pedimos\n\nTres cosas.\n\nY una más.\n\nDespués.')
  expect(await body(page)).not.toMatch(/María/)
  await tool(page, 'Undo').click()
  expect(await body(page)).toBe('Antes.\n\nDespués.')

  const dropped = await page.evaluateHandle((bytes) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(bytes)], 'nota.docx'))
    return data
  }, [...buffer])
  const box = (await ed(page).getByText('Después.').boundingBox())!
  await ed(page).dispatchEvent('drop', { dataTransfer: dropped, clientX: box.x + 2, clientY: box.y + box.height / 2 })
  await expect.poll(() => body(page)).toContain('Tres cosas.')
  expect(await body(page)).toContain('Antes.')
  expect(faults).toEqual([])
  await close()
})

test.each([['a phone', PHONE, 'es'], ['a desk', DESKTOP, 'en']] as const)('axe finds nothing in the editor on %s, and no page is wider than its window', async (_, viewport, lang) => {
  const ana = await steward(`ana-axe-${lang}`, lang)
  const { page, faults, close } = await write(ana, await text(ana, '## Título\n\nCon **todo**.[^1]\n\n- a\n- b\n\n| País | Año |\n| - | - |\n| Paraguay | 1991 |\n\n> Cita\n\n<div>x</div>\n\n[^1]: Nota.'), viewport)
  await ed(page).waitFor()
  expect(await axe(page)).toEqual([])
  await ed(page).locator('td').first().click()
  await page.locator('[data-do=link]').click()
  await page.locator('#link-address').fill('nada')
  await page.keyboard.press('Enter')
  expect(await axe(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('textbox')
  expect(faults).toEqual([])
  await close()
})

test('where the editor does not come, the plain field is there and nothing alarms', async () => {
  const ana = await steward('ana-none')
  const path = await text(ana, 'Uno.')
  const visited = await visit(browser, house.origin, { viewport: DESKTOP, javaScriptEnabled: true })
  const [name, value] = ana.cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  await visited.page.route('**/desk/script/**', (route) => route.abort())
  await visited.page.goto(house.origin + path)
  await visited.page.locator('[data-file]').waitFor()
  await visited.page.locator('#body').fill('Uno. Dos.')
  // Nor does what cleans a paste: the words come, without their form.
  await visited.page.locator('#body').press('End')
  await paste(visited.page, { 'text/html': '<b>Tres.</b>', 'text/plain': ' Tres.' }, '#body')
  await expect.poll(() => visited.page.inputValue('#body')).toBe('Uno. Dos. Tres.')
  await save(visited.page)
  expect((await newest(path))!.bodyMarkdown).toBe('Uno. Dos. Tres.')
  await visited.close()
})

test('every stored body opens in the editor and saves untouched: no byte changes and no revision is made', async () => {
  const ana = await steward('ana-bytes')
  const stored = () => beside.db.read.selectFrom('revision').select(['id', 'itemId', 'lang', 'bodyMarkdown']).distinctOn(['itemId', 'lang']).orderBy('itemId').orderBy('lang').orderBy('number', 'desc').execute()
  const before = await stored()
  expect(before.length).toBeGreaterThan(20)
  const { page, faults, close } = await write(ana, '/desk/media')
  // Each is read and written back by its own bytes in opened-text.test.ts; a browser takes seconds for each.
  const opened = inject('isLong') ? before : before.filter((_, n) => n % 5 === 0)
  if (opened.length < before.length) console.log(`skipped: ${before.length - opened.length} of ${before.length} stored bodies were not opened in a browser; bin/test --long opens all`)
  for (const { itemId, lang, bodyMarkdown } of opened) {
    await page.goto(`${house.origin}/desk/media/${itemId}/${lang}`)
    await ed(page).waitFor()
    expect(await body(page), `${itemId} ${lang}`).toBe(bodyMarkdown)
    // A letter is written and taken back: the text is again what it was.
    await ed(page).locator('p').first().click()
    await page.keyboard.type('x')
    expect(await body(page), `${itemId} ${lang}`).not.toBe(bodyMarkdown)
    await page.keyboard.press('Backspace')
    expect(await body(page), `${itemId} ${lang}`).toBe(bodyMarkdown)
    await save(page)
    expect(await page.locator('[data-saved]').innerText(), `${itemId} ${lang}`).toContain('Nothing had changed')
  }
  expect(await stored()).toEqual(before)
  expect(faults).toEqual([])
  await close()
}, 400_000)
