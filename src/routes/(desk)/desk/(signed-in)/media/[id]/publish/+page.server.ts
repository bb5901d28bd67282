import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { newToken } from '#kernel/id/server/secret-token.ts'
import { WITHDRAWAL_REASONS, type WithdrawalReason } from '#rooms/media/item.ts'
import { hourMeant, zonesFrom } from '#rooms/media/going-out.ts'
import { callOff, correctText, findSigning, letGoOut, type SeenText, setAddress, takeDown } from '#rooms/media/server/going-out-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { endPressLink, makePressLink } from '#rooms/media/server/press-link-actions.ts'
import { listPressLinks } from '#rooms/media/server/press-link-queries.ts'
import { readAs, recordReading } from '#rooms/media/server/reading-actions.ts'
import { listTextStandings } from '#rooms/media/server/text-standing-queries.ts'
import { findFollowed, findReadingState } from '#rooms/media/server/translation-queries.ts'
import { undoPublication } from '#rooms/media/server/undo-actions.ts'
import { isSteward } from '#rooms/media/keeping.ts'
import { mayPublish } from '#rooms/media/writing.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { headOf, inItem, itemAt } from '../../../../../item-desk.ts'
import { ledAmong } from '../../../../../led-among.ts'
import { namedSigners } from '../../../../../named-signers.ts'
import { linkShown, type Standing, textShown } from '../../../../../publishing-shown.ts'
import { signedIn } from '../../../../../signed-in.ts'
import { formOf, typed } from '../../../../../typed.ts'

const DONE = ['published', 'scheduled', 'called-off', 'undone', 'corrected', 'withdrawn', 'address', 'ended', 'unread'] as const
type Done = (typeof DONE)[number]

export const load = (async ({ locals, params, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, reading: { db, now } } = locals
  const item = await itemAt(locals, params.id)
  const { zone } = await locals.house.site.get()
  const [texts, links] = [await listTextStandings(db, item.id, now), await listPressLinks(db, item.id)]
  const may = texts.filter((text) => mayPublish(who, item, text.lang)).map((text) => text.lang)
  const standing = new Map<string, Standing>()
  for (const { lang: tongue } of texts) {
    const [signing, reading, followed] = [await findSigning(db, item, tongue, who.id, ledAmong, now), await findReadingState(db, item.id, tongue), await findFollowed(db, item.id, tongue)]
    standing.set(tongue, { signing, reading: reading!, read: readAs(followed!), claimers: await namesOf(db, signing.claimerIds ?? [], lang) })
  }
  const read = [...standing.values()].flatMap(({ reading }) => (reading.last ? [reading.last.readBy] : []))
  const names = await listNames(db, [...read, ...texts.flatMap(({ savedBy, here }) => [savedBy, ...(here ? [here.decidedBy] : [])])])
  const asked = (name: string) => url.searchParams.get(name) ?? ''
  const tomorrow = now.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 }).toString()
  return {
    head: headOf(item, item.originalLang, lang), may,
    texts: texts.map((text) => textShown(text, { itemId: item.id, ...standing.get(text.lang)!, isSteward: isSteward(who.duties), names, lang, zone, now })),
    // Which newsrooms read is for those who can end a link.
    links: links.filter((link) => may.includes(link.lang)).map((link) => linkShown(link, lang)),
    zones: zonesFrom(zone), typedFirst: { day: tomorrow, hour: '09:00', zone },
    done: DONE.find((one) => one === asked('done')) ?? null, doneIn: asked('in').slice(0, 20),
  }
}) satisfies PageServerLoad

async function namesOf(db: Parameters<typeof findOrganisation>[0], ids: readonly string[], lang: string): Promise<string[]> {
  const found = await Promise.all(ids.map((id) => findOrganisation(db, id)))
  return found.flatMap((one) => (one ? nameIn(one.texts, lang).text : []))
}

/** Of what readers are told about a correction or a withdrawal. What is longer is kept in its field, to be shortened. */
const LONGEST_NOTE = 2000
const typedNote = (form: FormData, name: string) => typed(form, name, 200_000)

/** The text that a form is about, as it was drawn. */
const seenIn = (form: FormData): SeenText => ({ lang: typed(form, 'lang', 20), seen: typed(form, 'seen', 200) })

/** Each act is for whoever publishes this language of this item, and of the rows as they stand. */
function publishing<T>({ locals: { house, viewer }, params }: { locals: App.Locals; params: { id?: string } }, lang: string, change: Parameters<typeof inItem<T>>[4]): Promise<T> {
  return inItem(house, viewer, params.id ?? '', (who, item) => mayPublish(who, item, lang), change)
}

/** Back to the page, which says what was done; or what stood in the way, with what was typed. */
function answer<T extends object>(params: { id?: string }, lang: string, obstacle: string | null, done: Done, kept: T) {
  if (obstacle === 'not-found') error(404)
  if (obstacle === null) redirect(303, `/desk/media/${params.id}/publish?done=${done}&in=${lang}#text-${lang}`)
  return fail(obstacle === 'changed-meanwhile' || obstacle === 'not-standing' ? 409 : 400, { lang, problem: obstacle, ...kept })
}

