// An archive of a given size to measure in: items in five languages with words by frequency, the same each time. Filling
// 100,000 takes 20 minutes, so a folder that was filled before is used again.
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Databases, openDatabases } from '#kernel/database/databases.ts'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { KINDS } from '#rooms/media/item.ts'

export const VOCABULARY = 30_000
export const PLACES = ['419', 'UY', 'BR', 'MX', 'CO', 'AR', 'HT', 'GY', 'BB', 'NZ']

/** The same numbers each time (mulberry32). */
let seed = 42
export const random = () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
export const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!
const SYLLABLES = ['ba', 'ce', 'di', 'fo', 'gu', 'la', 'me', 'ni', 'po', 'ru', 'sa', 'té', 'vi', 'zo', 'mar', 'con', 'tra', 'bal', 'der', 'sió']
/** The words of each language, the commonest first. */
export const vocabulary = UI_LANGS.map((_, i) => Array.from({ length: VOCABULARY }, (_, n) => {
  let [word, rest] = ['', n * 5 + i + 400]
  for (; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) word += SYLLABLES[rest % SYLLABLES.length]
  return word
}))
/** By frequency, as words are: the first stands in nearly every text, the last in one of thousands. */
const wordOf = (lang: number) => vocabulary[lang]![Math.floor(VOCABULARY ** random()) - 1]!
const textOf = (lang: number, words: number) => Array.from({ length: words }, () => wordOf(lang)).join(' ')

export interface Archive { db: Databases; url: string; tookS: number | undefined; end(): Promise<void> }

/**
 * @param items each has a text in every language
 * @param words of a text on average
 * @param kept the folder that it stays in; left out, it goes at the end
 */
export async function openArchive(items: number, words: number, kept: string | undefined): Promise<Archive> {
  const folder = kept ?? (await mkdtemp('/var/tmp/altavoz-bench-archive-'))
  const mark = `${folder}/filled`
  const isFilled = existsSync(mark)
  await mkdir(folder, { recursive: true })
  // As root, the unprivileged user that runs the server must pass through.
  await chmod(folder, 0o711)
  const embedded = await startEmbedded(folder + '/data')
  const began = performance.now()
  await migrate(embedded.url)
  const db = await openDatabases({ url: embedded.url })
  if (!isFilled) {
    await fill(db, items, words)
    await writeFile(mark, '')
  }
  return {
    db, url: embedded.url, tookS: isFilled ? undefined : (performance.now() - began) / 1000,
    async end() {
      await db.close()
      await embedded.stop()
      if (!kept) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function fill(db: Databases, items: number, words: number) {
  const { rows: indexes } = await sql<{ indexname: string; indexdef: string }>`select indexname, indexdef from pg_indexes where indexname like 'publication_words%'`.execute(db.read as never)
  await db.transaction(async (tx) => { for (const { indexname } of indexes) await sql`drop index ${sql.id(indexname)}`.execute(tx) })
  // Two at once: stemming keeps one processor busy.
  let left = items
  await Promise.all([1, 2].map(async () => {
    while (left > 0) {
      const n = Math.min(200, left)
      left -= n
      await db.transaction((tx) => fillSome(tx, n, words))
    }
  }))
  await db.transaction(async (tx) => {
    await sql`set local maintenance_work_mem = '256MB'`.execute(tx)
    for (const { indexdef } of indexes) await sql.raw(indexdef).execute(tx)
    for (const [i, lang] of UI_LANGS.entries()) {
      await sql`insert into search_word (lang, word, bare, trigrams) select ${lang}, w, bare(w), trigrams_of(w)
        from unnest(${vocabulary[i]!}::text[]) w on conflict do nothing`.execute(tx)
    }
  })
  await db.transaction((tx) => sql`analyze`.execute(tx))
}

async function fillSome(tx: Parameters<Parameters<Databases['transaction']>[0]>[0], n: number, words: number) {
  const rows = Array.from({ length: n }, () => {
    const year = 1990 + Math.floor(random() * 37)
    const place = pick(PLACES)
    return { kind: pick(KINDS), day: `${year}-0${1 + Math.floor(random() * 9)}-15`, place, topic: random() < 0.5 ? 'human-rights' : 'hiv' }
  })
  const texts = rows.map((row, i) => UI_LANGS.map((lang, l) => ({
    i, lang, ...row, title: textOf(l, 8), teaser: textOf(l, 20), body: `<p>${textOf(l, Math.round(words * (0.5 + random())))}</p>`,
  }))).flat()
  await sql`
    with given as materialized (select * from json_to_recordset(${JSON.stringify(texts)}::json) as g(
        i int, lang text, kind text, day date, place text, topic text, title text, teaser text, body text)),
    ids as materialized (select i, gen_random_uuid() as item, min(kind) as kind from given group by i),
    items as (insert into item (id, kind, original_lang, created_at) select item, kind, 'en', now() from ids),
    texts as materialized (select g.*, ids.item, gen_random_uuid() as revision from given g join ids using (i)),
    slugs as (insert into item_slug (lang, slug, item_id, is_current, since) select lang, item::text, item, true, now() from texts),
    revisions as (insert into revision (id, item_id, lang, number, created_at, created_by, title, teaser, body_markdown, body_html,
        notes_html, contents, word_count, renderer, frozen, hash)
      select revision, item, lang, 1, now(), 'bench', title, teaser, '', body, '', '[]', 1, 'bench',
        json_build_object('when', day::text, 'regions', json_build_array(json_build_object('place', place)), 'topics', json_build_array(topic))::jsonb, ''
      from texts)
    insert into publication (id, item_id, lang, revision_id, public_from, published_by, created_at, kind, sort_day, from_day, to_day,
      places, places_named, topics, in_translation, words, head)
    select gen_random_uuid(), item, lang, revision, now() - interval '1 day', 'bench', now(), kind, day, day, day,
      array[place, '019', '001'], array[place], array[topic], '{}', words_of(lang, title || ' ' || teaser || ' ' || words_in(body)),
      setweight(words_of(lang, title), 'A') || setweight(words_of(lang, teaser), 'B')
    from texts`.execute(tx)
}
