/** Where a licence can be read, when it is one of Creative Commons; undefined for any other words. */
export function licenceAddress(licence: string): string | undefined {
  if (licence === 'CC0 1.0') return 'https://creativecommons.org/publicdomain/zero/1.0/'
  const [, terms, version] = /^CC (BY(?:-NC)?(?:-SA|-ND)?) ([1-4]\.0)$/.exec(licence) ?? []
  return terms && `https://creativecommons.org/licenses/${terms.toLowerCase()}/${version}/`
}
