import '#kernel/site/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { MenuPlaces } from '#kernel/site/menu.ts'
import { lockSite, writeSetting } from '#kernel/site/server/site-actions.ts'
import { isAlreadySet, type SettingChange } from '#kernel/site/setting.ts'
import { type Written, writtenSettings } from '#kernel/site/settings-form.ts'
import type { Site } from '#kernel/site/site.ts'

export interface FormOfSettings {
  changes: { key: string; change: SettingChange }[]
  /** What the form was drawn from. */
  drawn: Written
}

/** How many settings changed; or what somebody else set meanwhile, by key, or a default language that is not switched on. */
export type SavedSettings = { saved: number } | { meanwhile: Written } | { problems: string[] }

/**
 * Several settings at once, all or none. A setting that somebody else changed since the form was drawn is not written
 * over: whoever saves later sees it first.
 */
export async function saveSettings(tx: Tx, { changes, drawn }: FormOfSettings, places: MenuPlaces, actor: string, now: Temporal.Instant): Promise<SavedSettings> {
  const site = await lockSite(tx)
  const standing = writtenSettings(site, places)
  const news = changes.filter(({ change }) => !isAlreadySet(site, change))
  const crossed = news.filter(({ key }) => (standing[key] ?? '') !== (drawn[key] ?? ''))
  if (crossed.length > 0) return { meanwhile: Object.fromEntries(crossed.map(({ key }) => [key, standing[key] ?? ''])) }
  const { languages, defaultLanguage } = withLanguages(site, news.map(({ change }) => change))
  if (!languages.includes(defaultLanguage)) return { problems: ['default_language'] }
  // The row always holds its first language among those that are switched on: so for a moment it holds old and new ones.
  if (!site.languages.includes(defaultLanguage)) await tx.updateTable('site').set({ languages: [...new Set([...languages, ...site.languages])] }).execute()
  news.sort((a, b) => Number(a.key === 'languages') - Number(b.key === 'languages'))
  // Asked anew each time: both names of a language stand in one row.
  for (const { change } of news) await writeSetting(tx, await lockSite(tx), change, actor, now)
  return { saved: news.length }
}

/** As they will be together: a new default language may be switched on by the same form. */
function withLanguages({ languages, defaultLanguage }: Site, changes: SettingChange[]): Pick<Site, 'languages' | 'defaultLanguage'> {
  const found = { languages, defaultLanguage }
  for (const change of changes) {
    if (change.key === 'languages') found.languages = change.value
    if (change.key === 'defaultLanguage') found.defaultLanguage = change.value
  }
  return found
}
