// What may happen between two imports, asked of every reader.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { type Post, write, writeBroken, type Written, WRITTEN } from '#rooms/media/import/testing/written-files.ts'
import { importCommand } from '#rooms/media/server/import-command.ts'
import { renameSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const folder = mkdtempSync(join(tmpdir(), 'altavoz-situations-'))
afterAll(() => rmSync(folder, { recursive: true }))
const blobs = await openBlobs(db, join(folder, 'blobs'))
let now = Temporal.Instant.from('2026-11-24T15:00:00Z')
let said: string[] = []
const house = { db, blobs, dataDir: folder, clock: () => now, say: (line = '') => said.push(line) } as unknown as CommandHouse

beforeAll(() => act({ db }, async (tx) => {
  await foundSite(tx, { zone: 'America/Bogota' }, now)
}))

async function run(path: string) {
  said = []
  now = now.add({ minutes: 1 })
  await importCommand.run(house, [path], { publish: true, lang: 'en', topics: join(folder, 'topics.yaml') })
  return said.filter((line) => /^(ok|left out|  note)/.test(line))
}
const oks = (lines: string[]) => lines.flatMap((line) => {
  const [, itemId = '', slug = '', what = ''] = /^ok (\S+) \/en\/media\/(\S+) \(([^,)]*)/.exec(line) ?? []
  return itemId ? [{ itemId, slug, what }] : []
})
const titleAt = async (slug: string) => {
  const answer = (await findPublishedItem(db.read, 'en', slug, now.add({ minutes: 1 })))?.answer
  return answer?.found === 'item' ? answer.item.title : answer?.found
}
const countRows = async () => (await sql<{ n: number }>`select (select count(*) from item) + (select count(*) from revision) + (select count(*) from publication)
  + (select count(*) from item_slug) + (select count(*) from redirect) + (select count(*) from audit_entry) + (select count(*) from imported_text) as n`.execute(db.read as never)).rows[0]!.n

/** What Word writes is nobody's publication: it comes as a draft. */
const isPublic = (kind: Written) => kind !== 'docx'
let n = 0
const postOf = (kind: Written, change: Partial<Post> = {}): Post => {
  n++
  return { key: n, title: `Text ${n} of ${kind}`, body: `The network asks in text ${n} that the states listen to those who work.`, ...change }
}
const changed = (post: Post): Post => ({ ...post, body: `${post.body} It asks so once more.` })
async function broughtIn(kind: Written, post = postOf(kind)) {
  const [done] = oks(await run(write(kind, [post], folder)))
  return { post, ...done! }
}
async function writeHere(itemId: string, title: string) {
  now = now.add({ minutes: 1 })
  const { revisionId } = await act({ db }, (tx) => saveRevision(tx, itemId, 'en', { title, teaser: '', bodyMarkdown: 'Here.' }, NOTHING_FROZEN, 'person', now))
  await room.publish(itemId, 'en', revisionId, now)
}

describe.each(WRITTEN)('%s', (kind) => {
  test('twice the same: nothing changes, in no table', async () => {
    const { post, what } = await broughtIn(kind)
    expect(what).toBe('new')
    const before = await countRows()
    expect(oks(await run(write(kind, [post], folder)))).toMatchObject([{ what: 'nothing changed' }])
    expect(await countRows()).toBe(before)
  })

  test('changed there: a new revision of the same text', async () => {
    const { post, itemId, slug } = await broughtIn(kind)
    expect(oks(await run(write(kind, [changed(post)], folder)))).toEqual([{ itemId, slug, what: 'a new revision' }])
    expect(oks(await run(write(kind, [changed(changed(post))], folder)))).toEqual([{ itemId, slug, what: 'a new revision' }])
  })

  test('changed there and here: a draft beside it, once, and the words of people stay', async () => {
    const { post, itemId, slug } = await broughtIn(kind)
    await writeHere(itemId, 'A person wrote this')
    expect(oks(await run(write(kind, [post], folder)))).toMatchObject([{ itemId, what: 'nothing changed' }])
    const beside = await run(write(kind, [changed(post)], folder))
    expect(oks(beside)).toMatchObject([{ what: 'a draft beside it' }])
    expect(beside.join()).toContain(`beside /en/media/${slug}, which stays as people wrote it`)
    expect([await titleAt(slug), await titleAt(oks(beside)[0]!.slug)]).toEqual(['A person wrote this', undefined])
    const before = await countRows()
    expect(oks(await run(write(kind, [changed(post)], folder)))).toMatchObject([{ what: 'nothing changed' }])
    expect(await countRows()).toBe(before)
  })

  test('changed there, taken over, and then changed in both: still beside', async () => {
    const { post, itemId, slug } = await broughtIn(kind)
    await run(write(kind, [changed(post)], folder))
    await writeHere(itemId, 'Written later')
    expect(oks(await run(write(kind, [changed(changed(post))], folder)))).toMatchObject([{ what: 'a draft beside it' }])
    expect(await titleAt(slug)).toBe('Written later')
  })

  test('withdrawn here: never revived, changed or not', async () => {
    const { post, itemId, slug } = await broughtIn(kind)
    if (!isPublic(kind)) await writeHere(itemId, 'To be withdrawn')
    now = now.add({ minutes: 1 })
    await room.withdraw(itemId, 'en', now)
    for (const come of [post, changed(post)]) expect(oks(await run(write(kind, [come], folder)))).toEqual([{ itemId, slug, what: 'left as it is' }])
    expect(await titleAt(slug)).toBe('gone')
  })

  test('its address was changed here: it keeps that one', async () => {
    const { post, itemId } = await broughtIn(kind)
    const ours = `our-address-${post.key}`
    await act({ db }, (tx) => renameSlug(tx, itemId, 'en', ours, 'operator', now))
    expect(oks(await run(write(kind, [changed(post)], folder)))).toEqual([{ itemId, slug: ours, what: 'a new revision' }])
  })

  test('its address was changed there: ours stays, and it is no second text', async () => {
    const { post, itemId, slug } = await broughtIn(kind)
    const lines = oks(await run(write(kind, [{ ...post, slug: `moved-${post.key}` }], folder)))
    expect(lines).toMatchObject([{ itemId, slug }])
  })

  test('two texts that want one address: both come, the second with a number, and again so', async () => {
    const wanted = `wanted-${kind.replace(' ', '-')}`
    // Word files and press pages name no address: it is made of their titles.
    const ofTitle = kind === 'docx' || kind === 'press page'
    const posts = [1, 2].map((i) => postOf(kind, ofTitle ? { title: `${wanted}${'!'.repeat(i)}` } : { slug: wanted }))
    for (const what of ['new', 'nothing changed']) expect(oks(await run(write(kind, posts, folder)))).toMatchObject([{ slug: wanted, what }, { slug: `${wanted}-2`, what }])
  })

  test('broken in its midst: named with its place, the others are there, and mended it comes whole', async () => {
    const posts = [postOf(kind), postOf(kind), postOf(kind)]
    const lines = await run(writeBroken(kind, posts, folder))
    const left = lines.filter((line) => line.startsWith('left out'))
    expect(left).toHaveLength(1)
    expect(left[0]).toMatch(/left out .*(line \d+|post 2 \(.*\)|\.(docx|md|txt)): it/)
    // What is one stream of XML is lost from there on; JSON is lost as a whole; other files stand for themselves.
    const there = { wordpress: [0], rss: [0], atom: [0], 'json feed': [], ghost: [0, 2], docx: [0, 2], markdown: [0, 2], 'press page': [0, 2] }[kind]
    expect(oks(lines)).toHaveLength(there.length)
    if (isPublic(kind)) for (const [i, { slug }] of oks(lines).entries()) expect(await titleAt(slug)).toBe(posts[there[i]!]!.title)
    expect(oks(await run(write(kind, posts, folder))).map(({ what }) => what)).toEqual(posts.map((_, i) => ((there as number[]).includes(i) ? 'nothing changed' : 'new')))
  })
})
