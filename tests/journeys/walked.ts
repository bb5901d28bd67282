// How often a journey is walked.
import { inject } from 'vitest'

/**
 * The ways in which a journey is walked: in the short form once, in Spanish on a telephone; in the long one in English at a desk too. That
 * each page speaks each language and is no wider than a telephone is asked of all pages elsewhere.
 */
export function walked<T extends { locale: string }>(ways: readonly T[]): readonly T[] {
  if (inject('isLong')) return ways
  console.info(`walked in ${ways[0]!.locale} alone; in ${ways.slice(1).map(({ locale }) => locale).join(', ')} with --long`)
  return ways.slice(0, 1)
}
