// What becomes of a text, by every way out of the house: one table of states and outlets. An outlet that is new gets a
// line in OUTLETS and a column in the table.
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hasPoppler, readPdf } from '#kernel/testing/poppler.ts'
import { entryId } from '#rooms/media/feed-id.ts'
import { renameSlug } from '#rooms/media/server/item-actions.ts'
import { noteCorrection } from '#rooms/media/server/publication-actions.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { askRaw, bytesOf } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const STATES = ['published', 'corrected', 'renamed', 'withdrawn', 'replaced', 'removed', 'embargoed'] as const
type State = (typeof STATES)[number]
interface Told { id: string; slug: string; title: string }

/**
 * shown: its words of now, at its address of now · absent: 200, without a trace · notice: why it went, none of its words ·
 * instead: the same with the way to what replaces it · day: that something went, and nothing of it · never: byte for byte
 * as an address that never was.
 */
type Fate = 'shown' | 'absent' | 'notice' | 'instead' | 'day' | 'never'

interface Outlet {
  path(item: Told): string
  /** Of a page about many, what it says of this one. */
  piece?(body: string, item: Told): string | undefined
  /** An address of the same form that never was. */
  never?: string
  /** The words of a document; undefined for a picture, of which only what it is can be told. */
  words?(bytes: Buffer): string | undefined
  /** Whether it carries the whole text, so that a correction note stands in it. */
  isWhole?: boolean
}

const between = (start: string, end: string) => (body: string, holds: string) =>
  body.split(start).slice(1).map((part) => part.split(end)[0]!).find((part) => part.includes(holds))
const jsonOf = (body: string, holds: string) => {
  const found = JSON.parse(body).items.find(({ id }: { id: string }) => id === holds)
  return found && JSON.stringify(found)
}
const deleted = between('<at:deleted-entry', '</at:deleted-entry>')

if (!hasPoppler) console.log('skipped: the words of PDFs were not read: pdftotext is not installed (poppler-utils)')
const wordsOfPdf = (bytes: Buffer) => (hasPoppler ? readPdf(bytes).text.replace(/\s+/g, ' ') : undefined)

const wordsOfKit = (bytes: Buffer) => Object.entries(unzipSync(bytes)).map(([name, held]) => `${name}\n${/\.(txt|md)$/.test(name) ? Buffer.from(held).toString() : ''}`).join('\n')

const OUTLETS = {
  'front page': { path: () => '/en/', piece: (body, { slug }) => (body.includes(`/${slug}"`) ? body : undefined) },
  list: { path: () => '/en/media', piece: (body, { slug }) => between('<h3', '</h3>')(body, `/${slug}"`) },
  Atom: { path: () => '/en/media/feed.atom', piece: (body, { id }) => between('<entry', '</entry>')(body, entryId(id, 'en')) ?? deleted(body, entryId(id, 'en')), isWhole: true },
  RSS: { path: () => '/en/media/feed.rss', piece: (body, { id }) => between('<item>', '</item>')(body, entryId(id, 'en')), isWhole: true },
  'JSON Feed': { path: () => '/en/media/feed.json', piece: (body, { id }) => jsonOf(body, entryId(id, 'en')), isWhole: true },
  sitemap: { path: () => '/sitemap.xml', piece: (body, { slug }) => between('<url>', '</url>')(body, `/${slug}<`) },
  'news sitemap': { path: () => '/news-sitemap.xml', piece: (body, { slug }) => between('<url>', '</url>')(body, `/${slug}<`) },
  'API list': { path: () => '/api/v1/items?lang=en&per_page=100', piece: (body, { id }) => jsonOf(body, id) },
  'API item': { path: ({ id }) => `/api/v1/items/${id}`, never: '/api/v1/items/019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31', isWhole: true },
  search: { path: () => '/en/media?q=quetzals', piece: (body, { slug }) => between('<h3', '</h3>')(body, `/${slug}"`) },
  page: { path: ({ slug }) => `/en/media/${slug}`, never: '/en/media/a-page-that-never-was', isWhole: true },
  PDF: { path: ({ slug }) => `/en/media/${slug}/print.pdf`, never: '/en/media/a-page-that-never-was/print.pdf', words: wordsOfPdf, isWhole: true },
  card: { path: ({ slug }) => `/en/media/${slug}/card.png`, never: '/en/media/a-page-that-never-was/card.png', words: () => undefined },
  square: { path: ({ slug }) => `/en/media/${slug}/square.png`, never: '/en/media/a-page-that-never-was/square.png', words: () => undefined },
  story: { path: ({ slug }) => `/en/media/${slug}/story.png`, never: '/en/media/a-page-that-never-was/story.png', words: () => undefined },
  kit: { path: ({ slug }) => `/en/media/${slug}/kit.zip`, never: '/en/media/a-page-that-never-was/kit.zip', words: wordsOfKit, isWhole: true },
} satisfies Record<string, Outlet>
type OutletName = keyof typeof OUTLETS

