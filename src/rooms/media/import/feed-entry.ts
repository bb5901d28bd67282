import { isLangTag } from '#kernel/language/language.ts'
import { parseWhen } from '#kernel/when/when.ts'
import { obstacleToTitle, oneLine, shorten, teaserOf } from '#rooms/media/import/clean-text.ts'
import { hashKey } from '#rooms/media/import/hash-key.ts'
import { nameOfFile, resolve } from '#rooms/media/import/html-address.ts'
import { htmlToMarkdown, wordsOfHtml } from '#rooms/media/import/html-to-markdown.ts'
import type { Incoming } from '#rooms/media/import/incoming.ts'

/** One entry, whatever kind of feed it stood in. */
export interface FeedEntry {
  place: string
  id: string
  link: string
  titleHtml: string
  html: string
  /** '' where the feed gives the whole text only, or the beginning only. */
  summaryHtml: string
  date: string
  authors: string[]
  labels: string[]
  lang: string
  base: string | undefined
  enclosures: string[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The day that a feed prints, in whatever zone it prints it: `Mon, 08 Mar 2021 22:30:00 EST` was the 8th there. */
export function dayOf(printed: string): string {
  const iso = /^(\d{4})(-\d\d)?(-\d\d)?(?=$|[T\s])/.exec(printed.trim())?.[0]
  if (iso) return parseWhen(iso) ? iso : ''
  const [, day = '', month = '', year = ''] = /(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?[\s-]+(\d{4}|\d\d)\b/.exec(printed) ?? []
  const number = MONTHS.indexOf(month.toLowerCase()) + 1
  const full = year.length === 2 ? (Number(year) < 70 ? `20${year}` : `19${year}`) : year
  const stored = `${full}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
  return number > 0 && parseWhen(stored) ? stored : ''
}

export function entryAsText(entry: FeedEntry, source: string): Incoming {
  const title = wordsOfHtml(entry.titleHtml)
  const reason = obstacleToTitle(title)
  if (reason) return { unreadable: { place: entry.place, reason } }
  const link = resolve(entry.link, entry.base) ?? ''
  const address = /^https?:/.test(link) ? link : ''
  const enclosed = entry.enclosures.flatMap((one) => resolve(one, entry.base) ?? [])
    .filter((one) => !entry.html.includes(one)).map((one) => `<p><a href="${one.replaceAll('"', '%22')}">${nameOfFile(one).replace(/[<&]/g, '')}</a></p>`)
  const { markdown, files, leftOut } = htmlToMarkdown((entry.html || entry.summaryHtml) + enclosed.join(''), entry.base ?? (address || undefined))
  const when = dayOf(entry.date)
  if (entry.date.trim() !== '' && when === '') leftOut.push(`its date “${oneLine(entry.date).slice(0, 60)}” cannot be read: it is kept as not stated`)
  if (/(\[(…|\.\.\.|&#8230;|&hellip;)\]|\.\.\.|…)\s*(<\/p>)?\s*$/.test(entry.html || entry.summaryHtml)) {
    leftOut.push('the feed seems to hold only the beginning of the text')
  }
  const lang = entry.lang.trim().toLowerCase().replaceAll('_', '-')
  const summary = entry.html ? wordsOfHtml(entry.summaryHtml) : ''
  return {
    text: {
      source, key: oneLine(entry.id) || address || hashKey(title, when), place: entry.place, kind: 'news',
      lang: isLangTag(lang) ? lang : undefined, title, teaser: summary ? shorten(summary) : teaserOf(markdown), bodyMarkdown: markdown, when,
      byline: entry.authors.map(oneLine).filter(Boolean).join(', ') || null,
      labels: [...new Set(entry.labels.map(oneLine).filter(Boolean))],
      slug: slugIn(address), state: 'published', oldAddresses: address ? [address] : [], files, leftOut,
    },
  }
}

function slugIn(address: string): string {
  if (!address) return ''
  const last = new URL(address).pathname.split('/').filter(Boolean).at(-1) ?? ''
  try {
    return oneLine(decodeURIComponent(last)).replace(/\.(html?|php|aspx?)$/, '')
  } catch {
    return ''
  }
}
