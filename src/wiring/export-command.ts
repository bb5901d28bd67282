import { join, resolve } from 'node:path'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { type ExportWriter, openExportWriter } from '#kernel/export/server/export-writer.ts'
import { takeOutSite } from '#kernel/site/server/site-export.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { takeOutMedia } from '#rooms/media/server/item-export.ts'
import { showCount } from '#rooms/media/server/import-report.ts'
import { takeOutOrganisations } from '#rooms/people/server/organisation-export.ts'

const README = `This is an export of Altavoz.

items/          one folder a text, named by its day and its address; one .md file a language, older ones in revisions/
files/          pictures, documents and recordings, each in a folder named by the hash of its bytes
organisations/  one file each
pages/          the fixed pages
site.yaml       settings of the site; topics.yaml, redirects.yaml: what their names say
SHA256SUMS      the hash of every file:  sha256sum --check SHA256SUMS

Take it back with:  bin/altavoz import FOLDER
What anyone may change here is the newest .md file of a language: changed words come back as a draft.
`

const WHAT = {
  everything: 'It holds drafts, texts under embargo, and organisations that have not agreed to be shown, all in plain text: only you may read this folder. Keep it on an encrypted disk.',
  public: 'It holds what readers can see now, and nothing else: no drafts, no older texts, no notices. It is for reading, not for moving house.',
}

/** Puts the rooms together: everything that a house keeps of its own, in one folder. */
export const exportCommand: Command = {
  usage: 'export <folder>',
  description: 'write all texts, files, redirects, organisations and settings into a new folder, as Markdown that anyone can read',
  options: [{ flag: '--public', description: 'only what readers can see now' }],
  examples: ['export /safe/altavoz-2026-11-29', 'export texts-to-share --public'],
  async run(house, [word = ''], options) {
    const folder = resolve(word)
    const out = await openExportWriter(folder)
    try {
      // One moment of everything; files are written after, since their bytes never change.
      const counts = await house.db.snapshot((db) => takeOut(house, db, out, options.public === true))
      house.say(`ok: ${Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(', ')} in ${folder}`)
    } catch (error) {
      await out.abandon()
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Refusal(`The disk of ${folder} is full. Nothing is left of this export; make room and try again.`)
      throw error
    }
    house.say(`  note: ${WHAT[options.public === true ? 'public' : 'everything']}`)
  },
}

async function takeOut(house: CommandHouse, db: ReadDb, out: ExportWriter, onlyPublic: boolean): Promise<Record<string, number>> {
  const now = house.clock()
  const site = await findSite(db)
  if (!site) throw new Refusal('This installation has no site yet: there is nothing to export.')
  const blobFolder = join(house.dataDir, 'blobs')
  const progress = showCount()
  await out.put('README.txt', README)
  const pages = await takeOutSite(out, db)
  const organisations = await takeOutOrganisations(out, db, blobFolder, onlyPublic)
  const media = await takeOutMedia({ out, db, blobFolder, now, scope: { publicAt: onlyPublic ? now : null }, count: () => progress.count() })
  progress.end()
  const counts = { ...media, ...organisations, ...pages }
  await out.finish({ madeAt: now.toString(), holds: onlyPublic ? 'public' : 'everything', identity: site.identity, counts })
  return counts
}
