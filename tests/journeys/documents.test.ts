// A text's PDF and share card through everything that can happen to the text: they never say more than its page does.
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hasPoppler, readPdf, withPoppler } from '#kernel/testing/poppler.ts'
import { renameSlug } from '#rooms/media/server/item-actions.ts'
import { openHouseDatabase } from './house-database.ts'
import { writePressPage } from './press-pages.ts'
import { askRaw, bytesOf } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

let house: RunningHouse
const DOCUMENTS = ['/print.pdf', '/print.pdf?paper=letter', '/card.png', '/square.png', '/story.png', '/kit.zip']
const at = (slug: string, below = '', lang = 'en') => `/${lang}/media/${slug}${below}`
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await askRaw(house.origin, path, headers, method)
  return { ...answer, fields: Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), value])) as Record<string, string> }
}
const shown = { title: 'Words on paper', when: '7 May 2022', paragraphs: ['The first words are public: decisión, acción.', 'The rest is not yet decided.'] }
let page = ''

beforeAll(async () => {
  house = await runHouse({}, ['--bare'])
  page = writePressPage('paper', shown)
  await house.altavoz('import', page, '--publish')
  for (const title of ['Words withdrawn', 'Words removed', 'Words renamed']) await house.altavoz('import', writePressPage(title, { title, paragraphs: ['Some words of it.'] }), '--publish')
  await house.altavoz('import', writePressPage('waiting', { title: 'Words that wait', paragraphs: ['The quetzal of the embargo.'] }))
  await house.altavoz('publish', at('words-that-wait'), '--at', Temporal.Now.instant().add({ hours: 1 }).toString())
}, 120_000)
afterAll(() => house?.end())

test('a text has a PDF in two sizes and a card: in place, under its name, not for search engines while the house is closed', async () => {
  for (const [below, type, file] of [['/print.pdf', 'application/pdf', 'words-on-paper-a4.pdf'], ['/print.pdf?paper=letter', 'application/pdf', 'words-on-paper-letter.pdf'], ['/card.png', 'image/png', 'words-on-paper.png'], ['/square.png', 'image/png', 'words-on-paper-square.png'], ['/story.png', 'image/png', 'words-on-paper-story.png']] as const) {
    const answer = await ask(at('words-on-paper', below), { 'accept-encoding': 'br, gzip' })
    expect([answer.status, answer.fields['content-type'], answer.fields['content-disposition']], below).toEqual([200, type, `inline; filename*=UTF-8''${file}`])
    expect(answer.fields).toMatchObject({ 'x-robots-tag': 'noindex', 'content-language': 'en', 'cache-control': 'no-cache' })
    expect(answer.fields).not.toHaveProperty('content-encoding')
    expect(answer.fields).not.toHaveProperty('set-cookie')
    const held = await ask(at('words-on-paper', below), { 'if-none-match': answer.fields.etag! })
    expect([held.status, held.body.length]).toEqual([304, 0])
    const head = await ask(at('words-on-paper', below), {}, 'HEAD')
    expect([head.status, head.fields['content-length'], head.body.length]).toEqual([200, String(answer.body.length), 0])
  }
})

test.skipIf(!hasPoppler)(`the PDF holds the words of the page, its date, licence and address${withPoppler}`, async () => {
  const { text, info, isUniversal, languages } = readPdf((await ask(at('words-on-paper', '/print.pdf'))).body)
  for (const words of ['Words on paper', 'decisión, acción', 'The rest is not yet decided.', '7 May 2022', 'Uruguay', 'Test alliance for press pages', 'CC BY 4.0', `${house.origin}/en/media/words-on-paper`]) expect(text).toContain(words)
  expect([info.Title, isUniversal, languages]).toEqual(['Words on paper', true, ['en']])
})

test('the page links to both sizes and names its card with an absolute address, its size and words for who cannot see it', async () => {
  const html = (await ask(at('words-on-paper'))).body.toString()
  for (const paper of ['a4', 'letter']) expect(html).toContain(`href="/en/media/words-on-paper/print.pdf?paper=${paper}"`)
  const card = `${house.origin}/en/media/words-on-paper/card.png`
  for (const [name, value] of [['og:image', card], ['og:image:width', '1200'], ['og:image:height', '630'], ['og:image:alt', 'Statement: Words on paper']]) {
    expect(html).toMatch(new RegExp(`<meta property="${name}" content="${value!.replace(/[.?]/g, '\\$&')}"`))
  }
  expect(html).toContain('<meta name="twitter:card" content="summary_large_image"')
  expect(html).toContain(`"image":"${card}"`)
})

