import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import '#kernel/site/server/tables.ts'
import type { Starter } from '#kernel/commands/room.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { writeFixedPage } from '#kernel/site/server/page-actions.ts'
import { FIXED_PAGES } from '#kernel/site/site.ts'

/** The fixed pages of a new installation. Its links lead to them, so `starter remove` leaves them standing. */
export const fixedPageStarter: Starter = {
  name: 'fixed pages',
  load: async (tx, folder) => {
    for (const key of FIXED_PAGES) await loadPage(tx, join(folder, 'pages', key), key)
  },
}

async function loadPage(tx: Tx, folder: string, key: string) {
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()) {
    const text = await readFile(join(folder, file), 'utf8')
    await writeFixedPage(tx, { key, lang: file.slice(0, -'.md'.length), text, isStarter: true })
  }
}
