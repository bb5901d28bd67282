import * as v from 'valibot'
import '#kernel/blobs/server/tables.ts'
import '#kernel/pictures/server/tables.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import { ExportedHash, ExportedId, ExportedInstant } from '#kernel/export/shapes.ts'
import { FORMATS } from '#kernel/pictures/picture.ts'

const Size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))

export const ExportedPicture = v.strictObject({
  id: ExportedId, createdAt: ExportedInstant, width: Size, height: Size, sourceHash: ExportedHash,
  renditions: v.array(v.strictObject({ format: v.picklist(FORMATS), width: Size, height: Size, hash: ExportedHash })),
})
export type ExportedPicture = v.InferOutput<typeof ExportedPicture>

/** Pictures with the hashes of all their files. */
export async function listExportedPictures(db: ReadDb, ids: readonly string[]): Promise<ExportedPicture[]> {
  if (ids.length === 0) return []
  const pictures = await db.selectFrom('picture').selectAll().where('id', 'in', [...ids]).orderBy('id').execute()
  const renditions = await db.selectFrom('pictureRendition').selectAll().where('pictureId', 'in', [...ids]).orderBy('format').orderBy('width').execute()
  return pictures.map((picture) => ({
    ...picture, renditions: renditions.filter(({ pictureId }) => pictureId === picture.id).map(({ pictureId: _, ...one }) => one),
  }))
}

export const hashesOfPicture = ({ sourceHash, renditions }: ExportedPicture): string[] => [sourceHash, ...renditions.map(({ hash }) => hash)]

/** Its files must be named in this transaction before. One that is here already stays as it is. */
export async function takeBackPicture(tx: Tx, { renditions, ...picture }: ExportedPicture): Promise<void> {
  const isNew = await tx.insertInto('picture').values(picture).onConflict((oc) => oc.doNothing()).returning('id').executeTakeFirst()
  if (!isNew || renditions.length === 0) return
  await tx.insertInto('pictureRendition').values(renditions.map((one) => ({ pictureId: picture.id, ...one }))).onConflict((oc) => oc.doNothing()).execute()
}
