import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import type { DeskStanding } from '../desk-standing.ts'

const WORDS: Record<DeskStanding, typeof m.txt_is_draft> = {
  none: m.txt_is_none, draft: m.txt_is_draft, waiting: m.txt_is_waiting, public: m.txt_is_public, changed: m.txt_is_changed, withdrawn: m.txt_is_withdrawn,
}

export const standingWord = (standing: DeskStanding, lang: Lang): string => WORDS[standing]({}, { locale: lang as 'en' })

/** The umbrella beside the word, as `desk.css` draws it. */
export const STANDING_MARK: Record<DeskStanding, string> = { none: 'gone', draft: 'hat', waiting: 'half', public: 'full', changed: 'hat', withdrawn: 'gone' }
