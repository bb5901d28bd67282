// Makes tree.json and subdivisions.json beside it from CLDR's data. Run again only for a new edition of CLDR:
//   npm i --no-save cldr-core@48.2.0 cldr-subdivisions-full@48.2.0 && node src/kernel/place/data/make.mjs
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const supplemental = (name) => require(`cldr-core/supplemental/${name}.json`).supplemental
const { territoryContainment } = supplemental('territoryContainment')
const { subdivisionContainment } = supplemental('subdivisionContainment')
const { subdivisionAlias } = supplemental('aliases').metadata.alias
const names = require('cldr-subdivisions-full/subdivisions/en/en.json').subdivisions.localeDisplayNames.subdivisions

// CLDR's own codes and groups, which are neither ISO's nor M49's. XK stays: people live there, and CLDR names it.
const NOT_PLACES = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA', 'QO', 'EU', 'EZ', 'UN'])
const partsOf = (code) => (territoryContainment[code]?._contains ?? []).filter((part) => !NOT_PLACES.has(part)).sort()

const tree = {}
for (const code of Object.keys(territoryContainment)) if (/^\d{3}$/.test(code)) tree[code] = partsOf(code)
// The UN's own steps, where CLDR goes straight through them: the Americas, and Africa south of the Sahara.
tree['019'] = ['021', '419']
tree['002'] = ['015', '202']
tree['001'] = ['002', '009', '019', '142', '150', 'AQ'] // M49 lists Antarctica under the world alone
writeFileSync(new URL('tree.json', import.meta.url), lines(tree))

// "frare" → FR-ARE. A subdivision that is a territory of its own (FR-GF, US-PR, NL-AW) is not listed: French Guiana is GF.
const territories = new Set(Object.values(tree).flat())
// CLDR still lists some of those by number: Guadeloupe to Mayotte, Bonaire, Saba and Sint Eustatius, Svalbard and Jan Mayen.
const BY_NUMBER = /^(fr97\d|nlbq\d|no2[12])$/
const isTerritory = (id) =>
  BY_NUMBER.test(id) || subdivisionAlias[id]?._replacement.split(' ').some((code) => territories.has(code))
const iso = (id) => `${id.slice(0, 2).toUpperCase()}-${id.slice(2).toUpperCase()}`
const nameOf = (id) => names[id].replace(/[¹²³]$/, '') // “Île-de-France²”: how CLDR keeps two equal names apart
const subdivisions = {}
for (const [parent, { _contains: ids }] of Object.entries(subdivisionContainment)) {
  const code = territories.has(parent) ? parent : iso(parent)
  const parts = ids.filter((id) => !isTerritory(id) && names[id]).map((id) => [iso(id).slice(3), nameOf(id)])
  if (parts.length > 0) subdivisions[code] = Object.fromEntries(parts)
}
writeFileSync(new URL('subdivisions.json', import.meta.url), lines(subdivisions))

function lines(object) {
  const keys = Object.keys(object).sort()
  return '{\n' + keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(object[key])}`).join(',\n') + '\n}\n'
}
