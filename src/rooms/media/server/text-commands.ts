import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { WITHDRAWAL_REASONS, type WithdrawalReason } from '#rooms/media/item.ts'
import { findTextAt } from '#rooms/media/server/address-queries.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { cancelScheduled, withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

export interface AddressedText {
  path: string
  lang: string
  itemId: string
  latestRevisionId: string
}

/** The text at `/en/media/some-text`, also with the origin before it. */
export async function textAt(house: CommandHouse, word: string): Promise<AddressedText> {
  const path = word.replace(/^https?:\/\/[^/]+/, '').replace(/[?#].*$/, '').replace(/\/$/, '')
  const [, lang, part] = /^\/([a-z0-9-]+)\/media\/([^/]+)$/.exec(path) ?? []
  const slug = part === undefined ? undefined : decoded(part)
  if (!lang || !slug) {
    throw new Refusal(`“${word}” is not the address of a text. Write the path of its page, for example /en/media/our-statement.`)
  }
  const text = await findTextAt(house.db.read, lang, slug)
  if (!text) throw new Refusal(`No text has the address ${path}. Nothing was changed.`)
  return { path, lang, ...text }
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

function momentOf(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw new Refusal(`“${text}” is not a moment. Write day, hour and zone, for example 2026-12-03T10:00-05:00.`)
  }
}

const PUBLISH_REFUSED = {
  'no-title': 'it has no title',
  'no-text': 'it has no text',
  'not-found': 'it has no saved text',
  past: 'that moment is past; leave --at out to publish now, or name an hour to come',
  withdrawn: 'it was withdrawn openly, and what was withdrawn is never revived; publish it as a new text',
  'already-published': 'its newest revision is already published',
  'waits-for-signers': 'organisations that are to sign it have not all agreed',
  'waits-for-claimers': 'an organisation that approves the text in this language has not agreed to these words',
  'unread-machine': 'a machine translated it, and nobody has found it right at the desk yet',
  'picture-consent': 'nobody recorded that the people in its picture agree',
  'in-trash': 'it lies in the trash',
}

export const publishCommand: Command = {
  usage: 'publish <address>',
  description: 'show the newest revision of the text at this address',
  options: [{ flag: '--at <time>', description: 'at an hour to come, for example 2026-12-03T10:00-05:00' }],
  examples: ['publish /es/media/nuestra-nota', 'publish /en/media/our-statement --at 2026-12-03T10:00-05:00'],
  async run(house, words, options) {
    const from = options.at === undefined ? undefined : momentOf(String(options.at))
    const { itemId, lang, latestRevisionId, path } = await textAt(house, words[0] ?? '')
    const zone = (await findSite(house.db.read))?.zone ?? 'UTC'
    const now = house.clock()
    const publishing = { itemId, lang, revisionId: latestRevisionId, from: from ?? now, zone }
    const outcome = await act(house, (tx) => publishRevision(tx, publishing, OPERATOR, now))
    if (!outcome.published) throw new Refusal(`${path} was not published: ${PUBLISH_REFUSED[outcome.obstacle]}.`)
    house.say(from ? `ok: ${path} will be public from ${from.toString()}` : `ok: ${path} is public`)
  },
}

const WITHDRAW_REFUSED = {
  'not-public': 'it is not public',
  'no-reason': 'a reason is needed: --why "…"',
  'already-withdrawn': 'it is withdrawn already',
  'not-found': 'there is no such text',
}

function reasonOf(word: unknown): WithdrawalReason {
  const reason = word === undefined ? 'withdrawn' : word === 'safety' ? 'removed_for_safety' : String(word)
  const known = WITHDRAWAL_REASONS.find((one) => one === reason)
  if (known) return known
  throw new Refusal(`“${reason}” is not a reason. Write one of: withdrawn, replaced, safety. Nothing was changed.`)
}

export const withdrawCommand: Command = {
  usage: 'withdraw <address>',
  description: 'take a text down; a dated notice stays at its address',
  options: [
    { flag: '--why <text>', description: 'the reason, shown to readers (kept back with --reason safety)', required: true },
    { flag: '--reason <word>', description: 'withdrawn, replaced or safety; withdrawn when left out' },
    { flag: '--by <address>', description: 'with --reason replaced: the text that stands in its place' },
  ],
  examples: [
    'withdraw /en/media/our-statement --why "One of the signers had not agreed to these words."',
    'withdraw /en/media/a-call --reason replaced --by /en/media/the-call-as-agreed --why "The hour was wrong."',
  ],
  async run(house, words, options) {
    const reason = reasonOf(options.reason)
    const { itemId, lang, path } = await textAt(house, words[0] ?? '')
    const replacedBy = options.by === undefined ? undefined : (await textAt(house, String(options.by))).itemId
    if ((reason === 'replaced') !== (replacedBy !== undefined)) {
      throw new Refusal('--reason replaced and --by ADDRESS go together. Nothing was changed.')
    }
    if (replacedBy === itemId) throw new Refusal('A text cannot be replaced by itself. Nothing was changed.')
    const withdrawing = { itemId, lang, why: String(options.why ?? ''), reason, ...(replacedBy && { replacedBy }) }
    const now = house.clock()
    const obstacle = await act(house, (tx) => withdrawText(tx, withdrawing, OPERATOR, now))
    if (!obstacle) return house.say(`ok: ${path} is withdrawn; a dated notice stays there`)
    // What readers have not seen yet leaves no notice: one would tell them of it.
    if (obstacle === 'not-public' && (await act(house, (tx) => cancelScheduled(tx, itemId, lang, OPERATOR, now)))) {
      return house.say(`ok: ${path} will not be published`)
    }
    throw new Refusal(`${path} was not withdrawn: ${WITHDRAW_REFUSED[obstacle]}.`)
  },
}
