import type { TextInLanguage } from '#rooms/media/item.ts'
import type { ListProblem, ListWords } from '#rooms/media/list-address.ts'
import type { Stone } from '#rooms/media/stone.ts'
import type { House } from '#kernel/house.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Reading } from '#kernel/page-cache/reading.ts'
import type { Viewer } from '#kernel/viewer/viewer.ts'

declare global {
  namespace App {
    interface Locals {
      house: House
      reading: Reading
      now: Temporal.Instant
      /** The language of the address, or the one that the reader's browser asks for where the address has none. */
      lang: Lang
      viewer: Viewer
      /** Her session is on a device that others use. */
      sharedDevice?: true
      /** She has just come in by a link: what answers shows her recovery codes, this once. */
      cameIn?: true
    }
    interface Error {
      message: string
      /** What a reader may tell us so that the log's line is found. */
      reference?: string
      /** A text that was taken down (410). */
      stone?: Stone
      /** A text that has no translation into this language (404). */
      elsewhere?: TextInLanguage[]
      /** A list whose filters cannot be read (400). */
      badList?: { words: ListWords; problems: ListProblem[] }
      /** A page number that a list does not have (400, 404). `below` is its address below the language. */
      badPage?: { below: string; value: string; pages?: number }
    }
  }
}
