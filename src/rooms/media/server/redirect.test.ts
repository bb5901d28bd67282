import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { oldAddressesOf, type RedirectTarget } from '#rooms/media/old-address.ts'
import { renameSlug } from '#rooms/media/server/item-actions.ts'
import { recordRedirect } from '#rooms/media/server/redirect-actions.ts'
import { findRedirect } from '#rooms/media/server/redirect-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (minutes: number) => start.add({ minutes })
const keep = (link: string, target: RedirectTarget) => act({ db }, (tx) => recordRedirect(tx, link, target, 'operator', start))
const find = (address: string, now = later(60)) => {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  return findRedirect(db.read, oldAddressesOf(pathname, searchParams), now)
}
const leadsTo = (path: string) => ({ found: 'moved', path })

/** A text that is out from the start on, with its address. */
async function published(lang: string, title: string, from = start) {
  const itemId = await room.item('statement', start)
  const { revisionId, slug } = await room.save(itemId, lang, title, start)
  await room.publish(itemId, lang, revisionId, start, from)
  return { itemId, lang, slug }
}

test('an old address leads to where its text stands now, in its language, also after that moved', async () => {
  const { itemId } = await published('es', 'Un texto viejo')
  for (const link of ['https://old.example/?p=123', 'https://old.example/2019/05/un-texto/']) expect(await keep(link, { itemId, lang: 'es' })).toBeNull()
  for (const address of ['/?p=123', '/index.php?p=123&utm=x', '/2019/05/un-texto', '/2019/05/un-texto/?fbclid=1', '/2019/05/un-texto/?p=999']) {
    expect(await find(address), address).toEqual(leadsTo('/es/media/un-texto-viejo'))
  }
  await act({ db }, (tx) => renameSlug(tx, itemId, 'es', 'un-texto-nuevo', 'operator', later(5)))
  expect(await find('/?p=123')).toEqual(leadsTo('/es/media/un-texto-nuevo'))
  for (const unknown of ['/?p=124', '/2019/05/un-text', '/?page_id=123', '/2019/05']) expect(await find(unknown), unknown).toBeUndefined()
})

test('with two names for one address the nearer one counts', async () => {
  const one = await published('en', 'The first of two')
  const two = await published('en', 'The second of two')
  await keep('/blog/', { itemId: one.itemId, lang: 'en' })
  await keep('/blog/?p=9', { itemId: two.itemId, lang: 'en' })
  expect(await find('/blog/?p=9')).toEqual(leadsTo('/en/media/the-second-of-two'))
  expect(await find('/blog/?p=8')).toEqual(leadsTo('/en/media/the-first-of-two'))
})

test('the old address of a draft, of an embargoed text and of a waiting translation leads nowhere, until its hour', async () => {
  const { itemId } = await published('en', 'Waits for its hour', later(30))
  const draft = await room.item('news', start)
  await room.save(draft, 'en', 'Only a draft', start)
  await room.save(itemId, 'es', 'Espera', start)
  await keep('/?p=30', { itemId, lang: 'en' })
  await keep('/?p=31', { itemId: draft, lang: 'en' })
  await keep('/?p=32', { itemId, lang: 'es' })
  for (const address of ['/?p=30', '/?p=31', '/?p=32', '/?p=33']) expect(await find(address, later(29)), address).toBeUndefined()
  expect(await find('/?p=30', later(30))).toEqual(leadsTo('/en/media/waits-for-its-hour'))
  for (const address of ['/?p=31', '/?p=32']) expect(await find(address, later(30)), address).toBeUndefined()
})

test('the old address of a withdrawn text leads to its notice; of one removed for safety, not even its name is told', async () => {
  const gone = await published('en', 'Withdrawn later')
  await keep('/?p=40', gone)
  await room.withdraw(gone.itemId, 'en', later(10))
  expect(await find('/?p=40')).toEqual(leadsTo('/en/media/withdrawn-later'))
  const danger = await published('en', 'A person in danger')
  await keep('/?p=41', danger)
  const removal = { itemId: danger.itemId, lang: 'en', why: 'She was threatened.', reason: 'removed_for_safety' } as const
  await act({ db }, (tx) => withdrawText(tx, removal, 'operator', later(10)))
  expect(await find('/?p=41')).toEqual({ found: 'removed-for-safety', lang: 'en', at: later(10) })
})

test('what is kept stays: the same again changes nothing, and another text does not take the address over', async () => {
  const one = await published('en', 'Was here first')
  const two = await published('en', 'Comes second')
  expect(await keep('https://old.example/shared/', one)).toBeNull()
  const count = () => db.read.selectFrom('auditEntry').select((eb) => eb.fn.countAll().as('n')).where('act', '=', 'record-redirect').executeTakeFirstOrThrow()
  const before = await count()
  expect(await keep('http://www.old.example/shared?from=feed', one)).toBeNull()
  expect(await keep('/shared', two)).toBe('taken')
  expect(await keep('/shared', { ownPath: '/es/' })).toBe('taken')
  expect(await count()).toEqual(before)
  expect(await find('/shared')).toEqual(leadsTo('/en/media/was-here-first'))
})

test('an old feed leads to a feed of this site, and nothing leads out of it', async () => {
  expect(await keep('https://old.example/?feed=rss2', { ownPath: '/es/media/feed.atom' })).toBeNull()
  expect(await find('/?feed=rss2')).toEqual(leadsTo('/es/media/feed.atom'))
  expect(await keep('/out', { ownPath: '//evil.example' })).toBe('not-our-page')
  expect(await find('/out')).toBeUndefined()
  // The table refuses by itself what the rule let through.
  for (const ownPath of ['//evil.example', 'https://evil.example', '/\\evil.example', null]) {
    const row = { address: '/out', itemId: null, lang: null, ownPath, createdAt: start }
    await expect(db.transaction((tx) => tx.insertInto('redirect').values(row).execute())).rejects.toThrow(/check constraint/)
  }
})

test('an unknown address costs one look into an index', async () => {
  await db.transaction((tx) => sql`insert into redirect (address, own_path, created_at)
    select '/?p=' || n, '/es/', now() from generate_series(1000000, 1020000) n`.execute(tx))
  await db.transaction((tx) => sql`select count(*) from redirect`.execute(tx))
  const { rows } = await sql<Record<string, string>>`explain select from redirect where address = any(${['/a?p=1', '/a']}::text[])`.execute(db.read as never)
  expect(rows.map((row) => Object.values(row)[0]).join('\n')).toMatch(/redirect_pkey/)
})
