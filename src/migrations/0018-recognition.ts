import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // A question to the members that are recognised as sex-worker-led: recognise one more, or end a recognition.
  `create table recognition_proposal (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    kind text not null check (kind in ('recognise', 'end')),
    why text not null,
    proposed_at timestamptz not null,
    proposed_by uuid not null references person,
    proposed_for uuid not null references organisation,
    closes_at timestamptz not null,
    closed_at timestamptz,
    outcome text check (outcome in ('carried', 'rejected', 'lapsed', 'taken-back')),
    check ((closed_at is null) = (outcome is null))
  )`,
  `create unique index recognition_proposal_open on recognition_proposal (organisation_id) where closed_at is null`,
  // One voice a member organisation, cast by one of its delegates.
  `create table recognition_voice (
    proposal_id uuid not null references recognition_proposal,
    organisation_id uuid not null references organisation,
    agrees boolean not null,
    cast_by uuid not null references person,
    cast_at timestamptz not null,
    primary key (proposal_id, organisation_id)
  )`,
  // What stands here already was recorded by the stewards. A proposal is named without a reference: an export takes
  // recognitions along, and not how each member voted.
  `alter table organisation_recognition
    add column decided_by text not null default 'stewards' check (decided_by in ('stewards', 'members')),
    add column proposal_id uuid,
    add column end_decided_by text check (end_decided_by in ('stewards', 'members')),
    add column end_proposal_id uuid`,
  `update organisation_recognition set end_decided_by = 'stewards' where ended_on is not null`,
  `alter table organisation_recognition alter column decided_by drop default,
    add check ((decided_by = 'members') = (proposal_id is not null)),
    add check ((ended_on is null) = (end_decided_by is null)),
    add check ((coalesce(end_decided_by, 'stewards') = 'members') = (end_proposal_id is not null))`,
]
