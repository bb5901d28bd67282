import '#kernel/audit/server/tables.ts'
import { GENESIS, type ChainedEntry, type Head, linkHash } from '#kernel/audit/chain.ts'
import type { ReadDb } from '#kernel/database/tables.ts'

export interface Finding {
  what: 'changed' | 'removed' | 'added' | 'reordered' | 'cut-short'
  position: bigint
  entryId?: bigint
}

export interface Verification {
  sealed: bigint
  /** Committed and waiting for the sealer; more than a handful means that no server runs. */
  unsealed: bigint
  head?: Head
  findings: Finding[]
}

interface Link extends Head {
  entryId: bigint
  /** Null when the entry is gone and its seal is not. */
  entry: ChainedEntry | null
}

const PAGE = 2000
const MOST_FINDINGS = 20

/**
 * Walks the chain and says what does not fit. Someone who may write to the database can recompute all of it, or cut
 * its end off; only a head noted elsewhere (a backup, an edition, a steward's notebook) shows that: give it as `known`.
 */
export async function verifyChain(db: ReadDb, known?: Head): Promise<Verification> {
  const findings: Finding[] = []
  let before: Link | undefined
  let last: Link | undefined
  let knownSeen = known === undefined
  const previousOf = (link?: Link) => link?.hash ?? GENESIS

  for await (const link of walk(db)) {
    if (known && link.position === known.position) knownSeen = link.hash === known.hash
    if (findings.length < MOST_FINDINGS) {
      const expected = (last?.position ?? 0n) + 1n
      for (let gap = expected; gap < link.position && gap < expected + 5n; gap++) {
        findings.push({ what: 'removed', position: gap })
      }
      const finding = await judge(db, link, last, before, link.position > expected)
      if (finding) findings.push(finding)
    }
    before = last
    last = link
  }
  if (known && !knownSeen) findings.push({ what: 'cut-short', position: known.position })
  return {
    sealed: await count(db, 'auditSeal'),
    unsealed: (await count(db, 'auditEntry')) - (await count(db, 'auditSeal')),
    head: last && { position: last.position, hash: previousOf(last) },
    findings,
  }
}

/**
 * A link fits when its hash follows from its entry and the hash before it. When it does not, the hashes that it would
 * fit tell what happened: the one before the last (something was put between), any other (it was moved), or none.
 */
async function judge(db: ReadDb, link: Link, last: Link | undefined, before: Link | undefined, afterGap: boolean) {
  const { position, entryId, entry, hash } = link
  if (!entry) return { what: 'removed' as const, position, entryId }
  const fits = (previous: string) => linkHash(previous, entry) === hash
  if (fits(last?.hash ?? GENESIS)) return undefined
  if (last && fits(before?.hash ?? GENESIS)) {
    return { what: 'added' as const, position: last.position, entryId: last.entryId }
  }
  // Across a gap its own predecessor is missing, so nothing more can be said of this link.
  if (afterGap) return undefined
  for await (const other of walk(db)) {
    if (other.entryId !== entryId && fits(other.hash)) return { what: 'reordered' as const, position, entryId }
  }
  return fits(GENESIS) ? { what: 'reordered' as const, position, entryId } : { what: 'changed' as const, position, entryId }
}

async function* walk(db: ReadDb): AsyncGenerator<Link> {
  let after = 0n
  for (;;) {
    const rows = await db
      .selectFrom('auditSeal as seal')
      .leftJoin('auditEntry as entry', 'entry.id', 'seal.entryId')
      .select(['seal.position', 'seal.hash', 'seal.entryId', 'entry.id', 'entry.at', 'entry.actor', 'entry.act'])
      .select(['entry.subject', 'entry.detail'])
      .where('seal.position', '>', after)
      .orderBy('seal.position')
      .limit(PAGE)
      .execute()
    for (const { position, hash, entryId, ...row } of rows) {
      yield { position, hash, entryId, entry: row.id === null ? null : (row as ChainedEntry) }
    }
    if (rows.length < PAGE) return
    after = rows.at(-1)!.position
  }
}

async function count(db: ReadDb, table: 'auditSeal' | 'auditEntry'): Promise<bigint> {
  const row = await db.selectFrom(table).select(({ fn }) => fn.countAll<bigint>().as('n')).executeTakeFirstOrThrow()
  return row.n
}
