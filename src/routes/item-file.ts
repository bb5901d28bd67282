import { type RequestEvent, redirect } from '@sveltejs/kit'
import type { Lang } from '#kernel/language/language.ts'
import type { Site } from '#kernel/site/site.ts'
import type { ItemAnswer, ItemPage } from '#rooms/media/item.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { askedLanguage } from './asked-language.ts'

export type FileEvent = Pick<RequestEvent, 'locals' | 'fetch' | 'url'> & { params: { lang: string; slug: string } }

/** What a file below an item is made of. `address` is the item's, whole. */
export interface ItemToFile { item: ItemPage; site: Site; address: string }

/**
 * A file below the address of a text (`/cite.bib`, `/event.ics`): there while the text is. Else it answers what the text's
 * own address answers, with the same page: 404, 410, or the way on.
 * @param write the body and its type, or undefined where this text has no such file
 */
export async function itemFile(
  event: FileEvent, name: string, write: (of: ItemToFile) => Promise<{ body: string; type: string } | undefined>,
): Promise<Response> {
  const { locals: { house }, params } = event
  const { site, lang, answer } = await answerAbove(event)
  if (answer?.found === 'moved') redirect(308, `${itemPath(lang, answer.slug)}/${name}`)
  if (answer?.found !== 'item') return pageAt(event, itemPath(lang, params.slug))
  const { item } = answer
  const address = (house.settings.origins[0] ?? event.url.origin) + itemPath(lang, item.slug)
  const file = await write({ item, site, address })
  if (!file) return pageAt(event, `/${lang}/-/-/-/-`)
  return new Response(file.body, { headers: {
    'content-type': file.type, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${item.slug}-${name}`)}`,
    ...(!site.openedAt && { 'x-robots-tag': 'noindex' }),
  } })
}

/** What the address of the text above answers now, with a note of what that depends on. */
export async function answerAbove({ locals, params }: Pick<FileEvent, 'locals' | 'params'>): Promise<{ lang: Lang; site: Site; answer: ItemAnswer | undefined }> {
  const { reading } = locals
  const { site, lang } = await askedLanguage(locals, params.lang)
  const found = await findPublishedItem(reading.db, lang, params.slug, reading.now)
  if (found) {
    reading.tag(`item:${found.itemId}`)
    reading.freshBefore(found.changesAt)
  }
  return { lang, site, answer: found?.answer }
}

/** The page of another address, under this one: of a text that is not public, the notice, the other languages, or nothing at all. */
export async function pageAt({ fetch }: Pick<FileEvent, 'fetch'>, path: string): Promise<Response> {
  const page = await fetch(path, { redirect: 'manual', headers: { accept: 'text/html' } })
  return new Response(await page.text(), { status: page.status, headers: { 'content-type': page.headers.get('content-type') ?? 'text/html; charset=utf-8' } })
}
