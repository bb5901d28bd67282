import '#rooms/media/server/tables.ts'
import '#rooms/media/server/translation-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { EVERY_TAG, announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'
import type { ExportedRedirects, ExportedTopics } from '#rooms/media/export/exported-item.ts'
import { obstacleToRedirect } from '#rooms/media/old-address.ts'

/**
 * Takes away all that a first start put here: only for a house in which nobody but the program has done anything. Nobody's
 * words are among it, and an export brings its own.
 */
export async function clearStarter(tx: Tx): Promise<void> {
  for (const table of ['translationOf', 'starterDecision', 'publication', 'revisionBlob', 'itemSlug', 'withdrawal', 'itemCorrection', 'redirect', 'importedText', 'revision', 'item', 'searchWord', 'topicText', 'topic'] as const) {
    await tx.deleteFrom(table).execute()
  }
}

/** Topics of an export that are not here, and names in languages in which those here have none. What stands here stays. */
export async function takeBackTopics(tx: Tx, topics: ExportedTopics, actor: string, now: Temporal.Instant): Promise<string[]> {
  const notes: string[] = []
  const added: ExportedTopics = []
  for (const topic of topics) {
    const { id, key, createdAt, names } = topic
    const here = await tx.selectFrom('topic').select('id').where('key', '=', key).executeTakeFirst()
    if (!here) {
      await tx.insertInto('topic').values({ id, key, createdAt, mergedInto: null, mergedAt: null }).execute()
      added.push(topic)
    }
    for (const [lang, name] of Object.entries(names)) {
      const topicId = here?.id ?? id
      const isNew = await tx.insertInto('topicText').values({ topicId, lang, name }).onConflict((oc) => oc.doNothing()).returning('lang').executeTakeFirst()
      const other = isNew ? undefined : await tx.selectFrom('topicText').select('name').where('topicId', '=', topicId).where('lang', '=', lang).executeTakeFirst()
      if (other && other.name !== name) notes.push(`the topic ${key} is “${other.name}” here in ${lang}, and “${name}” there: it stays as it is`)
    }
  }
  for (const { id, mergedInto, mergedAt } of added) {
    if (mergedInto === null) continue
    const into = topics.find((one) => one.id === mergedInto)
    const kept = into && (await tx.selectFrom('topic').select('id').where('key', '=', into.key).where('mergedInto', 'is', null).executeTakeFirst())
    if (kept) await tx.updateTable('topic').set({ mergedInto: kept.id, mergedAt: mergedAt ?? now }).where('id', '=', id).execute()
  }
  if (added.length > 0) {
    await record(tx, { actor, act: 'take-back-topics', subject: 'site', detail: { keys: added.map(({ key }) => key) } }, now)
    await announce(tx, [EVERY_TAG])
  }
  return notes
}

/** Old addresses that lead to pages of the site. Whoever came first keeps one. */
export async function takeBackSiteRedirects(tx: Tx, redirects: ExportedRedirects): Promise<void> {
  for (const { address, ownPath, createdAt } of redirects) {
    if (obstacleToRedirect(address, { ownPath })) throw new NotAsWritten(`redirects.yaml leads “${address.slice(0, 100)}” where no redirect may lead`)
    await tx.insertInto('redirect').values({ address, itemId: null, lang: null, ownPath, createdAt }).onConflict((oc) => oc.doNothing()).execute()
  }
}
