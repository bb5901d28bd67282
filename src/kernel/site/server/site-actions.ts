import '#kernel/site/server/tables.ts'
import { SYSTEM, record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { NEUTRAL_NAME, SITE_TAG } from '#kernel/site/site.ts'
import { type SettingChange, languagesWithout } from '#kernel/site/setting.ts'

const DEFAULT_LANGUAGE = 'es'
const DEFAULT_ZONE = 'UTC'

/** Gives a new installation its site: five languages, a neutral name, closed. True only when this call made it. */
export async function foundSite(tx: Tx, { zone }: { zone: string | undefined }, now: Temporal.Instant): Promise<boolean> {
  const made = await tx.insertInto('site').values({
    id: 1, languages: [...UI_LANGS], defaultLanguage: DEFAULT_LANGUAGE, zone: zone ?? DEFAULT_ZONE, colour: '#c8141e',
    contact: JSON.stringify({}) as never, menu: JSON.stringify([]) as never, openedAt: null, openedBy: null,
  }).onConflict((oc) => oc.doNothing()).returning('id').executeTakeFirst()
  if (!made) return false
  await tx.insertInto('siteText').values(UI_LANGS.map((lang) => ({ lang, ...NEUTRAL_NAME }))).execute()
  await record(tx, { actor: SYSTEM, act: 'found-site', subject: 'site' }, now)
  await announce(tx, [SITE_TAG])
  return true
}

/** Opens the house to the public. False when it was open already. */
export async function openSite(tx: Tx, actor: string, now: Temporal.Instant): Promise<boolean> {
  const opened = await tx.updateTable('site').set({ openedAt: now, openedBy: actor }).where('openedAt', 'is', null).returning('id').executeTakeFirst()
  if (!opened) return false
  await record(tx, { actor, act: 'open-site', subject: 'site' }, now)
  await announce(tx, [SITE_TAG])
  return true
}

/** Closes it again: a banner on every page, and `noindex`. False when it was closed already. */
export async function closeSite(tx: Tx, actor: string, now: Temporal.Instant): Promise<boolean> {
  const closed = await tx.updateTable('site').set({ openedAt: null, openedBy: null }).where('openedAt', 'is not', null).returning('id').executeTakeFirst()
  if (!closed) return false
  await record(tx, { actor, act: 'close-site', subject: 'site' }, now)
  await announce(tx, [SITE_TAG])
  return true
}

/** Changes one setting of the site, already checked by `readSetting`. A reason when it contradicts another setting. */
export async function setSite(tx: Tx, change: SettingChange, actor: string, now: Temporal.Instant): Promise<string | null> {
  const site = await tx.selectFrom('site').select(['languages', 'defaultLanguage', 'contact']).forUpdate().executeTakeFirstOrThrow()
  switch (change.key) {
    case 'name':
    case 'shortName':
      await tx.insertInto('siteText').values({ lang: change.lang, ...NEUTRAL_NAME, [change.key]: change.value })
        .onConflict((oc) => oc.column('lang').doUpdateSet({ [change.key]: change.value })).execute()
      break
    case 'languages': {
      const lost = languagesWithout(change.value, site.defaultLanguage)
      if (lost) return lost
      await tx.updateTable('site').set({ languages: change.value }).execute()
      break
    }
    case 'defaultLanguage':
      if (!site.languages.includes(change.value)) return `${change.value} is not switched on. Add it first: site set languages ${[...site.languages, change.value].join(',')}`
      await tx.updateTable('site').set({ defaultLanguage: change.value }).execute()
      break
    case 'email':
      await tx.updateTable('site').set({ contact: JSON.stringify({ ...site.contact, email: change.value || undefined }) as never }).execute()
      break
    default:
      await tx.updateTable('site').set({ [change.key]: change.value }).execute()
  }
  await record(tx, { actor, act: 'set-site', subject: 'site', detail: { key: change.key } }, now)
  // Days begin elsewhere, or languages come and go: lists change as well as names.
  await announce(tx, change.key === 'zone' || change.key === 'languages' ? ['*'] : [SITE_TAG])
  return null
}
