import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import '#kernel/site/server/tables.ts'
import { SYSTEM, record } from '#kernel/audit/server/audit.ts'
import type { Starter } from '#kernel/commands/room.ts'
import { announce } from '#kernel/database/signal.ts'
import { FIXED_PAGES, SITE_TAG } from '#kernel/site/site.ts'
import { RENDERER, renderMarkdown } from '#kernel/words/markdown.ts'

/** About, privacy and accessibility as they come with the program. `starter remove` leaves them: every site needs them. */
export const pagesStarter: Starter = {
  name: 'pages',
  isNeeded: true,
  async load(tx, folder, now) {
    for (const key of FIXED_PAGES) {
      for (const file of readdirSync(join(folder, 'pages', key)).filter((name) => name.endsWith('.md'))) {
        const lang = file.replace(/\.md$/, '')
        const [, front = '', bodyMarkdown = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(folder, 'pages', key, file), 'utf8')) ?? []
        const { title } = parse(front) as { title: string }
        const { html, notes } = await renderMarkdown(bodyMarkdown.trim(), lang)
        await tx.insertInto('sitePage').values({ key, lang, title, bodyMarkdown: bodyMarkdown.trim(), bodyHtml: html + notes, renderer: RENDERER, isStarter: true })
          .onConflict((oc) => oc.doNothing()).execute()
      }
    }
    await record(tx, { actor: SYSTEM, act: 'load-fixed-pages', subject: 'site' }, now)
    await announce(tx, [SITE_TAG])
  },
  remove: async () => 0,
}
