import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { describedAs, type LibraryFile } from '#rooms/media/library.ts'
import { type Described, describeFile, lockFile } from '#rooms/media/server/library-actions.ts'
import { findFile } from '#rooms/media/server/library-queries.ts'
import { openLibrary } from '#rooms/media/server/testing/library.ts'

const { db, later, ORG, added } = await openLibrary()
const say = (id: string, words: Described, drawn: string, actor = 'ana') => act({ db }, async (tx) => describeFile(tx, (await lockFile(tx, id))!, words, drawn, actor, later()))
const said = async (id: string) => {
  const { name, credit, licence, alts } = (await findFile(db.read, id)) as LibraryFile
  return { name, credit, licence, alts }
}
const WORDS: Described = { name: 'marcha', credit: 'Red X', licence: 'CC BY 4.0', alts: { es: 'Paraguas rojos', ht: '' } }

test('a form drawn before a colleague said anything writes nothing over, and says what stands; saved again from there it does', async () => {
  const file = await added(ORG)
  const drawn = describedAs(file, ['es', 'ht'])
  expect(await say(file.id, WORDS, drawn)).toBeNull()
  const hers: Described = { name: 'otra', credit: '', licence: '', alts: { es: 'Gente', ht: 'Moun' } }
  const meanwhile = await say(file.id, hers, drawn, 'bel')
  expect([await said(file.id), meanwhile]).toEqual([{ ...WORDS, alts: { es: 'Paraguas rojos' } }, { stands: describedAs(WORDS, ['ht', 'es']) }])
  const entries = await db.read.selectFrom('auditEntry').select('actor').where('subject', '=', `library-file:${file.id}`).where('act', '=', 'describe-library-file').execute()
  expect(entries, 'what was not done is not in the log').toEqual([{ actor: 'ana' }])
  expect([await say(file.id, hers, meanwhile!.stands, 'bel'), await said(file.id)]).toEqual([null, hers])
})

test('what a colleague said in a language that is not hers is nothing to her form', async () => {
  const file = await added(ORG)
  expect(await say(file.id, { ...WORDS, name: file.name, credit: '', licence: '', alts: { fr: 'Des parapluies' } }, describedAs(file, ['fr']))).toBeNull()
  expect(await say(file.id, WORDS, describedAs(file, ['es', 'ht']), 'bel')).toBeNull()
  expect((await said(file.id)).alts).toEqual({ es: 'Paraguas rojos', fr: 'Des parapluies' })
})

test('of two who save at once the second is told', async () => {
  const file = await added(ORG)
  const drawn = describedAs(file, ['es', 'ht'])
  const both = await Promise.all([say(file.id, WORDS, drawn), say(file.id, { ...WORDS, name: 'otra' }, drawn, 'bel')])
  expect(both.filter((one) => one === null)).toHaveLength(1)
})
