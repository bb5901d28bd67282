import '#kernel/site/server/tables.ts'
import { record, SYSTEM } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { NEUTRAL_NAME, type Site, SITE_TAG } from '#kernel/site/site.ts'
import { readSiteSetting, type SiteSetting } from '#kernel/site/site-setting.ts'

/** Makes the installation, closed and with the program's own name; false when it is there already. */
export async function foundSite(tx: Tx, zone: string, now: Temporal.Instant): Promise<boolean> {
  const made = await tx
    .insertInto('site')
    .values({ languages: [...UI_LANGS], defaultLanguage: 'es', zone, colour: null, openedAt: null, openedBy: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) await wrote(tx, SYSTEM, 'found-site', {}, now)
  return made !== undefined
}

/** Takes the closed banner and the `noindex` away. False when it is open already. */
export async function openSite(tx: Tx, actor: string, now: Temporal.Instant): Promise<boolean> {
  const site = await lockSite(tx)
  if (site.openedAt) return false
  await tx.updateTable('site').set({ openedAt: now, openedBy: actor }).execute()
  await wrote(tx, actor, 'open-site', {}, now)
  return true
}

/** Puts them back. False when it is closed already. */
export async function closeSite(tx: Tx, actor: string, now: Temporal.Instant): Promise<boolean> {
  const site = await lockSite(tx)
  if (!site.openedAt) return false
  await tx.updateTable('site').set({ openedAt: null, openedBy: null }).execute()
  await wrote(tx, actor, 'close-site', {}, now)
  return true
}

export type SetOutcome = { obstacle: string } | { isChanged: boolean; setting: SiteSetting }

/** Changes one setting, or says in one sentence why not and changes nothing. */
export async function setSite(tx: Tx, key: string, typed: string, actor: string, now: Temporal.Instant): Promise<SetOutcome> {
  const site = await lockSite(tx)
  const read = readSiteSetting(key, typed, site)
  if ('obstacle' in read) return read
  const { setting } = read
  if (isAlready(site, setting)) return { isChanged: false, setting }
  await write(tx, site, setting)
  // A mail address may be a person's, and an entry is for ever: of that one only the key is noted.
  await wrote(tx, actor, 'set-site', { key, ...(setting.key === 'email' ? {} : { value: setting.value }) }, now)
  return { isChanged: true, setting }
}

async function lockSite(tx: Tx): Promise<Site> {
  await tx.selectFrom('site').select('id').forUpdate().execute()
  const site = await findSite(tx)
  if (!site) throw new Error('the first start has not founded the site yet')
  return site
}

function isAlready(site: Site, setting: SiteSetting): boolean {
  switch (setting.key) {
    case 'name':
    case 'shortName': return site.names[setting.lang]?.[setting.key] === setting.value
    case 'email': return (site.contact.email ?? null) === setting.value
    case 'languages': return site.languages.join() === setting.value.join()
    default: return site[setting.key] === setting.value
  }
}

async function write(tx: Tx, site: Site, setting: SiteSetting) {
  switch (setting.key) {
    case 'name':
    case 'shortName': return writeName(tx, site, setting)
    case 'email': {
      const { email: _, ...others } = site.contact
      const contact = setting.value === null ? others : { ...others, email: setting.value }
      return tx.updateTable('site').set({ contact }).execute()
    }
    default: return tx.updateTable('site').set({ [setting.key]: setting.value }).execute()
  }
}

/** The first of a language's two names serves as the other one too, until that is set: a page needs both. */
async function writeName(tx: Tx, site: Site, { key, lang, value }: Extract<SiteSetting, { lang: string }>) {
  const other = site.names[lang] ?? { name: value, shortName: key === 'shortName' ? value : NEUTRAL_NAME.shortName }
  const names = { ...other, [key]: value }
  await tx
    .insertInto('siteText')
    .values({ lang, ...names })
    .onConflict((conflict) => conflict.column('lang').doUpdateSet(names))
    .execute()
}

async function wrote(tx: Tx, actor: string, act: string, detail: Record<string, unknown>, now: Temporal.Instant) {
  await record(tx, { actor, act, subject: 'site:1', detail }, now)
  await announce(tx, [SITE_TAG])
}
