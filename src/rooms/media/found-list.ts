import type { Piece } from '#rooms/media/extract.ts'
import type { ItemSummary } from '#rooms/media/item.ts'

/** A page of the list as it is drawn. */
export interface FoundList {
  items: ItemSummary[]
  total: number
  /** There are more than are counted. */
  isLonger: boolean
  /** A phrase was asked for, and only the first texts that have its words were read for it. */
  isCut: boolean
  pages: number
  /** By item, where the words that were searched for stand in its text. */
  extracts?: Record<string, Piece[]>
  /** A likelier spelling of what was searched for and not found; it finds something. */
  meant?: string
  /** It finds something only without the other filters. */
  isMeantAlone?: boolean
}
