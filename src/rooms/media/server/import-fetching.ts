import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fetchPublic, type Network } from '#kernel/fetching/server/fetch-public.ts'
import { type ImportKind, kindOfImport } from '#rooms/media/import/kind-of-import.ts'

const LARGEST = 50_000_000
const TYPES = /^(text\/(html|xml|plain|markdown)|application\/((rss|atom|rdf|xhtml)\+xml|xml|json|feed\+json))$/

export interface FetchedTexts {
  files: { file: string; path: string; kind: Exclude<ImportKind, 'press-page'> }[]
  refused: { address: string; reason: string }[]
}

/** Feeds and pages of the network as files of the data folder, which are read like all others and then taken away. */
export async function fetchTexts(dataDir: string, addresses: string[], network: Network): Promise<FetchedTexts> {
  const done: FetchedTexts = { files: [], refused: [] }
  const folder = join(dataDir, 'imports')
  for (const [i, address] of addresses.entries()) {
    const fetched = await fetchPublic(address, { types: TYPES, mostBytes: LARGEST }, network)
    if ('refused' in fetched) {
      done.refused.push({ address, reason: fetched.refused })
      continue
    }
    const kind = kindOfImport(fetched.bytes, address)
    if (!kind || kind === 'press-page') {
      done.refused.push({ address, reason: 'it is no feed, no export and no page' })
      continue
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, `fetched-${process.pid}-${i + 1}`)
    writeFileSync(path, fetched.bytes, { mode: 0o600 })
    done.files.push({ file: fetched.address, path, kind })
  }
  return done
}
