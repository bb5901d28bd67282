import type { PictureFormat } from '#kernel/pictures/picture.ts'

export interface PictureTable {
  id: string
  createdAt: Temporal.Instant
  width: number
  height: number
  /** The clean re-encoding from which renditions are made; the file that was sent is not kept. */
  sourceHash: string
}

export interface PictureRenditionTable {
  pictureId: string
  format: PictureFormat
  width: number
  height: number
  hash: string
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    picture: PictureTable
    pictureRendition: PictureRenditionTable
  }
}
