import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Pictures and files that texts can show. What it shows now is in `shown`; every file that it ever was is in library_blob.
  `create table library_file (
    id uuid primary key,
    kind text not null check (kind in ('picture', 'file')),
    organisation_id uuid references organisation,
    name text not null,
    credit text not null default '',
    licence text not null default '',
    shown jsonb not null,
    added_by text not null,
    added_at timestamptz not null
  )`,
  `create index library_file_newest on library_file (added_at desc, id desc)`,
  `create table library_blob (
    file_id uuid not null references library_file,
    hash text not null references blob,
    primary key (file_id, hash)
  )`,
  `create index library_blob_hash on library_blob (hash)`,
  `create table library_alt (
    file_id uuid not null references library_file,
    lang text not null,
    text text not null,
    primary key (file_id, lang)
  )`,
  // What the people shown agreed to: a row a change, the newest counts, none is ever changed. Without a row it is unknown.
  // No name of anybody who is shown stands in it.
  `create table consent (
    file_id uuid not null references library_file,
    number int not null,
    state text not null check (state in ('given', 'not-needed', 'withdrawn')),
    reason text not null,
    shown_in text[] not null,
    until_on date,
    ends_at timestamptz,
    face_may_be_seen boolean not null,
    recorded_by text not null,
    recorded_at timestamptz not null,
    primary key (file_id, number)
  )`,
  `create index consent_ends on consent (ends_at) where ends_at is not null`,
  // Whether a picture had this form before it was cropped or blurred, where nobody can be recognised only in what it is now.
  `create function is_former_form(asked text, f library_file, c consent) returns boolean language sql stable as $$
    select f.kind = 'picture' and not c.face_may_be_seen
      and (c.state = 'given' or (c.state = 'not-needed' and exists (select from picture p where p.id = (f.shown->>'pictureId')::uuid and p.created_at <= c.recorded_at)))
      and not exists (select from (select f.shown#>>'{large,hash}' as hash union all select p->>'hash' from jsonb_array_elements(f.shown->'inPage') p
        union all select p.hash from picture_rendition p where p.picture_id = (f.shown->>'pictureId')::uuid) form where form.hash = asked)
  $$`,
  // Whether a file is not to be shown by a text of an organisation: consent was taken back, here or at any other; or at that organisation
  // it is over, was not given for this, or is for another form of it. Asked at each reading.
  `create function consent_bars(asked text, owner uuid, purpose text, moment timestamptz) returns boolean language sql stable as $$
    select exists (select from library_blob b join library_file f on f.id = b.file_id
      join consent c on c.file_id = f.id and c.number = (select max(n.number) from consent n where n.file_id = f.id)
      where b.hash = asked and (c.state = 'withdrawn' or (f.organisation_id is not distinct from owner
        and (c.ends_at <= moment or (c.state = 'given' and not purpose = any(c.shown_in)) or is_former_form(asked, f, c)))))
  $$`,
  // What a file is not to be passed on for.
  `create function kept_from(asked text, owner uuid, moment timestamptz) returns jsonb language sql stable as $$
    select to_jsonb(array(select purpose from unnest(array['prints', 'networks']) purpose where consent_bars(asked, owner, purpose, moment)))
  $$`,
  // What a revision of an organisation's text shows at a moment: what it froze, without what may not be shown.
  `create function shown_of(frozen jsonb, owner uuid, moment timestamptz) returns jsonb language sql stable as $$
    select case when not (frozen ? 'picture' or frozen ? 'files') then frozen
      else (case when consent_bars(frozen#>>'{picture,large,hash}', owner, 'site', moment) then frozen - 'picture'
          when frozen ? 'picture' then jsonb_set(frozen, '{picture,keptFrom}', kept_from(frozen#>>'{picture,large,hash}', owner, moment))
          else frozen end)
        || case when frozen ? 'files' then jsonb_build_object('files', (select coalesce(jsonb_agg(one.file || jsonb_build_object('keptFrom', kept_from(one.file->>'hash', owner, moment)) order by one.place), '[]')
            from jsonb_array_elements(frozen->'files') with ordinality one(file, place) where not consent_bars(one.file->>'hash', owner, 'site', moment)))
          else '{}' end
      end
  $$`,
  // What a person is sending, part by part; its bytes stand beside the files until it is whole.
  `create table upload (
    id uuid primary key,
    person_id uuid not null references person,
    name text not null,
    organisation_id uuid references organisation,
    byte_size bigint not null,
    received bigint not null,
    file_id uuid references library_file,
    begun_at timestamptz not null,
    finishing_since timestamptz,
    is_stopped boolean not null default false
  )`,
  `create index upload_of_person on upload (person_id)`,
  // What texts show already is in the library from the start: consent unknown, and shown on as it was, but for starter content, in
  // whose films nobody stands.
  `create temporary table had on commit drop as
    select distinct on (i.written_in, one.hash) gen_random_uuid() as id, one.kind, i.written_in, one.hash, one.name, one.credit, one.licence, one.shown, r.id as revision_id, r.lang, one.alt,
      r.created_by, r.created_at, i.is_starter, r.frozen
    from revision r join item i on i.id = r.item_id, lateral (
      select 'picture' as kind, r.frozen#>>'{picture,large,hash}' as hash, left(r.title, 120) as name, coalesce(r.frozen#>>'{picture,credit}', '') as credit, coalesce(r.frozen#>>'{picture,licence}', '') as licence,
        jsonb_build_object('pictureId', r.frozen->'pictureId', 'inPage', r.frozen#>'{picture,inPage}', 'large', r.frozen#>'{picture,large}') as shown, r.frozen#>>'{picture,alt}' as alt
      where r.frozen ? 'picture'
      union all
      select 'file', f->>'hash', left(f->>'title', 120), '', '', f - 'title' - 'name', f->>'title' from jsonb_array_elements(coalesce(r.frozen->'files', '[]')) f) one
    order by i.written_in, one.hash, r.created_at`,
  `insert into library_file (id, kind, organisation_id, name, credit, licence, shown, added_by, added_at)
    select id, kind, written_in, case when name = '' then '–' else name end, credit, licence, shown, created_by, created_at from had`,
  `insert into library_blob (file_id, hash) select had.id, b.hash from had, lateral (
      select had.hash union select had.shown#>>'{captions,hash}'
      union select p->>'hash' from jsonb_array_elements(coalesce(had.shown->'inPage', '[]')) p
      union select p.hash from picture_rendition p where p.picture_id = (had.shown->>'pictureId')::uuid
      union select p.source_hash from picture p where p.id = (had.shown->>'pictureId')::uuid) b
    where exists (select from blob where blob.hash = b.hash)`,
  `insert into library_alt (file_id, lang, text) select distinct on (had.id, r.lang) had.id, r.lang, r.frozen#>>'{picture,alt}'
    from had join revision_blob rb on rb.hash = had.hash join revision r on r.id = rb.revision_id join item i on i.id = r.item_id and i.written_in is not distinct from had.written_in
    where had.kind = 'picture' and r.frozen#>>'{picture,large,hash}' = had.hash and r.frozen#>>'{picture,alt}' <> '' order by had.id, r.lang, r.created_at desc`,
  `insert into library_alt (file_id, lang, text) select id, lang, alt from had where kind = 'file' and alt <> ''`,
  `insert into consent (file_id, number, state, reason, shown_in, until_on, ends_at, face_may_be_seen, recorded_by, recorded_at)
    select id, 1, 'not-needed', 'starter', '{}', null, null, false, 'system', created_at from had where is_starter`,
]
