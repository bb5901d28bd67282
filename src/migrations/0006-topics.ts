import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const [key, ...names] of FIELDS) {
    const { rows } = await sql<{ id: string }>`
      insert into topic (id, key, created_at) values (gen_random_uuid(), ${key}, now()) returning id`.execute(db)
    for (const [i, name] of names.entries()) {
      await sql`insert into topic_text (topic_id, lang, name) values (${rows[0]!.id}::uuid, ${LANGS[i]}, ${name})`.execute(db)
    }
  }
}

const STATEMENTS = [
  // A topic that was merged keeps its row, so that its old address leads on. It leads to one that stands, in one step.
  `create table topic (
    id uuid primary key,
    key text not null unique check (key ~ '^[a-z0-9-]{1,40}$'),
    created_at timestamptz not null,
    merged_into uuid references topic,
    merged_at timestamptz,
    check ((merged_into is null) = (merged_at is null)),
    check (merged_into <> id)
  )`,
  `create index topic_merged_into on topic (merged_into) where merged_into is not null`,
  `create table topic_text (
    topic_id uuid not null references topic,
    lang text not null,
    name text not null,
    primary key (topic_id, lang)
  )`,
  // Keys as the revision has them; a merge changes how they are read, not what they say.
  `alter table publication add column topics text[] not null default '{}'`,
  `update publication p set topics = array(select jsonb_array_elements_text(coalesce(r.frozen->'topics', '[]')))
    from revision r where r.id = p.revision_id`,
  `create index publication_topics on publication using gin (topics)`,
  // Lists in all languages.
  `create index publication_newest on publication (sort_day desc, item_id desc)`,
]

const LANGS = ['en', 'es', 'pt', 'fr', 'ht']

/**
 * The nine fields in which the members work. Every installation has them, also one that starts without starter content or
 * comes from an earlier version: so they stand here.
 */
const FIELDS = [
  ['human-rights', 'Human rights', 'Derechos humanos', 'Direitos humanos', 'Droits humains', 'Dwa moun'],
  ['sexual-reproductive-health', 'Sexual and reproductive health and rights', 'Salud y derechos sexuales y reproductivos',
    'Saúde e direitos sexuais e reprodutivos', 'Santé et droits sexuels et reproductifs', 'Sante ak dwa seksyèl ak repwodiktif'],
  ['hiv', 'HIV', 'VIH', 'HIV', 'VIH', 'VIH'],
  ['harm-reduction', 'Harm reduction', 'Reducción de daños', 'Redução de danos', 'Réduction des risques', 'Rediksyon risk'],
  ['lgbtiq', 'Rights of LGBTIQ+ people', 'Derechos de las personas LGBTIQ+', 'Direitos das pessoas LGBTQIA+',
    'Droits des personnes LGBTIQ+', 'Dwa moun LGBTIQ+'],
  ['digital-rights', 'Digital rights', 'Derechos digitales', 'Direitos digitais', 'Droits numériques', 'Dwa dijital'],
  ['anti-trafficking', 'Action against trafficking', 'Lucha contra la trata', 'Enfrentamento ao tráfico de pessoas',
    'Lutte contre la traite', 'Batay kont trèt moun'],
  ['migration', 'Migration', 'Migración', 'Migração', 'Migration', 'Migrasyon'],
  ['racial-justice', 'Racial justice', 'Justicia racial', 'Justiça racial', 'Justice raciale', 'Jistis rasyal'],
] as const
