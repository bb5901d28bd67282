import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Texts of one language that have what is asked for, year by year, the nearest years first, until there are as many as wanted.
  // What the first years held says how far on to look at once. Whether readers may see a text is looked at here only so that
  // others do not count as found: whoever asks says it again.
  // near: the years of each part, as they stand in the index of words; cuts: the last year of each; sizes: at least how many texts
  // stand in the parts up to it; ranked_by: rank each by this in its title and teaser.
  `create function nearest_texts(
    of_lang text, asked tsquery, near tsquery[], nearest int, cuts int[], sizes int[],
    day_from date, day_to date, is_undated boolean, is_oldest boolean, moment timestamptz, wanted int,
    ranked_by tsquery
  ) returns table (
    id uuid, item_id uuid, lang text, kind text, sort_day date, from_day date, to_day date, places_named text[], topics text[],
    public_from timestamptz, public_until timestamptz, words tsvector, rank real
  ) language plpgsql stable rows 1000 as $$
    declare
      -- The language is written out: the planner then knows which language's index of words it may ask.
      look text := format('select * from (select p.id, p.item_id, p.lang, p.kind, p.sort_day, p.from_day, p.to_day, p.places_named, p.topics,
          p.public_from, p.public_until, p.words, '
        || case when ranked_by is null then '0::real' else 'ts_rank(p.head, $6)' end || ' as rank
        from publication p where p.lang = %L and p.words @@ $1
        and p.public_from <= $2 and (p.public_until is null or p.public_until > $2)', of_lang)
        || case when day_from is null then '' else ' and p.to_day >= $3' end
        || case when day_to is null then '' else ' and p.from_day <= $4' end
        || case when is_undated then ' and p.to_day is null' else '' end;
      -- NOTE: the offset keeps the planner from walking along the days: with words that would read all of each text on its way.
      first_ones text := format(' offset 0) p order by p.sort_day %1$s, p.item_id %1$s limit $5', case when is_oldest then 'asc' else 'desc' end);
      seen bigint := 0;
      found bigint;
      years tsquery;
      part int := 1;
      last_part int;
    begin
      while part <= cardinality(near) and seen < wanted loop
        exit when part > 1 and seen * sizes[cardinality(near)] < wanted * sizes[part - 1];
        last_part := part;
        years := near[part];
        while part > 1 and last_part < cardinality(near) and seen * sizes[last_part] < wanted * sizes[part - 1] loop
          last_part := last_part + 1;
          years := years || near[last_part];
        end loop;
        return query execute look || first_ones using asked && years, moment, day_from, day_to, wanted, ranked_by;
        get diagnostics found = row_count;
        seen := seen + found;
        part := last_part + 1;
      end loop;
      if seen >= wanted then return; end if;
      -- NOTE: no two days to stand between: the planner would ask the index of days beside that of words, and that takes longer.
      return query execute look || ' and extract(year from p.sort_day)::int not between $7 and $8' || first_ones
        using asked, moment, day_from, day_to, wanted, ranked_by, least(nearest, cuts[part - 1]), greatest(nearest, cuts[part - 1]);
    end $$`,
]
