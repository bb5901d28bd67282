import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import { SYSTEM } from '#kernel/audit/server/audit.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { fallbacksOf, type Lang } from '#kernel/language/language.ts'
import type { Kind } from '#rooms/media/item.ts'
import type { StarterState } from '#rooms/media/starter-choice.ts'

export interface StarterItem extends StarterState {
  id: string
  kind: Kind
  /** Of each language in which it is written. */
  texts: { lang: Lang; slug: string; title: string }[]
}

/** Texts that came with the program, those that nobody decided on and the others, in the order in which they came. */
export async function listStarterItems(db: ReadDb): Promise<StarterItem[]> {
  const { rows } = await sql<StarterItem>`
    select i.id, i.kind, d.decision,
      exists (select from revision r where r.item_id = i.id and r.created_by <> ${SYSTEM}) as is_worked_on,
      exists (select from withdrawal w where w.item_id = i.id) as is_withdrawn,
      coalesce((select json_agg(json_build_object('lang', s.lang, 'slug', s.slug, 'title', r.title) order by s.lang)
        from item_slug s join lateral (select title from revision r where r.item_id = s.item_id and r.lang = s.lang order by number desc limit 1) r on true
        where s.item_id = i.id and s.is_current), '[]') as texts
    from item i left join starter_decision d on d.item_id = i.id
    where i.is_starter or d.item_id is not null order by i.created_at, i.id`.execute(db as never)
  return rows
}

/** Its title in a language, or in the nearest that it is written in. */
export function nearestText({ texts }: Pick<StarterItem, 'texts'>, lang: Lang): StarterItem['texts'][number] | undefined {
  return [lang, ...fallbacksOf(lang)].flatMap((one) => texts.find((text) => text.lang === one) ?? [])[0] ?? texts[0]
}
