import * as v from 'valibot'
import '#kernel/site/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { EVERY_TAG, announce } from '#kernel/database/signal.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'
import type { ExportFolder, ExportedFile } from '#kernel/export/server/export-reader.ts'
import type { ExportWriter } from '#kernel/export/server/export-writer.ts'
import { ExportedId, ExportedInstant, ExportedLang, ExportedText, written } from '#kernel/export/shapes.ts'
import { readYaml, writeYaml } from '#kernel/export/yaml-text.ts'
import { isUiLang } from '#kernel/language/language.ts'
import { isEmailAddress } from '#kernel/site/email-address.ts'
import { readChannel } from '#kernel/site/press-contact.ts'
import { PAGE_TEXTS } from '#kernel/site/site.ts'
import { webAddress } from '#kernel/site/web-address.ts'
import { findZone } from '#kernel/when/zone.ts'
import { joinFrontMatter, partFrontMatter } from '#kernel/words/front-matter.ts'
import { RENDERER, renderMarkdown } from '#kernel/words/markdown.ts'

const SITE_FILE = 'site.yaml'
const orNull = <T extends v.GenericSchema>(schema: T) => v.nullable(schema)
const Zone = v.pipe(v.string(), v.check((zone) => findZone(zone) === zone, 'no time zone'))
const UiLang = v.pipe(v.string(), v.check((text) => isUiLang(text), 'a language that this version does not speak'))

const PressContact = v.strictObject({
  channel: v.pipe(v.string(), v.check((text) => readChannel(text) === text, 'no telephone, e-mail or page')),
  who: v.record(ExportedLang, ExportedText), languages: v.array(ExportedLang),
  hours: orNull(v.strictObject({ days: v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7))), from: v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)), to: v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)), zone: Zone })),
})

const SiteFile = v.strictObject({
  identity: ExportedId,
  names: v.record(ExportedLang, v.strictObject({ name: ExportedText, shortName: ExportedText })),
  languages: v.pipe(v.array(UiLang), v.minLength(1)),
  defaultLanguage: UiLang,
  zone: Zone,
  colour: orNull(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/))),
  contact: v.strictObject({ email: v.optional(v.pipe(v.string(), v.check(isEmailAddress, 'no e-mail address'))) }),
  menu: v.array(v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/))),
  pressContacts: v.array(PressContact),
  source: orNull(v.pipe(v.string(), v.check((text) => webAddress(text) !== undefined, 'no web address'))),
  openedAt: orNull(ExportedInstant),
  openedBy: orNull(ExportedText),
})

const PageFront = v.strictObject({ title: ExportedText, isStarter: v.boolean() })

/** Settings of the site, and its fixed pages: what stands on every page is of them. */
export async function takeOutSite(out: ExportWriter, db: ReadDb): Promise<{ pages: number }> {
  const { id: _, ...site } = await db.selectFrom('site').selectAll().executeTakeFirstOrThrow()
  const names = await db.selectFrom('siteText').selectAll().orderBy('lang').execute()
  const named = Object.fromEntries(names.map(({ lang, ...name }) => [lang, name]))
  await out.put(SITE_FILE, writeYaml(written({ ...site, names: named }) as object))
  const pages = await db.selectFrom('sitePage').select(['key', 'lang', 'title', 'bodyMarkdown', 'isStarter']).orderBy('key').orderBy('lang').execute()
  for (const { key, lang, title, bodyMarkdown, isStarter } of pages) {
    await out.put(`pages/${key}.${lang}.md`, joinFrontMatter(writeYaml({ title, isStarter }), bodyMarkdown))
  }
  return { pages: pages.length }
}

/**
 * Settings and fixed pages as the export has them, in the place of those here: only for a house in which nobody has done
 * anything yet. @throws NotAsWritten
 */
export async function takeBackSite(tx: Tx, folder: ExportFolder, files: readonly ExportedFile[], actor: string, now: Temporal.Instant): Promise<void> {
  const file = files.find(({ path }) => path === SITE_FILE)
  if (!file) throw new NotAsWritten(`${SITE_FILE} is missing`)
  const { names, menu, pressContacts, ...site } = readYaml(SITE_FILE, await folder.read(file), SiteFile)
  await tx.updateTable('site').set({ ...site, menu: JSON.stringify(menu), pressContacts: JSON.stringify(pressContacts) }).execute()
  await tx.deleteFrom('siteText').execute()
  for (const [lang, name] of Object.entries(names)) await tx.insertInto('siteText').values({ lang, ...name }).execute()
  await tx.deleteFrom('sitePage').execute()
  for (const page of files.filter(({ path }) => path.startsWith('pages/'))) await takeBackPage(tx, page.path, await folder.read(page))
  await record(tx, { actor, act: 'take-back-site', subject: 'site' }, now)
  await announce(tx, [EVERY_TAG])
}

async function takeBackPage(tx: Tx, path: string, text: string): Promise<void> {
  const [, key, lang] = /^pages\/([a-z]+)\.([a-z0-9-]+)\.md$/.exec(path) ?? []
  const parts = partFrontMatter(text)
  if (!isPageText(key) || !v.is(ExportedLang, lang) || !parts) throw new NotAsWritten(`${path} is no page of a site`)
  const { title, isStarter } = readYaml(path, parts.front, PageFront)
  const { html, notes } = await renderMarkdown(parts.body, lang)
  await tx.insertInto('sitePage').values({ key, lang, title, bodyMarkdown: parts.body, bodyHtml: html + notes, renderer: RENDERER, isStarter }).execute()
}

const isPageText = (key: string | undefined): key is string => (PAGE_TEXTS as readonly (string | undefined)[]).includes(key)
