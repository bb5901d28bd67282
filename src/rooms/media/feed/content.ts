import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { webAddress } from '#kernel/site/web-address.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { escapeMarkup } from '#kernel/words/escape.ts'
import type { FeedEntry } from '#rooms/media/feed.ts'
import type { Source } from '#rooms/media/item.ts'

/** A text whole, as its page gives it, with addresses that hold wherever it is read. */
export function textHtml(entry: FeedEntry, { url, lang, zone }: { url: string; lang: Lang; zone: string }): string {
  const spoken = { locale: lang as 'en' }
  const heading = (words: string) => `<h2>${escapeMarkup(words)}</h2>`
  const list = (items: string[]) => `<ul>${items.join('')}</ul>`
  return [
    ...entry.corrections.map(({ at, note }) => `<p><strong>${escapeMarkup(m.item_corrected({ date: formatInstantDay(at, lang, zone), note }, spoken))}</strong></p>`),
    entry.isStarter ? `<p><em>${escapeMarkup(m.starter_note({}, spoken))}</em></p>` : '',
    entry.byMachine ? `<p><em>${escapeMarkup(m.prv_machine({}, spoken))}</em></p>` : '',
    wholeHtml(entry.bodyHtml, url),
    entry.doubt ? heading(m.item_doubt({}, spoken)) + `<p>${escapeMarkup(entry.doubt)}</p>` : '',
    entry.signers.length > 0 ? heading(m.item_signed_by({}, spoken)) + list(entry.signers.map((one) => `<li${langOf(one.lang)}>${escapeMarkup(one.name)}</li>`)) : '',
    entry.sources.length > 0 ? heading(m.item_sources({}, spoken)) + list(entry.sources.map(sourceHtml)) : '',
    entry.notesHtml ? heading(m.item_notes({}, spoken)) + wholeHtml(entry.notesHtml, url) : '',
  ].join('')
}

export function noticeHtml(text: string, instead: { title: string; url: string } | null, lang: Lang): string {
  const link = instead && `<p>${escapeMarkup(m.item_replaced_by({}, { locale: lang as 'en' }))} <a href="${escapeMarkup(instead.url)}">${escapeMarkup(instead.title)}</a></p>`
  return `<p>${escapeMarkup(text)}</p>${link ?? ''}`
}

/** HTML of a text for whoever stands at no page of ours. Numbers of paragraphs would be read as words, so they are left out. */
export const wholeHtml = (html: string, url: string) => absolute(html.replace(/ <a class="pn"[^>]*>\d+<\/a>/g, ''), url)

// A whole tag, also where a value holds a `>`. In our HTML a `<` that opens no tag is written as an escape.
const TAG = /<[a-z][\w-]*(?:\s+[\w-]+(?:="[^"]*")?)*\s*\/?>/gi
const ADDRESS = /(\s(?:href|src|poster|cite)=")([^"]*)"/gi

/** Every address in HTML of the house made whole. */
export function absolute(html: string, base: string): string {
  return html.replace(TAG, (tag) => tag.replace(ADDRESS, (_, start: string, value: string) =>
    `${start}${escapeMarkup(URL.parse(plain(value), base)?.href ?? base)}"`))
}

const plain = (value: string) =>
  value.replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')

const langOf = (lang: Lang | null | undefined) => (lang ? ` lang="${escapeMarkup(lang)}"` : '')

function sourceHtml({ title, publisher, year, url, lang }: Source): string {
  const name = url && webAddress(url) ? `<a href="${escapeMarkup(url)}">${escapeMarkup(title)}</a>` : escapeMarkup(title)
  return `<li${langOf(lang)}>${publisher ? `${escapeMarkup(publisher)}. ` : ''}${name}${year ? `, ${year}` : ''}.</li>`
}
