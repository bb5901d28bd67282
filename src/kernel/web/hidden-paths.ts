/**
 * Kit answers `/…/__data.json` with everything that `load` returned, past the page's look, and `__route.js` with which
 * routes exist. Public pages have no script that would ask, so outside the desk such an address never was.
 */
export function isHidden(path: string): boolean {
  const plain = decoded(path)
  if (plain === undefined) return false
  return /(^|\/)(\.html)?[^/]*__(data\.json|route\.js)$/.test(plain.replace(/\/+$/, '')) && !/^\/desk(\/|$)/.test(plain)
}

/** Undefined when it cannot be decoded. */
export function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
