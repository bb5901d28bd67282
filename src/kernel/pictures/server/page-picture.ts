import '#kernel/pictures/server/tables.ts'
import type { JobHouse } from '#kernel/commands/room.ts'
import { act } from '#kernel/database/act.ts'
import { FORMATS, MOST_BEFORE_TAP, type PictureFile, type PictureRefusal } from '#kernel/pictures/picture.ts'
import { cleanPicture } from '#kernel/pictures/server/clean-picture.ts'
import { keepPictureOnce, keepRendition } from '#kernel/pictures/server/picture-actions.ts'
import { findPictureSource, listPictureFiles } from '#kernel/pictures/server/picture-queries.ts'
import { makeRenditions } from '#kernel/pictures/server/renditions.ts'
import { loadSharp } from '#kernel/pictures/server/sharp.ts'

type PictureHouse = Pick<JobHouse, 'db' | 'blobs' | 'clock'>

export interface PagePicture {
  id: string
  /** Of each format the widest that a page may show before a tap; a JPEG is always among them, and last. */
  inPage: PictureFile[]
  /** The widest JPEG: what a tap leads to. */
  large: PictureFile
}

/** Keeps a picture, drawn anew, with all its widths, and says which of them a page shows. Nothing shows it yet. */
export async function keepPagePicture(house: PictureHouse, sent: Uint8Array): Promise<PagePicture | { refused: PictureRefusal }> {
  const clean = await cleanPicture(sent)
  if ('refused' in clean) return clean
  const { bytes, ...about } = clean
  const file = await house.blobs.write(bytes)
  // Its widths are made here, by no job: what is frozen names them.
  const id = await act(house, (tx) => keepPictureOnce(tx, { ...about, ...file }, house.clock()))
  await makeRenditions(house, id)
  const files = await listPictureFiles(house.db.read, id)
  const large = files.find(({ format }) => format === 'jpeg')!
  const light = (format: string) => files.find((one) => one.format === format && one.byteSize <= MOST_BEFORE_TAP)
  const inPage = FORMATS.filter((format) => format !== 'jpeg').flatMap((format) => light(format) ?? [])
  return { id, inPage: [...inPage, light('jpeg') ?? (await lightJpeg(house, id))], large }
}

/** For a picture so full of detail that its narrowest JPEG is too heavy. */
async function lightJpeg(house: PictureHouse, id: string): Promise<PictureFile> {
  const source = await findPictureSource(house.db.read, id)
  const bytes = await house.blobs.read(source!.sourceHash)
  const sharp = await loadSharp()
  for (const side of [400, 300, 200, 100]) {
    const drawing = sharp(bytes).resize({ width: side, height: 2 * side, fit: 'inside' }).flatten({ background: '#fbf4e6' })
    const { data, info } = await drawing.jpeg({ quality: 60, progressive: true, mozjpeg: true }).toBuffer({ resolveWithObject: true })
    if (data.length > MOST_BEFORE_TAP) continue
    const made = { format: 'jpeg' as const, width: info.width, height: info.height, ...(await house.blobs.write(data)) }
    await act(house, (tx) => keepRendition(tx, id, { ...made, mediaType: 'image/jpeg' }, house.clock()))
    return made
  }
  throw new Error('a picture of 100 by 200 pixels weighs more than a page may')
}
