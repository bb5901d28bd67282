import { act } from '#kernel/database/act.ts'
import type { Databases } from '#kernel/database/databases.ts'
import { newId } from '#kernel/id/id.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { letGoOut } from '#rooms/media/server/going-out-actions.ts'
import { createItem, lockItem } from '#rooms/media/server/item-actions.ts'
import { readAs, recordReading } from '#rooms/media/server/reading-actions.ts'
import { listTextStandings, seenOf } from '#rooms/media/server/text-standing-queries.ts'
import { findFollowed } from '#rooms/media/server/translation-queries.ts'
import { saveTyped, type Translating } from '#rooms/media/server/writing-actions.ts'
import type { Verdict } from '#rooms/media/second-reading.ts'

/** A text's source and translation, and what three people do with them, a minute after each other. */
export async function translationsIn(db: Databases) {
  let now = Temporal.Instant.from('2026-11-30T10:00:00Z')
  const later = () => (now = now.add({ minutes: 1 }))
  const [ana, rosa, lia] = [newId(), newId(), newId()]
  await act({ db }, (tx) => tx.insertInto('person').values([ana, rosa, lia].map((id, n) => ({ id, name: `p-${n}`, signInName: `p-${n}`, signInKey: `p-${n}`, lang: 'en', createdAt: now, endedAt: null }))).execute())
  const in_ = <T>(change: Parameters<typeof act<T>>[1]) => act({ db }, change)

  const item = (kind: 'news' | 'statement' = 'news', keptBy?: string) => in_((tx) => createItem(tx, { kind, originalLang: 'es', ...(keptBy && { keptBy }) }, ana, later()))
  const save = (id: string, lang: string, bodyMarkdown: string, by = ana, translating?: Translating) => in_(async (tx) => {
    await lockItem(tx, id)
    const saved = await saveTyped(tx, id, 'es', lang, { title: `T ${lang} ${bodyMarkdown.length}`, teaser: '', bodyMarkdown, baseId: (await findRevision(tx, id, lang))?.id ?? null }, undefined, by, later(), translating)
    if (!saved.saved) throw new Error(saved.obstacle)
    return saved.revisionId
  })
  const source = async (id: string) => (await findRevision(db.read, id, 'es'))!.id
  const follows = async (id: string, isFollowing = true): Promise<Translating> => ({ sourceId: await source(id), isFollowing, byMachine: false })
  const followed = async (id: string, lang = 'pt') => (await findFollowed(db.read, id, lang))!
  const say = async (id: string, who: string, verdict: Verdict = 'good', note = '', lang = 'pt', read?: string) => {
    const drawn = read ?? readAs(await followed(id, lang))
    return in_((tx) => recordReading(tx, { itemId: id, lang, read: drawn, verdict, note }, who, later()))
  }
  const letOut = async (id: string, lang = 'pt', by = ana, at?: Temporal.Instant) => {
    const [text] = await listTextStandings(db.read, id, later(), lang)
    return in_((tx) => letGoOut(tx, id, { lang, seen: seenOf(text!), zone: 'UTC', nameSigners: async () => [], ledAmong: async () => [], ...(at && { at }) }, by, now))
  }
  const acts = async (id: string) => (await db.read.selectFrom('auditEntry').select('act').where('subject', '=', `item:${id}`).orderBy('id').execute()).map((one) => one.act)
  /** A text with a translation by Ana. */
  const translated = async () => {
    const id = await item()
    await save(id, 'es', 'Uno.\n\nDos.', lia)
    await save(id, 'pt', 'Um.\n\nDois.', ana, await follows(id))
    return id
  }
  return { ana, rosa, lia, later, in_, item, save, source, follows, followed, say, letOut, acts, translated, get now() { return now } }
}
