import subdivisionNames from './data/subdivisions.json' with { type: 'json' }
import regions from './data/tree.json' with { type: 'json' }

const children = new Map<string, readonly string[]>(Object.entries(regions))
const parents = new Map<string, string[]>()
const englishNames = new Map<string, string>()

for (const [code, names] of Object.entries<Record<string, string>>(subdivisionNames)) {
  const country = code.slice(0, 2)
  const parts = Object.keys(names).sort()
  children.set(code, parts.map((part) => `${country}-${part}`))
  for (const part of parts) englishNames.set(`${country}-${part}`, names[part] ?? part)
}
for (const [parent, parts] of children) {
  for (const part of parts) parents.set(part, [...(parents.get(part) ?? []), parent])
}
// North America as geographers draw it crosses the halves that M49 draws: it lies in the Americas, but is no child of them.
parents.set('003', ['019'])

const ancestors = new Map<string, readonly string[]>()

/** All that contain a place, nearest first. A country may lie in several regions: Mexico in 013, 003, 419 and 019. */
export function ancestorsOf(code: string): readonly string[] {
  const known = ancestors.get(code)
  if (known) return known
  const found = new Set<string>()
  let ring = parents.get(code) ?? []
  while (ring.length > 0) {
    for (const parent of ring) found.add(parent)
    ring = ring.flatMap((parent) => parents.get(parent) ?? [])
  }
  // The world last, however short a way leads there.
  const list = [...found].filter((parent) => parent !== '001')
  const sorted = found.has('001') ? [...list, '001'] : list
  ancestors.set(code, sorted)
  return sorted
}

export const isInTree = (code: string) => code === '001' || parents.has(code)
export const allPlaces = () => ['001', ...parents.keys()]
export const partsOf = (code: string): readonly string[] => children.get(code) ?? []
/** CLDR's English name of a subdivision; mostly the name that people there use. */
export const englishNameOf = (subdivision: string) => englishNames.get(subdivision)
