import { type RawBuilder, sql } from 'kysely'
import '#rooms/people/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Organisation, Recognition } from '#rooms/people/organisation.ts'

type Row = Omit<Organisation, 'recognition'> & {
  recognition: (Omit<Recognition, 'recognisedOn'> & { recognisedOn: string }) | null
}

/** Organisations with all that belongs to them, in one statement. */
async function organisationsWhere(db: ReadDb, condition: RawBuilder<unknown>): Promise<Organisation[]> {
  const { rows } = await sql<Row>`
    select o.id, o.slug, o.logo_picture_id, o.agreed_to_be_shown_at,
      (select json_object_agg(t.lang, json_build_object('name', t.name, 'shortName', t.short_name, 'about', t.about))
        from organisation_text t where t.organisation_id = o.id) as texts,
      array(select place from organisation_place p where p.organisation_id = o.id order by place) as places,
      array(select field from organisation_field f where f.organisation_id = o.id order by field) as fields,
      array(select url from organisation_link l where l.organisation_id = o.id order by position) as links,
      (select json_build_object('recognisedOn', r.recognised_on, 'basis', r.basis, 'decidedBy', r.decided_by)
        from organisation_recognition r where r.organisation_id = o.id and r.ended_on is null) as recognition
    from organisation o where ${condition} order by o.id`.execute(db as never)
  return rows.map((row) => ({
    ...row,
    recognition: row.recognition && {
      ...row.recognition, recognisedOn: Temporal.PlainDate.from(row.recognition.recognisedOn),
    },
  }))
}

/** For whoever keeps the list: also one that has not agreed to be shown. */
export async function findOrganisation(db: ReadDb, id: string): Promise<Organisation | undefined> {
  return isId(id) ? (await organisationsWhere(db, sql`o.id = ${id}`))[0] : undefined
}

/** By its id or by the last part of its address, as an operator types it. Also one that has not agreed to be shown. */
export async function findOrganisationTyped(db: ReadDb, word: string): Promise<Organisation | undefined> {
  if (word.includes('\0')) return undefined // no text of the database can hold it
  return (await findOrganisation(db, word)) ?? (await organisationsWhere(db, sql`o.slug = ${word}`))[0]
}

/** For whoever keeps the list: all of them, in the order in which they were written down. */
export function listOrganisations(db: ReadDb): Promise<Organisation[]> {
  return organisationsWhere(db, sql`true`)
}

/** For readers: one that has agreed to be shown. Any other answers as one that never was. */
export async function findShownOrganisation(db: ReadDb, slug: string): Promise<Organisation | undefined> {
  return (await organisationsWhere(db, sql`o.slug = ${slug} and o.agreed_to_be_shown_at is not null`))[0]
}

/** For readers; to be sorted by `sortedByName`, since names sort otherwise in each language. */
export function listShownOrganisations(db: ReadDb): Promise<Organisation[]> {
  return organisationsWhere(db, sql`o.agreed_to_be_shown_at is not null`)
}

/** For readers: where those that agreed to be shown have their pages. */
export function listShownAddresses(db: ReadDb): Promise<{ id: string; slug: string }[]> {
  return db.selectFrom('organisation').select(['id', 'slug']).where('agreedToBeShownAt', 'is not', null).orderBy('id').execute()
}

/** The ids of all organisations that stand recognised as sex-worker-led: whose voice is guaranteed. */
export async function listRecognisedIds(db: ReadDb): Promise<string[]> {
  const rows = await db.selectFrom('organisationRecognition').select('organisationId')
    .where('endedOn', 'is', null).orderBy('organisationId').execute()
  return rows.map((row) => row.organisationId)
}
