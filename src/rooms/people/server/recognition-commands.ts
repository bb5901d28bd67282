import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { organisationTyped } from '#rooms/people/server/organisation-commands.ts'
import { endRecognition, recordRecognition } from '#rooms/people/server/recognition-actions.ts'

const REFUSED = {
  'not-found': 'there is no such organisation',
  'no-basis': 'say by whom or by which decision it was recognised: --basis "…"',
  'already-recognised': 'its recognition stands already',
  'no-reason': 'say why it ends: --why "…"',
  'not-recognised': 'no recognition of it stands',
  'members-decide': 'the members that are recognised decide it now. A delegate of one of them proposes it at the desk, on the page of the organisation, and it holds once more than half of them agree',
  'ends-before-it-began': 'it cannot end before the day on which it began',
}

/** The day that was typed, or today in the site's zone. */
async function dayOf(house: CommandHouse, option: unknown): Promise<Temporal.PlainDate> {
  if (option === undefined) {
    return house.clock().toZonedDateTimeISO((await findSite(house.db.read))?.zone ?? 'UTC').toPlainDate()
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(String(option))) throw noDay(option)
  try {
    return Temporal.PlainDate.from(String(option), { overflow: 'reject' })
  } catch {
    throw noDay(option)
  }
}

const noDay = (option: unknown) => new Refusal(`“${String(option)}” is not a day. Write it as 2026-11-24. Nothing was changed.`)
const on = { flag: '--on <day>', description: 'the day, as 2026-11-24; today when left out' }

const recognise: Command = {
  usage: 'organisation recognise <organisation>',
  description: 'write down that it is recognised as sex-worker-led, on what basis and on which day, while no recognised member can decide it',
  options: [{ flag: '--basis <text>', description: 'by whom or by which decision', required: true }, on],
  examples: ['organisation recognise organizacion-a --basis "Decision of the stewards" --on 2026-10-12'],
  async run(house, [word = ''], options) {
    const { id, slug } = await organisationTyped(house, word)
    const recognition = { recognisedOn: await dayOf(house, options.on), basis: String(options.basis ?? '') }
    const obstacle = await act(house, (tx) => recordRecognition(tx, id, recognition, OPERATOR, house.clock()))
    if (obstacle) throw new Refusal(`Nothing was changed: ${REFUSED[obstacle]}.`)
    house.say(`ok: ${slug} is recognised as sex-worker-led since ${recognition.recognisedOn.toString()}`)
  },
}

const end: Command = {
  usage: 'organisation end-recognition <organisation>',
  description: 'end its recognition openly, while no recognised member can decide it; that it stood stays on record',
  options: [{ flag: '--why <text>', description: 'the reason', required: true }, on],
  async run(house, [word = ''], options) {
    const { id, slug } = await organisationTyped(house, word)
    const day = await dayOf(house, options.on)
    const obstacle = await act(house, (tx) => endRecognition(tx, id, day, String(options.why ?? ''), OPERATOR, house.clock()))
    if (obstacle) throw new Refusal(`Nothing was changed: ${REFUSED[obstacle]}.`)
    house.say(`ok: the recognition of ${slug} ended on ${day.toString()}`)
  },
}

export const recognitionCommands: Command[] = [recognise, end]
