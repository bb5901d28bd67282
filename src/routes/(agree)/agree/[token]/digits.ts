import { act } from '#kernel/database/act.ts'
import { Turns } from '#rooms/people/pin.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { pinTyped } from '#rooms/people/server/pinning.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'
import { slowedHouse } from '../../../(desk)/slowed-house.ts'

/** Of all links together: whoever guesses at one person's digits is slowed at each. */
const [turns, slow] = [new Turns(), new SlowDown()]

/** Whether these are the digits of whom a link asks: by them she says that it is she. @returns what the digits were compared with, to be asked again where something is written */
export async function digitsTyped(house: App.Locals['house'], personId: string, pin: string): Promise<{ fits: string } | { problem: 'too-many' | 'wrong-pin' }> {
  const fits = await pinTyped(slowedHouse(house), turns, slow, personId, pin)
  if (fits === 'too-many') return { problem: 'too-many' }
  if (fits === 'guessed-at') await act(house, (tx) => notify(tx, { kind: 'pin-guessed', subject: personId, to: [personId] }, house.clock()))
  return fits === undefined || fits === 'guessed-at' ? { problem: 'wrong-pin' } : { fits }
}
