import '#rooms/people/server/tables.ts'
import type { Act } from '#kernel/audit/acts.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { isSlug, type ObstacleToOrganisation, obstacleToOrganisation, type OrganisationWords } from '#rooms/people/organisation.ts'

export type AddOutcome =
  | { added: true; id: string }
  | { added: false; obstacle: ObstacleToOrganisation | 'malformed-slug' | 'slug-taken' }

/** Writes an organisation down. Readers do not see it before `recordAgreementToBeShown`. */
export async function addOrganisation(
  tx: Tx, slug: string, words: OrganisationWords, actor: string, now: Temporal.Instant,
): Promise<AddOutcome> {
  const obstacle = obstacleToOrganisation(words)
  if (obstacle) return { added: false, obstacle }
  if (!isSlug(slug)) return { added: false, obstacle: 'malformed-slug' }
  const id = newId()
  const inserted = await tx.insertInto('organisation')
    .values({ id, slug, createdAt: now, logoPictureId: null, agreedToBeShownAt: null, agreementRecordedBy: null })
    .onConflict((oc) => oc.column('slug').doNothing()).returning('id').executeTakeFirst()
  if (!inserted) return { added: false, obstacle: 'slug-taken' }
  await writeWords(tx, id, words)
  await record(tx, { actor, act: 'add-organisation', subject: `organisation:${id}` }, now)
  return { added: true, id }
}

/** Replaces what is said of an organisation. Texts that it signed keep the name that they were signed with. */
export async function editOrganisation(
  tx: Tx, id: string, words: OrganisationWords, actor: string, now: Temporal.Instant,
): Promise<ObstacleToOrganisation | 'not-found' | null> {
  const obstacle = obstacleToOrganisation(words)
  if (obstacle) return obstacle
  if (!(await lockOrganisation(tx, id))) return 'not-found'
  for (const table of ['organisationText', 'organisationPlace', 'organisationField', 'organisationLink'] as const) {
    await tx.deleteFrom(table).where('organisationId', '=', id).execute()
  }
  await writeWords(tx, id, words)
  return done(tx, id, 'edit-organisation', actor, now)
}

/** Gives an organisation a name in one language; what it says of itself there, and its other languages, stay. */
export async function nameOrganisation(
  tx: Tx, id: string, lang: Lang, names: { name: string; shortName: string | null }, actor: string, now: Temporal.Instant,
): Promise<ObstacleToOrganisation | 'not-found' | null> {
  const text = { name: names.name.trim(), shortName: names.shortName?.trim() || null }
  const obstacle = obstacleToOrganisation({ texts: { [lang]: { ...text, about: '' } }, places: [], fields: [], links: [] })
  if (obstacle) return obstacle
  if (!(await lockOrganisation(tx, id))) return 'not-found'
  await tx.insertInto('organisationText').values({ organisationId: id, lang, ...text, about: '' })
    .onConflict((oc) => oc.columns(['organisationId', 'lang']).doUpdateSet(text)).execute()
  return done(tx, id, 'name-organisation', actor, now)
}

/** The organisation said yes to being shown by name and logo. Silence is never that. */
export async function recordAgreementToBeShown(tx: Tx, id: string, actor: string, now: Temporal.Instant): Promise<'not-found' | null> {
  if (!(await lockOrganisation(tx, id))) return 'not-found'
  await tx.updateTable('organisation').set({ agreedToBeShownAt: now, agreementRecordedBy: actor })
    .where('id', '=', id).where('agreedToBeShownAt', 'is', null).execute()
  return done(tx, id, 'record-agreement-to-be-shown', actor, now)
}

/** The organisation no longer wants to be shown: it is gone from public pages at once. The audit keeps when it was. */
export async function endAgreementToBeShown(tx: Tx, id: string, actor: string, now: Temporal.Instant): Promise<'not-found' | null> {
  if (!(await lockOrganisation(tx, id))) return 'not-found'
  await tx.updateTable('organisation').set({ agreedToBeShownAt: null, agreementRecordedBy: null }).where('id', '=', id).execute()
  return done(tx, id, 'end-agreement-to-be-shown', actor, now)
}

/** Gives it a logo that is already kept, or takes the logo away with null. */
export async function setLogo(tx: Tx, id: string, pictureId: string | null, actor: string, now: Temporal.Instant): Promise<'not-found' | null> {
  if (!(await lockOrganisation(tx, id))) return 'not-found'
  await tx.updateTable('organisation').set({ logoPictureId: pictureId }).where('id', '=', id).execute()
  return done(tx, id, 'set-logo', actor, now)
}

/** Locks the row, so that two who act on one organisation take turns. */
export function lockOrganisation(tx: Tx, id: string): Promise<{ id: string } | undefined> {
  return tx.selectFrom('organisation').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
}

async function done(tx: Tx, id: string, act: Act, actor: string, now: Temporal.Instant): Promise<null> {
  await record(tx, { actor, act, subject: `organisation:${id}` }, now)
  await announce(tx, [`organisation:${id}`, 'list:organisations'])
  return null
}

async function writeWords(tx: Tx, organisationId: string, words: OrganisationWords) {
  await tx.insertInto('organisationText')
    .values(Object.entries(words.texts).map(([lang, text]) => ({ organisationId, lang, ...text, name: text.name.trim() }))).execute()
  const places = [...new Set(words.places)].map((place) => ({ organisationId, place }))
  const fields = [...new Set(words.fields)].map((field) => ({ organisationId, field }))
  const links = [...new Set(words.links)].map((url, position) => ({ organisationId, url, position }))
  if (places.length > 0) await tx.insertInto('organisationPlace').values(places).execute()
  if (fields.length > 0) await tx.insertInto('organisationField').values(fields).execute()
  if (links.length > 0) await tx.insertInto('organisationLink').values(links).execute()
}