test('a size that is none is named on a page in the reader’s language, and nothing of it is kept', async () => {
  const bad = await ask(at('words-on-paper', '/print.pdf?paper=%3Cb%3Ea5'))
  expect([bad.status, bad.fields['content-type']]).toEqual([400, 'text/html; charset=utf-8'])
  expect(bad.body.toString()).toContain('&#60;b&#62;a5')
  expect(bad.body.toString()).not.toContain('<b>a5')
  expect((await ask(at('words-on-paper', '/print.pdf?paper=&other=1'))).fields.etag).toBe((await ask(at('words-on-paper', '/print.pdf'))).fields.etag)
})

test('a document of a text that waits answers byte for byte as one that never was, and as the page of an address that is nowhere', async () => {
  for (const below of ['', ...DOCUMENTS, '/print.pdf?paper=none', '/card.png/']) {
    for (const lang of ['en', 'es']) {
      const [one, other] = await Promise.all([ask(at('words-that-wait', below, lang)), ask(at('words-that-late', below, lang))])
      expect(bytesOf(one!).replaceAll('words-that-wait', 'words-that-late'), lang + below).toBe(bytesOf(other!))
      expect(one!.body.toString('latin1')).not.toMatch(/quetzal/i)
    }
  }
  const [document, page] = await Promise.all([ask(at('words-that-wait', '/print.pdf')), ask(at('words-that-wait'))])
  expect([document.status, document.body.equals(page.body)]).toEqual([404, true])
})

test('withdrawn and removed, all that is left of the documents is the notice; in a language that the text lacks, where it stands', async () => {
  for (const slug of ['words-withdrawn', 'words-removed']) for (const below of DOCUMENTS) expect((await ask(at(slug, below))).status, slug + below).toBe(200)
  await house.altavoz('withdraw', at('words-withdrawn'), '--why', 'It was too early.')
  await house.altavoz('withdraw', at('words-removed'), '--why', 'Someone was named.', '--reason', 'safety')
  for (const slug of ['words-withdrawn', 'words-removed']) {
    const notice = await ask(at(slug))
    for (const below of DOCUMENTS) {
      const answer = await ask(at(slug, below))
      expect([answer.status, answer.fields['content-type']], slug + below).toEqual([410, 'text/html; charset=utf-8'])
      expect(answer.body.equals(notice.body), slug + below).toBe(true)
    }
  }
  const elsewhere = await ask(at('words-on-paper', '/card.png', 'fr'))
  expect([elsewhere.status, elsewhere.body.toString().includes('/en/media/words-on-paper')]).toEqual([404, true])
})

test('renamed, an old address sends each document on to the new one, with its size', async () => {
  const { db, close } = await openHouseDatabase(house.dataDir)
  try {
    const { itemId } = await db.read.selectFrom('itemSlug').select('itemId').where('slug', '=', 'words-renamed').executeTakeFirstOrThrow()
    await act({ db }, (tx) => renameSlug(tx, itemId, 'en', 'words-by-another-name', 'operator', Temporal.Now.instant()))
  } finally {
    await close()
  }
  const led = async (below: string) => {
    const { status, fields } = await ask(at('words-renamed', below))
    return [status, fields.location]
  }
  await expect.poll(() => led('/card.png')).toEqual([308, at('words-by-another-name', '/card.png')])
  expect(await led('/print.pdf')).toEqual([308, at('words-by-another-name', '/print.pdf?paper=a4')])
  expect(await led('/print.pdf?paper=letter')).toEqual([308, at('words-by-another-name', '/print.pdf?paper=letter')])
  expect((await ask(at('words-by-another-name', '/card.png'))).status).toBe(200)
})

test.skipIf(!hasPoppler)(`a new revision is in the PDF at once, and a card that says the same stays the same${withPoppler}`, async () => {
  const before = await ask(at('words-on-paper', '/card.png'))
  writeFileSync(page, readFileSync(page, 'utf8').replace('not yet decided', 'decided at last'))
  await house.altavoz('import', page)
  expect(readPdf((await ask(at('words-on-paper', '/print.pdf'))).body).text).toContain('not yet decided')
  await house.altavoz('publish', at('words-on-paper'))
  await expect.poll(async () => readPdf((await ask(at('words-on-paper', '/print.pdf'))).body).text, { timeout: 10_000 }).toContain('decided at last')
  expect((await ask(at('words-on-paper', '/card.png'))).fields.etag).toBe(before.fields.etag)
})

test('once the house is open its documents may be found', async () => {
  await house.altavoz('open')
  await expect.poll(async () => 'x-robots-tag' in (await ask(at('words-on-paper', '/print.pdf'))).fields, { timeout: 10_000 }).toBe(false)
  expect((await ask(at('words-on-paper', '/card.png'))).fields).not.toHaveProperty('x-robots-tag')
})
