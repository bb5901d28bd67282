/**
 * Signs that print nothing and can turn a line around: controls, and the marks that override the direction of writing
 * (U+202A to U+202E, U+2066 to U+2069), with which a text can be made to read as another.
 */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g

/** The same data with every string made fit to print. */
export function printable(data: unknown): unknown {
  if (typeof data === 'string') return data.toWellFormed().replace(UNPRINTABLE, '')
  if (Array.isArray(data)) return data.map(printable)
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, printable(value)]))
}