export const actions = {
  async now(event) {
    const seen = seenIn(await formOf(event.request))
    const { zone } = await event.locals.house.site.get()
    const obstacle = await publishing(event, seen.lang, (tx, who, item, now) => letGoOut(tx, item.id, { ...seen, zone, nameSigners: namedSigners, ledAmong }, who.id, now))
    return answer(event.params, seen.lang, obstacle, 'published', {})
  },
  async schedule(event) {
    const form = await formOf(event.request)
    const [seen, hour] = [seenIn(form), { day: typed(form, 'day', 20), hour: typed(form, 'hour', 20), zone: typed(form, 'zone', 60) }]
    const { zone } = await event.locals.house.site.get()
    const obstacle = await publishing(event, seen.lang, async (tx, who, item, now) => {
      const meant = hourMeant(hour, zone, now)
      return 'at' in meant ? letGoOut(tx, item.id, { ...seen, at: meant.at, zone, nameSigners: namedSigners, ledAmong }, who.id, now) : meant.obstacle
    })
    return answer(event.params, seen.lang, obstacle, 'scheduled', { hour })
  },
  /** A steward lets a text go out that no second reader has found right, and says why: it stays on record and on this page. */
  async unread(event) {
    const form = await formOf(event.request)
    const [{ lang }, read, note] = [seenIn(form), typed(form, 'read', 100), typedNote(form, 'why')]
    const { locals: { house, viewer }, params } = event
    const obstacle = await inItem(house, viewer, params.id ?? '', (who) => isSteward(who.duties), (tx, who, item, now) => recordReading(tx, { itemId: item.id, lang, read, verdict: 'without', note }, who.id, now))
    return answer(params, lang, obstacle === 'no-note' ? 'no-unread-reason' : obstacle, 'unread', { unread: note })
  },
  async callOff(event) {
    const seen = seenIn(await formOf(event.request))
    const obstacle = await publishing(event, seen.lang, (tx, who, item, now) => callOff(tx, item.id, seen, who.id, now))
    return answer(event.params, seen.lang, obstacle === 'not-waiting' ? 'changed-meanwhile' : obstacle, 'called-off', {})
  },
  async undo(event) {
    const form = await formOf(event.request)
    const [{ lang }, publicationId] = [seenIn(form), typed(form, 'publication', 40)]
    const obstacle = await publishing(event, lang, (tx, who, item, now) => undoPublication(tx, { itemId: item.id, lang, publicationId }, who.id, now))
    return answer(event.params, lang, obstacle, 'undone', {})
  },
  async address(event) {
    const form = await formOf(event.request)
    const [seen, slug] = [seenIn(form), typed(form, 'slug', 200).trim()]
    const obstacle = await publishing(event, seen.lang, (tx, who, item, now) => setAddress(tx, item.id, { ...seen, slug }, who.id, now))
    return answer(event.params, seen.lang, obstacle, 'address', { slug })
  },
  async correct(event) {
    const form = await formOf(event.request)
    const [seen, note] = [seenIn(form), typedNote(form, 'note')]
    const obstacle = await publishing(event, seen.lang, async (tx, who, item, now) => (note.length > LONGEST_NOTE ? 'too-long' : correctText(tx, item.id, { ...seen, note }, who.id, now)))
    return answer(event.params, seen.lang, obstacle, 'corrected', { note })
  },

  /** Asked once: the first time it says what will happen; from there it is done. */
  async withdraw(event) {
    const form = await formOf(event.request)
    const [seen, withdrawal] = [seenIn(form), { reason: typed(form, 'reason', 40), why: typedNote(form, 'why'), replacement: typed(form, 'replacement', 300).trim() }]
    const reason = WITHDRAWAL_REASONS.find((one) => one === withdrawal.reason)
    const obstacle = await publishing(event, seen.lang, async (tx, who, item, now) => {
      if (!reason) return 'no-choice'
      const replacedBy = reason === 'replaced' ? await itemNamed(tx, seen.lang, withdrawal.replacement, item.id, now) : undefined
      if (reason === 'replaced' && !replacedBy) return 'no-replacement'
      if (reasonFor(reason, withdrawal.why) === '') return 'no-reason'
      if (withdrawal.why.length > LONGEST_NOTE) return 'too-long'
      if (form.get('sure') !== 'on') return 'told'
      return takeDown(tx, item.id, { ...seen, reason, why: reasonFor(reason, withdrawal.why), ...(replacedBy && { replacedBy }) }, who.id, now)
    })
    if (obstacle === 'told') return { lang: seen.lang, problem: null, told: seen, withdrawal }
    return answer(event.params, seen.lang, obstacle, 'withdrawn', { withdrawal })
  },

  async makeLink(event) {
    const form = await formOf(event.request)
    const [{ lang }, newsroom, token] = [seenIn(form), typed(form, 'newsroom', 200), newToken()]
    const obstacle = await publishing(event, lang, (tx, who, item, now) => makePressLink(tx, { itemId: item.id, lang, newsroom, token }, who.id, now))
    if (obstacle === null) return { lang, problem: null, made: { newsroom, path: `/press-preview/${token}` } }
    return obstacle === 'not-found' ? error(404) : fail(400, { lang, problem: obstacle, newsroom })
  },
  async endLink(event) {
    const form = await formOf(event.request)
    const [{ lang }, linkId] = [seenIn(form), typed(form, 'link', 40)]
    const isEnded = await publishing(event, lang, (tx, who, item, now) => endPressLink(tx, { itemId: item.id, lang, linkId }, who.id, now))
    return answer(event.params, lang, isEnded ? null : 'not-found', 'ended', {})
  },
} satisfies Actions

/** Where somebody would be in danger nobody is asked to write why: readers are told the day alone. */
const reasonFor = (reason: WithdrawalReason, why: string) => (reason === 'removed_for_safety' ? '–' : why.trim())

/** The text that readers find at an address of this site, or at its last part. */
async function itemNamed(db: Parameters<typeof findPublishedItem>[0], lang: string, address: string, itemId: string, now: Temporal.Instant): Promise<string | undefined> {
  const slug = decoded(address.replace(/[?#].*$/, '').replace(/\/$/, '').split('/').at(-1) ?? '')
  const found = slug === '' ? undefined : await findPublishedItem(db, lang, slug, now)
  return found?.answer.found === 'item' && found.itemId !== itemId ? found.itemId : undefined
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
