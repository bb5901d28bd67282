import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // A shared device's session ends with its tab, which says that it closes. What the tab says may overtake what it said
  // before: the later by its own clock counts.
  `alter table session add column tab_closed_at timestamptz, add column tab_told_at timestamptz,
    add check (shared_device or tab_told_at is null)`,
]
