/** Digits in the PIN by which a delegate answers for her organisation on an agreement link. */
export const PIN_DIGITS = 6

export const isPinFormed = (pin: string): boolean => /^[0-9]{6}$/.test(pin)

export type ObstacleToPin = 'malformed' | 'too-easy'

/** Keypad patterns and numbers that lists of guessed PINs begin with, beside what the rules below find. */
const GUESSED_FIRST = ['159753', '147258', '258369', '147852', '741852', '963852', '789456', '456123', '159357', '753951', '696969', '520131', '131452']

/** Why digits may not be chosen, or null. The first thousand guesses are made of few digits, steps and repetitions. */
export function obstacleToPin(pin: string): ObstacleToPin | null {
  if (!isPinFormed(pin)) return 'malformed'
  const digits = [...pin].map(Number)
  const steps = digits.slice(1).map((digit, i) => (digit - digits[i]! + 10) % 10)
  const isStair = steps.every((step) => step === steps[0])
  const isRepeated = pin.slice(0, 3) === pin.slice(3) || pin.slice(0, 2).repeat(3) === pin
  const isMirrored = [...pin].reverse().join('') === pin
  const isPairs = /^(\d)\1(\d)\2(\d)\3$/.test(pin)
  return new Set(digits).size < 3 || isStair || isRepeated || isMirrored || isPairs || GUESSED_FIRST.includes(pin) ? 'too-easy' : null
}

export type ObstacleToPinTwice = ObstacleToPin | 'differs'

/** Why digits that were typed twice may not be chosen, or null: also where neither field was filled, for they can be chosen later. */
export function obstacleToPinTwice(pin: string, again: string): ObstacleToPinTwice | null {
  if (pin === '' && again === '') return null
  return obstacleToPin(pin) ?? (pin === again ? null : 'differs')
}

/** How many may stand in line behind one another for one person. */
const MOST_WAITING = 4

/**
 * One guess after the other for each person: a million numbers are few, and whoever sends a hundred guesses at once must not have
 * a hundred answers after one wait. Nobody is locked out: who finds the line full is asked to come again in a moment.
 */
export class Turns {
  #lines = new Map<string, { last: Promise<unknown>; count: number }>()

  async take<T>(key: string, work: () => Promise<T>): Promise<T | 'too-many'> {
    const line = this.#lines.get(key) ?? { last: Promise.resolve(), count: 0 }
    if (line.count >= MOST_WAITING) return 'too-many'
    line.count++
    this.#lines.set(key, line)
    const mine = line.last.then(work, work)
    line.last = mine.catch(() => {})
    try {
      return await mine
    } finally {
      if (--line.count === 0) this.#lines.delete(key)
    }
  }
}
