import type { Sharp } from 'sharp'
import type { JobHouse, RoomJob } from '#kernel/commands/room.ts'
import { act } from '#kernel/database/act.ts'
import { FORMATS, type PictureFormat, widthsOf } from '#kernel/pictures/picture.ts'
import { keepRendition, RENDITIONS_JOB } from '#kernel/pictures/server/picture-actions.ts'
import { findPicture, findPictureSource, listPicturesByMade } from '#kernel/pictures/server/picture-queries.ts'
import { loadSharp } from '#kernel/pictures/server/sharp.ts'

export const renditionsJob: RoomJob = {
  name: RENDITIONS_JOB,
  work: async (house, { picture }) => {
    if (picture) await makeRenditions(house, picture)
  },
  async* listDue(db) {
    for await (const { id, width, made } of listPicturesByMade(db)) {
      if (made < widthsOf(width).length * FORMATS.length) yield { ids: { picture: id } }
    }
  },
}

/** Makes the widths of a picture that are not there yet, so that a job that was killed goes on where it was. */
export async function makeRenditions(house: Pick<JobHouse, 'db' | 'blobs' | 'clock' | 'pages'>, id: string): Promise<void> {
  const source = await findPictureSource(house.db.read, id)
  const bytes = source && (await house.blobs.read(source.sourceHash))
  if (!bytes) return
  const made = (await findPicture(house.db.read, id))?.renditions ?? []
  const sharp = await loadSharp()
  for (const width of widthsOf(source.width)) {
    for (const format of FORMATS) {
      if (made.some((one) => one.format === format && one.width === width)) continue
      const drawn = encode(sharp(bytes).resize({ width }), format)
      const { data, info } = await drawn.toBuffer({ resolveWithObject: true })
      const file = await house.blobs.write(data)
      const rendition = { ...file, format, width: info.width, height: info.height, mediaType: `image/${format}` }
      if (!(await act(house, (tx) => keepRendition(tx, id, rendition, house.clock())))) return
    }
  }
}

function encode(drawing: Sharp, format: PictureFormat): Sharp {
  switch (format) {
    case 'avif': return drawing.avif({ quality: 52, effort: 4 })
    case 'webp': return drawing.webp({ quality: 78, effort: 4 })
    // JPEG knows no transparency: it is laid on the paper of the light page.
    case 'jpeg': return drawing.flatten({ background: '#fbf4e6' }).jpeg({ quality: 80, progressive: true, mozjpeg: true })
  }
}
