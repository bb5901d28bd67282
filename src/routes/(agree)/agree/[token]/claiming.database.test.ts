// The rooms are joined here: what the media room records for a delegate stands on the digits that the people room compares.
import { isHttpError, isRedirect } from '@sveltejs/kit'
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { askSigner, wishSigner } from '#rooms/media/server/agreement-actions.ts'
import { findNewestWords } from '#rooms/media/server/agreement-queries.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import type { NoticeKind } from '#rooms/people/notice.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { writePin } from '#rooms/people/server/pin-row-actions.ts'
import { hashToken, newToken } from '#kernel/id/server/secret-token.ts'
import { standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { askedAt } from '../../asked.ts'
import { claiming, claimTyped } from './claiming.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-30T10:00:00Z')
const house = { db, clock: () => now } as unknown as App.Locals['house']
const token = newToken()
const pin = '902514'

const [organisationId, stranger] = await act({ db }, async (tx) => {
  const ids = [newId(), newId()] as const
  for (const id of ids) await tx.insertInto('organisation').values({ id, slug: `o-${id}`, createdAt: now } as never).execute()
  return ids
})
const ana = await standingPerson(db, 'ana', 'delegate', organisationId, now)
const itemId = await act({ db }, async (tx) => {
  await writePin(tx, ana.id, await hashPassword(pin), now)
  const editor = { id: ana.id, duties: [{ duty: 'editor', organisationId: stranger, lang: null }] }
  const id = await createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: stranger }, 'operator', now)
  for (const lang of ['es', 'ht']) await saveRevision(tx, id, lang, { title: lang, teaser: '', bodyMarkdown: 'Uno.' }, NOTHING_FROZEN, 'operator', now)
  await wishSigner(tx, editor, id, { organisationId, isShown: true }, now)
  await askSigner(tx, editor, id, { organisationId, delegate: { id: ana.id, duties: [{ duty: 'delegate', organisationId, lang: null }] }, drawn: (await findNewestWords(tx, id))!.hash, tokenHash: hashToken(token), deadline: null, channel: null }, now)
  return id
})
const claims = async () => (await db.read.selectFrom('languageClaim').select(['lang', 'claimedBy', 'givenBackAt']).execute())
const told = async (kind: NoticeKind = 'language-claimed') => (await db.read.selectFrom('deskNotice').select('kind').where('kind', '=', kind).where('subject', '=', itemId).execute()).length
async function sent(lang: string, typed: string, isGivenBack = false, isSure = isGivenBack) {
  try {
    const answer = await claiming({ house }, (await askedAt({ house, now }, token))!, token, { lang, isGivenBack, isSure }, typed)
    return [answer.status, answer.data.unclaimed]
  } catch (thrown) {
    if (isRedirect(thrown)) return [thrown.status, thrown.location.replace(token, '…')]
    if (isHttpError(thrown)) return [thrown.status]
    throw thrown
  }
}

test('a language is claimed, and given back, by her own six digits and no others; who asked her is told', async () => {
  for (const wrong of ['', '111222', pin.slice(1)]) expect(await sent('ht', wrong)).toEqual([400, 'wrong-pin'])
  expect([await claims(), await told()]).toEqual([[], 0])
  expect(await sent('fr', pin)).toEqual([400, 'no-language'])
  expect(await sent('ht', pin)).toEqual([303, '/agree/…?translations#translations'])
  expect([await claims(), await told()]).toEqual([[{ lang: 'ht', claimedBy: ana.id, givenBackAt: null }], 1])
  expect(await sent('ht', pin)).toEqual([409, 'claimed-already'])
  expect(await sent('ht', '111222', true)).toEqual([400, 'wrong-pin'])
  expect((await claims())[0]!.givenBackAt).toBeNull()
  expect(await sent('ht', pin, true, false), 'without the tick').toEqual([400, 'not-sure'])
  expect([(await claims())[0]!.givenBackAt, await told('language-given-back')]).toEqual([null, 0])
  expect(await sent('ht', pin, true)).toEqual([303, '/agree/…?translations#translations'])
  expect([(await claims())[0]!.givenBackAt !== null, await told('language-given-back')]).toEqual([true, 1])
})

test('she says of each language that she gives it back, by a tick of its own', () => {
  const form = (fields: Record<string, string>) => {
    const made = new FormData()
    for (const [name, value] of Object.entries(fields)) made.append(name, value)
    return claimTyped(made)
  }
  expect(form({ giveBack: 'ht' })).toEqual({ lang: 'ht', isGivenBack: true, isSure: false })
  expect(form({ giveBack: 'ht', sure: 'pt' })?.isSure).toBe(false)
  expect(form({ giveBack: 'ht', sure: 'ht' })?.isSure).toBe(true)
  expect(form({ claim: 'ht' })).toMatchObject({ lang: 'ht', isGivenBack: false })
  expect(form({ answer: 'agreed', sure: 'ht' })).toBeUndefined()
})
