import { readFileSync, statSync } from 'node:fs'
import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { CommandHouse, CommandOption } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { changeShown, type ShownAct } from '#rooms/media/server/shown-actions.ts'
import type { AddressedText } from '#rooms/media/server/text-commands.ts'

export const PUBLISH_OPTION: CommandOption = { flag: '--publish', description: 'show it to readers at once' }

const REFUSED = { 'not-found': 'it has no saved text', withdrawn: 'it was withdrawn, and what was withdrawn is never revived' }

/** To let it pass would publish what else was saved since the yes: so whoever must take something from readers hears what does. */
const claimed = (path: string) => `${path} cannot be published: an organisation approves the text in this language, and has not agreed to it as it would then be. Nothing was changed. `
  + `Without --publish the change is saved, and the organisation can be asked about it. To take the text from readers at once: bin/altavoz withdraw ${path} --why "…"`

export interface ShownChange {
  name: ShownAct
  change(frozen: Frozen): Frozen
  /** What the change needs in the same act, before it: rows of files. */
  before?(tx: Tx): Promise<void>
  /** “has a picture” */
  done: string
}

/** Makes one change to what a text shows, publishes it when asked to, and says what happened. */
export async function changeText(house: CommandHouse, text: AddressedText, { name, change, before, done }: ShownChange, publish: boolean): Promise<void> {
  const { itemId, lang, path } = text
  const zone = (await findSite(house.db.read))?.zone ?? 'UTC'
  const now = house.clock()
  const outcome = await act(house, async (tx) => {
    await before?.(tx)
    const changed = await changeShown(tx, { itemId, lang }, name, change, OPERATOR, now)
    if (!changed.changed || !changed.isNew || !publish) return changed
    const out = await publishRevision(tx, { itemId, lang, revisionId: changed.revisionId, from: now, zone }, OPERATOR, now)
    if (!out.published) throw new Refusal(out.obstacle === 'waits-for-claimers' ? claimed(path) : `${path} cannot be published (${out.obstacle}). Nothing was changed.`)
    return changed
  })
  if (!outcome.changed) throw new Refusal(`${path} was not changed: ${REFUSED[outcome.obstacle]}.`)
  if (!outcome.isNew) return house.say(`${path} is so already; nothing was changed`)
  house.say(`ok: ${path} ${done}, as a new revision${publish ? ', which is public' : ''}`)
  if (outcome.unsigned > 0) house.say(`  note: who signed it (${outcome.unsigned}) agreed to it as it was; name them again with sign once they agree`)
  if (!publish) house.say(`  note: readers see it once it is published: bin/altavoz publish ${path}`)
}

/** The bytes of a file that was named. @throws Refusal in one sentence */
export function readNamed(path: string, most: number): Buffer {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isFile()) throw new Refusal(`There is no file ${path}. Check the path and try again; nothing was changed.`)
  if (found.size > most) throw new Refusal(`${path} is too large: at most ${Math.floor(most / 1_000_000)} MB. Nothing was changed.`)
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Refusal(`${path} cannot be opened (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Nothing was changed.`)
  }
}

/** An option that may not be empty. */
export function said(value: unknown, flag: string): string {
  const text = String(value ?? '').trim()
  if (text === '') throw new Refusal(`${flag} is empty. Write a text; nothing was changed.`)
  return text
}
