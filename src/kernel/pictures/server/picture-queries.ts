import { sql } from 'kysely'
import '#kernel/pictures/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Picture, PictureFile, Rendition } from '#kernel/pictures/picture.ts'

/** What a page reports that shows a picture: its widths appear some seconds after it was kept. */
export const pictureTag = (id: string) => `picture:${id}`

export async function findPicture(db: ReadDb, id: string): Promise<Picture | undefined> {
  const renditions = sql<Rendition[]>`coalesce((
    select json_agg(json_build_object('format', format, 'width', width, 'height', height, 'hash', hash) order by format, width)
    from picture_rendition where picture_id = picture.id), '[]')`
  return db
    .selectFrom('picture')
    .select(['id', 'width', 'height', renditions.as('renditions')])
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function findPictureSource(db: ReadDb, id: string) {
  return db.selectFrom('picture').select(['sourceHash', 'width', 'height']).where('id', '=', id).executeTakeFirst()
}

/** Its renditions with their weights, the widest first. */
export async function listPictureFiles(db: ReadDb, id: string): Promise<PictureFile[]> {
  const rows = await db.selectFrom('pictureRendition').innerJoin('blob', 'blob.hash', 'pictureRendition.hash')
    .select(['format', 'width', 'height', 'pictureRendition.hash', 'byteSize'])
    .where('pictureId', '=', id).orderBy('width', 'desc').execute()
  return rows.map((row) => ({ ...row, byteSize: Number(row.byteSize) }))
}

/** Every picture, with how many renditions of it are made. */
export async function* listPicturesByMade(db: ReadDb): AsyncGenerator<{ id: string; width: number; made: number }> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await db.selectFrom('picture')
      .select((one) => ['id', 'width', one.selectFrom('pictureRendition').whereRef('pictureId', '=', 'picture.id').select(sql<number>`count(*)::int`.as('n')).as('made')])
      .where('id', '>', after).orderBy('id').limit(1000).execute()
    for (const { id, width, made } of rows) yield { id, width, made: made ?? 0 }
    if (rows.length < 1000) return
    after = rows.at(-1)!.id
  }
}
