// Houses for the tests of exports: real databases, real files, the operator's own words.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { exportCommand } from '../export-command.ts'
import { importCommand } from '../import-command.ts'

export const ROOT = mkdtempSync(join(tmpdir(), 'altavoz-export-'))
afterAll(() => rmSync(ROOT, { recursive: true, force: true }))
let count = 0
/** A path that nothing is at. */
export const newFolder = (name = 'export') => join(ROOT, `${name}-${++count}`)

/** A house whose clock the test moves; founded, and otherwise as a first start without starter content leaves it. */
export async function openTestHouse() {
  const { db, url } = await testDatabase()
  const dataDir = newFolder('data')
  const blobs = await openBlobs(db, join(dataDir, 'blobs'))
  const said: string[] = []
  const time = { now: Temporal.Instant.from('2026-11-24T15:00:00Z') }
  const house = { db, blobs, dataDir, settings: { origins: ['https://example.org'] }, clock: () => time.now, say: (line = '') => said.push(line) } as unknown as CommandHouse
  const found = () => act({ db }, (tx) => foundSite(tx, { zone: 'America/Bogota' }, Temporal.Instant.from('2026-11-01T00:00:00Z')))
  await found()
  const runs = async (command: typeof exportCommand, words: string[], options: Record<string, unknown>) => {
    said.length = 0
    const code = (await command.run(house, words, options)) ?? 0
    return { code, said: [...said] }
  }
  return {
    db, url, house, time, dataDir,
    later: (minutes = 1) => (time.now = time.now.add({ minutes })),
    export: (folder: string, options = {}) => runs(exportCommand, [folder], options),
    import: (folder: string, options = {}) => runs(importCommand, [folder], options),
    /** Back to a house of the first start. */
    async empty() {
      await db.transaction(async (tx) => {
        await sql`truncate item, item_translating, item_slug, revision, draft, typing, at_text, press_link, trashed_item, plan, library_file, library_blob, library_alt, consent, upload, translation_of, second_reading, desk_note, kind_need, signer_wish, signer_leaving_out, language_claim, agreement_ask, agreement_answer, person_pin, revision_blob, publication, item_correction, withdrawal, redirect, imported_text, search_word, starter_decision, topic, topic_text,
          organisation, organisation_text, organisation_place, organisation_field, organisation_link, organisation_recognition, recognition_proposal, recognition_voice, picture, picture_rendition, blob,
          person, person_duty, person_secret, recovery_code, session, entry_link, passkey, passkey_challenge, desk_notice, person_mail, mail_confirmation,
          recovery_request, recovery_confirmation, recovery_wrong_code, key_change,
          site, site_text, site_page, audit_entry, audit_seal`.execute(tx)
      })
      await found()
    },
  }
}
export type TestHouse = Awaited<ReturnType<typeof openTestHouse>>

/** What an export takes along: of files those that something names, and not when they came. */
const KEPT: Record<string, string> = {
  item: '*', item_slug: '*', revision: '*', draft: '*', revision_blob: '*', publication: '*', item_correction: '*', withdrawal: '*', redirect: '*', imported_text: '*', search_word: '*', starter_decision: '*',
  topic: '*', topic_text: '*', organisation: '*', organisation_text: '*', organisation_place: '*', organisation_field: '*', organisation_link: '*',
  organisation_recognition: '*', picture: '*', picture_rendition: '*', blob: 'hash, media_type, byte_size', site: '*', site_text: '*', site_page: '*',
}

const NAMED = `where hash in (select hash from revision_blob union select hash from picture_rendition union select source_hash from picture)`

/** Every row of every table that is taken along, in an order that is the same for the same rows. */
export async function rowsOf({ db }: TestHouse): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {}
  for (const [table, columns] of Object.entries(KEPT)) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from (select ${sql.raw(columns)} from ${sql.raw(table)} ${sql.raw(table === 'blob' ? NAMED : '')}) t order by 1`.execute(db.read as never)
    all[table] = rows.map(({ row }) => row)
  }
  return all
}
