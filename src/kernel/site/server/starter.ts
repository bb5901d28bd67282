import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { SYSTEM } from '#kernel/audit/server/audit.ts'
import type { Starter } from '#kernel/commands/room.ts'
import { writeFixedPage } from '#kernel/site/server/page-actions.ts'
import { readPageText } from '#kernel/site/server/page-text.ts'
import { FIXED_PAGES } from '#kernel/site/site.ts'

/** About, privacy and accessibility as they come with the program. `starter remove` leaves them: every site needs them. */
export const pagesStarter: Starter = {
  name: 'pages',
  isNeeded: true,
  async load(tx, { folder }, now) {
    for (const key of FIXED_PAGES) {
      const pages = join(folder, 'pages', key)
      for (const file of readdirSync(pages).filter((name) => name.endsWith('.md')).sort()) {
        const text = readPageText(readFileSync(join(pages, file), 'utf8'))
        if (!text) throw new Error(`starter/pages/${key}/${file} has no title or no text`)
        await writeFixedPage(tx, { key, lang: basename(file, '.md') }, { ...text, isStarter: true }, SYSTEM, now)
      }
    }
  },
  remove: async () => 0,
}
