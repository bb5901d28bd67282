import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import type { AgreementState } from '#rooms/media/agreement.ts'

const NAMES: Record<AgreementState, typeof m.agr_st_asked> = {
  'not-asked': m.agr_st_not_asked, asked: m.agr_st_asked, seen: m.agr_st_seen, agreed: m.agr_st_agreed, 'agreed-if': m.agr_st_agreed_if,
  declined: m.agr_st_declined, 'no-answer': m.agr_st_no_answer, 'left-out': m.agr_st_left_out,
}

export const stateName = (state: AgreementState, lang: Lang): string => NAMES[state]({}, { locale: lang as 'en' })

/** In the order in which they come. */
export const AGREEMENT_STATES = Object.keys(NAMES) as AgreementState[]
