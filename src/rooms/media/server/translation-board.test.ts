// What the database writes down of each item for the board of translations is what its revisions say, whatever was saved in which order.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Lang } from '#kernel/language/language.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { translationsIn } from '#rooms/media/server/testing/translations.ts'
import { findFollowed } from '#rooms/media/server/translation-queries.ts'

const { db } = await testDatabase()
const room = await translationsIn(db)
const { ana, lia, later, item, save, follows } = room
const TONGUES: Lang[] = ['pt', 'ht']

/** By the rule that a text's own page goes by: the words that it follows are not those that stand. */
async function stands(id: string): Promise<{ langs: string[]; behind: string[] }> {
  const source = (await findRevision(db.read, id, 'es'))!
  const [langs, behind]: [string[], string[]] = [['es'], []]
  for (const lang of TONGUES) {
    const followed = await findFollowed(db.read, id, lang)
    if (!followed) continue
    langs.push(lang)
    const words = await db.read.selectFrom('revision').select(['title', 'teaser', 'bodyMarkdown']).where('id', '=', followed.sourceId!).executeTakeFirstOrThrow()
    if (words.title !== source.title || words.teaser !== source.teaser || words.bodyMarkdown !== source.bodyMarkdown) behind.push(lang)
  }
  return { langs: langs.sort(), behind: behind.sort() }
}

type Step = { is: 'source'; body: string } | { is: 'translation'; lang: Lang; body: string; ticks: boolean } | { is: 'command'; lang: Lang; body: string } | { is: 'forget' }
const body = fc.constantFrom('Uno.', 'Uno y dos.', 'Tres.')
const lang = fc.constantFrom(...TONGUES)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ is: fc.constant('source' as const), body }), fc.record({ is: fc.constant('translation' as const), lang, body, ticks: fc.boolean() }),
  fc.record({ is: fc.constant('command' as const), lang, body }), fc.record({ is: fc.constant('forget' as const) }),
)

test('what is missing and behind is written down as the revisions say', async () => {
  const seen = new Set<number>()
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
    const id = await item()
    await save(id, 'es', 'Uno.', lia)
    for (const one of steps) {
      if (one.is === 'source') await save(id, 'es', one.body, lia)
      else if (one.is === 'translation') await save(id, one.lang, one.body, ana, await follows(id, one.ticks))
      else if (one.is === 'command') await db.transaction((tx) => saveRevision(tx, id, one.lang, { title: 'T', teaser: '', bodyMarkdown: one.body }, NOTHING_FROZEN, 'operator', later()))
      else await db.transaction((tx) => tx.deleteFrom('translationOf').where('revisionId', 'in', (eb) => eb.selectFrom('revision').select('id').where('itemId', '=', id)).execute())
      const { langs, behind } = await db.read.selectFrom('itemTranslating').select(['langs', 'behind']).where('itemId', '=', id).executeTakeFirstOrThrow()
      expect({ langs, behind }).toEqual(await stands(id))
      seen.add(behind.length)
    }
  }), { numRuns: 40 })
  // All of none, one and both behind came up.
  expect([...seen].sort()).toEqual([0, 1, 2])
}, 120_000)