const everywhere = (fate: Fate) => Object.fromEntries(Object.keys(OUTLETS).map((name) => [name, fate])) as Record<OutletName, Fate>
const feeds = (fate: Fate) => ({ Atom: fate, RSS: fate, 'JSON Feed': fate })
const ownAddress = (fate: Fate) => ({ page: fate, PDF: fate, card: fate, square: fate, story: fate, kit: fate })
const TABLE: Record<State, Record<OutletName, Fate>> = {
  published: everywhere('shown'),
  corrected: everywhere('shown'),
  renamed: everywhere('shown'),
  withdrawn: { ...everywhere('absent'), ...feeds('notice'), 'API item': 'notice', ...ownAddress('notice') },
  // A deletion in Atom carries no link that would be made of a title; its comment says why.
  replaced: { ...everywhere('absent'), ...feeds('instead'), Atom: 'notice', 'API item': 'instead', ...ownAddress('instead') },
  removed: { ...everywhere('absent'), ...feeds('day'), 'API item': 'day', ...ownAddress('day') },
  embargoed: { ...everywhere('absent'), 'API item': 'never', ...ownAddress('never') },
}

let house: RunningHouse
let kept: HouseDatabase
const items = {} as Record<State, Told>
const WHY = (state: string) => `Because of the ${state} ocelot.`
const NOTE = 'A number of the quetzal was wrong.'

beforeAll(async () => {
  house = await runHouse({}, ['--bare'])
  kept = await openHouseDatabase(house.dataDir)
  const room = newsroom(kept.db)
  const now = () => Temporal.Now.instant()
  for (const state of STATES) {
    const id = await room.item('news', now())
    const title = state === 'corrected' ? 'Quetzal mistaken' : `Quetzal ${state}`
    const { revisionId, slug } = await room.save(id, 'en', title, now(), {}, state === 'renamed' ? 'quetzal oldname' : `quetzal ${state}`)
    await room.publish(id, 'en', revisionId, now(), state === 'embargoed' ? now().add({ hours: 1 }) : now())
    items[state] = { id, slug, title: `Quetzal ${state}` }
  }
  const takeDown = (state: State, reason: 'withdrawn' | 'replaced' | 'removed_for_safety', replacedBy?: string) =>
    act(kept, (tx) => withdrawText(tx, { itemId: items[state].id, lang: 'en', why: WHY(state), reason, ...(replacedBy && { replacedBy }) }, 'operator', now()))
  const better = await room.save(items.corrected.id, 'en', 'Quetzal corrected', now())
  await room.publish(items.corrected.id, 'en', better.revisionId, now())
  await act(kept, (tx) => noteCorrection(tx, items.corrected.id, 'en', NOTE, 'operator', now()))
  await act(kept, (tx) => renameSlug(tx, items.renamed.id, 'en', 'quetzal-renamed', 'operator', now()))
  items.renamed.slug = 'quetzal-renamed'
  await takeDown('withdrawn', 'withdrawn')
  await takeDown('replaced', 'replaced', items.published.id)
  await takeDown('removed', 'removed_for_safety')
}, 120_000)
afterAll(async () => {
  await kept?.close()
  await house?.end()
})

/** Words of the text itself, which stand in its title, its body and its address. Who asks for that address knows them. */
const ownWords = ({ title }: Told) => new RegExp(title.replace(' ', '[ -]'), 'i')
const withoutAddress = (body: string, { slug }: Told) => body.replaceAll(`/media/${slug}`, '')

describe.each(STATES)('%s', (state) => {
  test.each(Object.keys(OUTLETS) as OutletName[])('%s', async (name) => {
    const item = items[state]
    const outlet: Outlet = OUTLETS[name]
    const fate = TABLE[state][name]
    const path = outlet.path(item)
    const answer = await askRaw(house.origin, path)
    if (fate === 'shown' && outlet.words) {
      expect([answer.status, answer.header('content-type')]).toEqual([200, name === 'PDF' ? 'application/pdf' : name === 'kit' ? 'application/zip' : 'image/png'])
      const words = outlet.words(answer.body)
      if (words !== undefined) expect(words).toMatch(ownWords(item))
      if (words !== undefined && state === 'corrected') expect(words).toContain(NOTE)
      return
    }
    const body = answer.body.toString()
    if (fate === 'never') return expect(bytesOf(answer)).toBe(bytesOf(await askRaw(house.origin, outlet.never!)))
    const isAbout = outlet.never !== undefined
    expect(answer.status).toBe(isAbout && fate !== 'shown' ? 410 : 200)
    const piece = outlet.piece ? outlet.piece(body, item) : body
    if (fate === 'absent') {
      expect(piece).toBeUndefined()
      expect(body).not.toMatch(ownWords(item))
      expect(body).not.toContain(WHY(state))
      return
    }
    expect(piece, `${name} does not tell of it`).toBeDefined()
    if (fate === 'shown') {
      expect(piece).toMatch(ownWords(item))
      expect(body).not.toMatch(/mistaken|oldname/i)
      if (state === 'corrected' && outlet.isWhole) expect(piece).toContain(NOTE)
      return
    }
    expect(piece!.includes(WHY(state))).toBe(fate !== 'day')
    expect(piece!.includes('/en/media/quetzal-published')).toBe(fate === 'instead')
    expect(piece).not.toContain('And more.')
    // Its own notice may say the title under which it was published; nothing else does, and of what was removed nothing.
    if (!isAbout || fate === 'day') expect(withoutAddress(body, item)).not.toMatch(ownWords(item))
  })
})

test('an old address leads to the one of now, and what was corrected or renamed keeps its id', async () => {
  const old = await askRaw(house.origin, '/en/media/quetzal-oldname')
  expect([old.status, old.header('location')]).toEqual([308, '/en/media/quetzal-renamed'])
})
