/**
 * Finds what a page of the desk is given by its address.
 * @param pages addresses as ARCHITECTURE.md spells them: `{token}` stands for any one part
 */
export function scriptedPagesOf<T>(pages: Readonly<Record<string, T>>): (path: string) => T | undefined {
  const patterns = Object.entries(pages).map(([address, given]) => ({ pattern: patternOf(address), given }))
  return (path) => patterns.find(({ pattern }) => pattern.test(path))?.given
}

const patternOf = (address: string) =>
  new RegExp(`^${address.split('/').map((part) => (/^\{\w+\}$/.test(part) ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&'))).join('/')}/?$`)
