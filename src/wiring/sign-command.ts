import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Signer } from '#rooms/media/item.ts'
import { signText } from '#rooms/media/server/signing-actions.ts'
import { textAt } from '#rooms/media/server/text-commands.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { lockOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { organisationTyped } from '#rooms/people/server/organisation-commands.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'

const REFUSED = {
  'not-found': 'it has no saved text',
  'no-signers': 'name one organisation at least',
  withdrawn: 'it was withdrawn, and what was withdrawn is never revived',
  starter: 'it is starter content, which the starter library signs',
}

/** Who signs, under the name that they have in the language of the text now. The rows stay locked, so that no agreement ends meanwhile. */
async function signersOf(tx: Tx, ids: string[], lang: Lang): Promise<Signer[]> {
  for (const id of ids.toSorted()) await lockOrganisation(tx, id)
  return Promise.all(ids.map(async (id) => {
    const organisation = await findOrganisation(tx, id)
    if (!organisation?.agreedToBeShownAt) {
      throw new Refusal(
        `${organisation?.slug ?? id} has not agreed to be shown, so it cannot be named. When it has: ` +
        `bin/altavoz organisation agreed ${organisation?.slug ?? id}. Nothing was changed.`)
    }
    const name = nameIn(organisation.texts, lang)
    return { organisationId: id, name: name.text, ...(name.lang !== lang && { lang: name.lang }) }
  }))
}

/** Puts two rooms together: the organisations of people sign the texts of media. */
export const signCommand: Command = {
  usage: 'sign <address> <...organisations>',
  description: 'name the organisations that agreed to exactly these words; publish shows it',
  examples: ['sign /es/media/nuestra-nota organizacion-a organizacion-b'],
  async run(house, [address = '', ...words]) {
    const { itemId, lang, path } = await textAt(house, address)
    const ids: string[] = []
    for (const word of words) ids.push((await organisationTyped(house, word)).id)
    const outcome = await act(house, async (tx) =>
      signText(tx, { itemId, lang }, await signersOf(tx, [...new Set(ids)], lang), OPERATOR, house.clock()))
    if (!outcome.signed) throw new Refusal(`${path} was not signed: ${REFUSED[outcome.obstacle]}. Nothing was changed.`)
    if (!outcome.isNew) return house.say(`${path} is signed so already; nothing was changed`)
    house.say(`ok: “${outcome.title}” is signed by ${new Set(ids).size}, as a new revision`)
    house.say(`  note: readers see it once it is published: bin/altavoz publish ${path}`)
  },
}
