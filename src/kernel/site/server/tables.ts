import type { ColumnType, Generated } from 'kysely'
import type { PressContact } from '#kernel/site/press-contact.ts'
import type { SiteContact } from '#kernel/site/site.ts'

/** One row: the installation. */
export interface SiteTable {
  id: Generated<number>
  languages: string[]
  defaultLanguage: string
  zone: string
  colour: string | null
  contact: ColumnType<SiteContact, SiteContact | undefined, SiteContact>
  /** Written as JSON text: an array would be sent as an array of SQL. */
  menu: ColumnType<string[], string | undefined, string>
  /** Written as JSON text, as the menu is. */
  pressContacts: ColumnType<PressContact[], string | undefined, string>
  source: string | null
  identity: Generated<string>
  openedAt: Temporal.Instant | null
  openedBy: string | null
}

export interface SiteTextTable {
  lang: string
  name: string
  shortName: string
}

export interface SitePageTable {
  key: string
  lang: string
  title: string
  bodyMarkdown: string
  bodyHtml: string
  /** Version of the renderer that made `bodyHtml`. */
  renderer: string
  isStarter: boolean
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    site: SiteTable
    siteText: SiteTextTable
    sitePage: SitePageTable
  }
}
