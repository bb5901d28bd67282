import '#kernel/site/server/tables.ts'
import type { Act } from '#kernel/audit/acts.ts'
import { SYSTEM, record } from '#kernel/audit/server/audit.ts'
import { EVERY_TAG, announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { isNamed } from '#kernel/site/opening.ts'
import { type SettingChange, isAlreadySet, obstacleToSetting } from '#kernel/site/setting.ts'
import { NEUTRAL_NAME, type Site, SITE_TAG, siteName } from '#kernel/site/site.ts'

const DEFAULT_LANGUAGE = 'es'
const DEFAULT_ZONE = 'UTC'

/** Gives a new installation its site: five languages, no name of its own, closed. True only when this call made it. */
export async function foundSite(tx: Tx, { zone }: { zone: string | undefined }, now: Temporal.Instant): Promise<boolean> {
  const made = await tx
    .insertInto('site')
    .values({ languages: [...UI_LANGS], defaultLanguage: DEFAULT_LANGUAGE, zone: zone ?? DEFAULT_ZONE })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return false
  await wrote(tx, SYSTEM, 'found-site', {}, now)
  return true
}

/** Opens the house to the public. False when it was open already. */
export async function openSite(tx: Tx, actor: string, now: Temporal.Instant): Promise<boolean> {
  if ((await lockSite(tx)).openedAt) return false
  await tx.updateTable('site').set({ openedAt: now, openedBy: actor }).execute()
  await wrote(tx, actor, 'open-site', {}, now)
  return true
}

/** Opens it, but not under the program's name; null when it is open now. */
export async function openNamedSite(tx: Tx, actor: string, now: Temporal.Instant): Promise<'no-name' | null> {
  if (!isNamed(await lockSite(tx))) return 'no-name'
  await openSite(tx, actor, now)
  return null
}

/** Closes it again: a banner on every page, and `noindex`. False when it was closed already. */
export async function closeSite(tx: Tx, actor: string, now: Temporal.Instant): Promise<boolean> {
  if (!(await lockSite(tx)).openedAt) return false
  await tx.updateTable('site').set({ openedAt: null, openedBy: null }).execute()
  await wrote(tx, actor, 'close-site', {}, now)
  return true
}

export type SetOutcome = { isSet: true; isNew: boolean } | { isSet: false; obstacle: string }

/** Changes one setting, already read by `readSetting`. */
export async function setSite(tx: Tx, change: SettingChange, actor: string, now: Temporal.Instant): Promise<SetOutcome> {
  const site = await lockSite(tx)
  const obstacle = obstacleToSetting(site, change)
  if (obstacle) return { isSet: false, obstacle }
  if (isAlreadySet(site, change)) return { isSet: true, isNew: false }
  await writeSetting(tx, site, change, actor, now)
  return { isSet: true, isNew: true }
}

/** Writes a change that was looked at: against this site, whose row is locked. */
export async function writeSetting(tx: Tx, site: Site, change: SettingChange, actor: string, now: Temporal.Instant): Promise<void> {
  await write(tx, site, change)
  // An address may be a person's, and an entry is for ever: of that only the key is noted.
  const { key, value } = change
  const detail = key === 'email' ? { key } : { key, value, ...('lang' in change && { lang: change.lang }) }
  await wrote(tx, actor, 'set-site', detail, now)
  // Days begin elsewhere, or languages come and go: lists change as well as names.
  if (key === 'zone' || key === 'languages') await announce(tx, [EVERY_TAG])
}

async function write(tx: Tx, site: Site, change: SettingChange) {
  switch (change.key) {
    case 'name':
    case 'shortName': return writeName(tx, site, change)
    case 'email': {
      const { email: _, ...others } = site.contact
      const contact = change.value === '' ? others : { ...others, email: change.value }
      return tx.updateTable('site').set({ contact }).execute()
    }
    case 'colour':
    case 'source': return tx.updateTable('site').set({ [change.key]: change.value || null }).execute()
    case 'menu': return tx.updateTable('site').set({ menu: JSON.stringify(change.value) }).execute()
    default: return tx.updateTable('site').set({ [change.key]: change.value }).execute()
  }
}

/** Both names of a language stand in one row; the one that is not set yet is what readers have seen until now. */
async function writeName(tx: Tx, site: Site, { key, lang, value }: Extract<SettingChange, { lang: string }>) {
  const unnamed = site.names[lang] ?? (lang === site.defaultLanguage ? NEUTRAL_NAME : siteName(site, lang))
  const names = { ...unnamed, [key]: value }
  await tx
    .insertInto('siteText')
    .values({ lang, ...names })
    .onConflict((conflict) => conflict.column('lang').doUpdateSet(names))
    .execute()
}

export async function lockSite(tx: Tx): Promise<Site> {
  await tx.selectFrom('site').select('id').forUpdate().execute()
  const site = await findSite(tx)
  if (!site) throw new Error('this installation has no site yet: its first start founds it')
  return site
}

async function wrote(tx: Tx, actor: string, act: Act, detail: Record<string, unknown>, now: Temporal.Instant) {
  await record(tx, { actor, act, subject: 'site', detail }, now)
  await announce(tx, [SITE_TAG])
}
