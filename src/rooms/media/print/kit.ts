import { type Zippable, zipSync } from 'fflate'
import { ownName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { printable } from '#kernel/print/printable.ts'
import type { Site } from '#kernel/site/site.ts'
import { kitPath } from '#rooms/media/documents.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { paperData } from '#rooms/media/print/paper-data.ts'
import { plainBody } from '#rooms/media/print/plain-text.ts'
import { blobPath, fileName, pictureName, type ShownPicture } from '#rooms/media/shown.ts'

/** A kit stands in this process's memory while it is made and sent, and weighs on a telephone. What is over is named by its address. */
export const MOST_PICTURE_BYTES = 8_000_000

/** What a press kit is made of. All of it is public now: whoever calls has asked. */
export interface KitParts {
  /** In the language that the kit speaks. */
  item: ItemPage
  /** In each language in which it is public, that one too. Markdown as it was saved, without title and teaser. */
  texts: readonly { item: ItemPage; markdown: string | undefined }[]
  /** Of each picture that a text shows, once. `bytes` is undefined for what did not fit. */
  pictures: readonly { shown: ShownPicture; lang: string; bytes: Uint8Array | undefined }[]
  documents: { pdf: Uint8Array; square: Uint8Array; story: Uint8Array }
  /** Whom the press may call, line by line. */
  contacts: readonly string[]
}

/**
 * A press kit as a ZIP. The same parts give the same bytes on every machine: the files bear the day of the text, noon. Names are
 * letters of ASCII, made of the title: no sign of a title leads out of the folder in which somebody opens it.
 */
export function pressKit(parts: KitParts, site: Site, origin: string): Uint8Array {
  const { item, documents } = parts
  const { lang } = item
  const named = (text: ItemPage, ending: string) => `${text.lang}-${fileName(text.title, ending)}`
  const { year, month, day } = item.updatedAt.toZonedDateTimeISO(site.zone).toPlainDate()
  // ZIP keeps hours without a zone: as they stand on this machine's clock.
  const stored = { level: 0, mtime: new Date(year, month - 1, day, 12) } as const
  const folder = fileName(`${item.title} press kit`, 'zip').slice(0, -'.zip'.length)
  const files: Zippable = {}
  const put = (name: string, bytes: Uint8Array | undefined) => {
    if (bytes) files[`${folder}/${name}`] = [bytes, stored]
  }
  const write = (name: string, text: string) => {
    files[`${folder}/${name}`] = [new TextEncoder().encode(`${printable(text) as string}\n`), { ...stored, level: 6 }]
  }
  write('README.txt', readme(parts, origin))
  if (parts.contacts.length > 0) write('contact.txt', parts.contacts.join('\n'))
  for (const { item: text, markdown } of parts.texts) {
    write(`texts/${named(text, 'txt')}`, plainItem(text, site, origin))
    if (markdown !== undefined) write(`texts/${named(text, 'md')}`, `# ${text.title}\n\n${text.teaser && `${text.teaser}\n\n`}${markdown}`)
  }
  put(`document/${named(item, 'pdf')}`, documents.pdf)
  put(`share/${lang}-square.png`, documents.square)
  put(`share/${lang}-story.png`, documents.story)
  parts.pictures.forEach(({ bytes }, i) => put(`pictures/${i + 1}.jpg`, bytes))
  if (parts.pictures.length > 0) write('pictures/credits.txt', creditsOf(parts, origin))
  return zipSync(files, { os: 0 })
}

/** Every text whole: what it says, who signs it, under which licence, where it stands. */
function plainItem(item: ItemPage, site: Site, origin: string): string {
  const spoken = { locale: item.lang as 'en' }
  const address = origin + itemPath(item.lang, item.slug)
  const said = paperData(item, 'a4', site, address)
  const { body, notes } = plainBody(item, address)
  const facts: [string, string[]][] = [[said.when.label, [said.when.words]], ...said.facts]
  return [
    item.title, item.teaser, said.kind, facts.map(([label, values]) => `${label}: ${values.join(', ')}`).join('\n'),
    [item.byline && m.item_by({ name: item.byline }, spoken), item.translator && m.item_translator({ name: item.translator }, spoken), ...said.notices].filter(Boolean).join('\n'),
    body, notes, [said.signed.label, ...said.signed.names].join('\n'),
    ...said.ends.map(({ title, lines }) => [title, ...lines].join('\n')), [...said.foot, address].join('\n'),
  ].filter((part) => part !== '').join('\n\n')
}

function readme({ item, texts, pictures, contacts }: KitParts, origin: string): string {
  const spoken = { locale: item.lang as 'en' }
  const others = texts.filter((text) => text.item.lang !== item.lang).map(({ item: { lang, slug } }) => `${ownName(lang)}: ${origin}${kitPath(lang, slug)}`)
  const what = [
    `texts: ${m.kit_texts({}, spoken)}`, `document: ${m.kit_document({}, spoken)}`, `share: ${m.kit_share({}, spoken)}`,
    ...(pictures.length > 0 ? [`pictures: ${m.kit_pictures({}, spoken)}`] : []), ...(contacts.length > 0 ? [`contact.txt: ${m.kit_contact({}, spoken)}`] : []),
  ]
  return [
    m.kit_title({ title: item.title }, spoken), `${m.kit_lede({}, spoken)}\n${origin}${kitPath(item.lang, item.slug)}`, what.join('\n'),
    `${m.kit_licence({ licence: item.licence }, spoken)}\n${origin}${itemPath(item.lang, item.slug)}`,
    ...(others.length > 0 ? [[m.kit_others({}, spoken), ...others].join('\n')] : []),
  ].join('\n\n')
}

function creditsOf({ item, pictures }: KitParts, origin: string): string {
  const spoken = { locale: item.lang as 'en' }
  return pictures.map(({ shown: { alt, credit, licence, large }, bytes }, i) => [
    `${i + 1}.jpg`, m.kit_alt({ text: alt }, spoken), credit && m.item_credit({ name: credit }, spoken), licence && m.item_licence({ licence }, spoken),
    !bytes && m.kit_large({ address: origin + blobPath(large.hash, pictureName(large)) }, spoken),
  ].filter(Boolean).join('\n')).join('\n\n')
}
