import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { readPressPage } from '#rooms/media/import/press-page.ts'
import { WITHDRAWAL_REASONS, type WithdrawalReason } from '#rooms/media/item.ts'
import { findTextAt } from '#rooms/media/server/address-queries.ts'
import { type Imported, importPressPage } from '#rooms/media/server/import-actions.ts'
import { publishRevision, withdrawText } from '#rooms/media/server/publication-actions.ts'

const LARGEST = 2_000_000

const zoneOf = async (house: CommandHouse) => (await findSite(house.db.read))?.zone ?? 'UTC'

/** Every file named, and every .txt file of every folder named, in order of their names. */
function filesOf(words: string[]): string[] {
  return words.flatMap((word) => {
    const found = statSync(word, { throwIfNoEntry: false })
    if (!found) throw new Refusal(`There is no file or folder ${word}. Check the path and try again; nothing was imported.`)
    return found.isDirectory() ? readdirSync(word).filter((name) => name.endsWith('.txt')).sort().map((name) => join(word, name)) : [word]
  })
}

function readFile(path: string): string | undefined {
  if (statSync(path).size > LARGEST) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch {
    return undefined
  }
}

const WHAT: Record<Imported['what'], string> = { new: 'new', changed: 'a new revision', unchanged: 'nothing changed', withdrawn: 'left as it is' }

const importCommand: Command = {
  usage: 'import <...files>',
  description: 'read press pages in plain text; drafts unless --publish',
  options: [
    { flag: '--publish', description: 'show them to readers at once' },
    { flag: '--dry-run', description: 'say what would happen and change nothing' },
    { flag: '--lang <tag>', description: 'the language of the pages, when it is not told from their words' },
  ],
  examples: ['import statement.txt --publish', 'import press-pages/ --dry-run'],
  async run(house, words, options) {
    const zone = await zoneOf(house)
    let failed = 0
    for (const file of filesOf(words)) {
      const text = readFile(file)
      const read = text === undefined ? { read: false as const, reason: 'it is too large or not plain text in UTF-8' } : readPressPage(text)
      if (!read.read) {
        failed++
        house.say(`left out ${file}: ${read.reason}`)
        continue
      }
      const lang = typeof options.lang === 'string' ? options.lang : read.page.lang
      if (options.dryRun) {
        house.say(`would import ${file}: “${read.page.title}” (${lang}), ${read.page.paragraphs.length} paragraphs`)
        for (const warning of read.warnings) house.say(`  note: ${warning}`)
        continue
      }
      const done = await act(house, (tx) => importPressPage(tx, { page: read.page, lang, publish: options.publish === true, zone }, OPERATOR, house.clock()))
      // Only now: the line promises that the item is on the disk.
      house.say(`ok ${done.itemId} /${lang}/media/${done.slug} (${WHAT[done.what]}${done.isPublished ? ', published' : ''})`)
      for (const warning of [...read.warnings, ...done.warnings]) house.say(`  note: ${warning}`)
    }
    return failed > 0 ? 1 : 0
  },
}

/** `/en/media/some-text`, also with the origin before it. */
function addressOf(word: string | undefined): { lang: string; slug: string } {
  const path = (word ?? '').replace(/^https?:\/\/[^/]+/, '').replace(/[?#].*$/, '')
  const [, lang, slug] = /^\/([a-z0-9-]+)\/media\/([^/]+)\/?$/.exec(path) ?? []
  if (!lang || !slug) throw new Refusal(`“${word ?? ''}” is not the address of a text. Write the path of its page, for example /en/media/our-statement.`)
  return { lang, slug: decodeURIComponent(slug) }
}

const PUBLISH_REFUSED: Record<string, string> = {
  'no-title': 'it has no title', 'no-text': 'it has no text', 'not-found': 'it has no saved text',
  withdrawn: 'it was withdrawn openly, and what was withdrawn is never revived; publish it as a new text',
  'already-published': 'this revision is already published',
}

const publishCommand: Command = {
  usage: 'publish <address>',
  description: 'show the newest revision of the text at this address',
  options: [{ flag: '--at <time>', description: 'at an hour to come, for example 2026-12-03T10:00-05:00' }],
  examples: ['publish /es/media/nuestra-nota', 'publish /en/media/our-statement --at 2026-12-03T10:00-05:00'],
  async run(house, words, options) {
    const { lang, slug } = addressOf(words[0])
    const now = house.clock()
    const from = typeof options.at === 'string' ? momentOf(options.at) : now
    if (Temporal.Instant.compare(from, now) < 0) throw new Refusal(`${String(options.at)} is past. Leave --at out to publish now, or name an hour to come.`)
    const text = await findTextAt(house.db.read, lang, slug)
    if (!text) throw new Refusal(`No text has the address /${lang}/media/${slug}. Nothing was published.`)
    const zone = await zoneOf(house)
    const outcome = await act(house, (tx) => publishRevision(tx, { itemId: text.itemId, lang, revisionId: text.latestRevisionId, from, zone }, OPERATOR, now))
    if (!outcome.published) throw new Refusal(`/${lang}/media/${slug} was not published: ${PUBLISH_REFUSED[outcome.obstacle]}.`)
    house.say(options.at ? `ok: it will be public from ${from.toString()}` : `ok: /${lang}/media/${slug} is public`)
  },
}

function momentOf(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw new Refusal(`“${text}” is not a moment. Write day, hour and zone, for example 2026-12-03T10:00-05:00.`)
  }
}

const WITHDRAW_REFUSED: Record<string, string> = {
  'not-public': 'it is not public', 'no-reason': 'a reason is needed: --why "…"', 'already-withdrawn': 'it is withdrawn already', 'not-found': 'there is no such text',
}

const withdrawCommand: Command = {
  usage: 'withdraw <address>',
  description: 'take a text down; a dated notice stays at its address',
  options: [
    { flag: '--why <text>', description: 'the reason, shown to readers (not for --reason removed_for_safety)', required: true },
    { flag: '--reason <word>', description: `${WITHDRAWAL_REASONS.join(', ')}; the first when left out` },
  ],
  examples: ['withdraw /en/media/our-statement --why "One of the signers had not agreed to these words."'],
  async run(house, words, options) {
    const { lang, slug } = addressOf(words[0])
    const reason = (options.reason ?? 'withdrawn') as WithdrawalReason
    if (!WITHDRAWAL_REASONS.includes(reason)) throw new Refusal(`“${String(options.reason)}” is not a reason. Write one of: ${WITHDRAWAL_REASONS.join(', ')}.`)
    const text = await findTextAt(house.db.read, lang, slug)
    const obstacle = text ? await act(house, (tx) => withdrawText(tx, { itemId: text.itemId, lang, why: String(options.why ?? ''), reason }, OPERATOR, house.clock())) : 'not-found'
    if (obstacle) throw new Refusal(`/${lang}/media/${slug} was not withdrawn: ${WITHDRAW_REFUSED[obstacle]}.`)
    house.say(`ok: /${lang}/media/${slug} is withdrawn; a dated notice stays there`)
  },
}

export const commands: Command[] = [importCommand, publishCommand, withdrawCommand]
