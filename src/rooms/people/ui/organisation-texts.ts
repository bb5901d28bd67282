import { m } from '#kernel/language/m.ts'

const DONE: Record<string, (inputs: Record<never, never>, options: { locale: 'en' }) => string> = {
  saved: m.og_saved, done: m.og_done, 'no-basis': m.og_err_why, 'no-reason': m.og_err_why, 'already-proposed': m.og_err_open, closed: m.og_err_over,
  'already-recognised': m.og_err_over, 'not-recognised': m.og_err_over, 'ends-before-it-began': m.og_err_over, 'members-decide': m.og_err_members,
}

/** What an act on an organisation came to. */
export const organisationDoneText = (done: string, lang: string): string => (DONE[done] ?? m.og_err_over)({}, { locale: lang as 'en' })
