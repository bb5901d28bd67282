/**
 * Finds what a page of the desk is given by its address.
 * @param pages addresses as ARCHITECTURE.md spells them: `{token}` stands for any one part, `{lang}` for one that is the tag of a language
 */
export function scriptedPagesOf<T>(pages: Readonly<Record<string, T>>): (path: string) => T | undefined {
  const patterns = Object.entries(pages).map(([address, given]) => ({ pattern: patternOf(address), given }))
  return (path) => patterns.find(({ pattern }) => pattern.test(path))?.given
}

const patternOf = (address: string) =>
  new RegExp(`^${address.split('/').map((part) => (part === '{lang}' ? '[a-z]{2,3}(?:-[a-z0-9]{2,8})*' : /^\{\w+\}$/.test(part) ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&'))).join('/')}/?$`)
