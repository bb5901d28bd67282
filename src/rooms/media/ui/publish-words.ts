import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import type { MissingNeed } from '../needs.ts'
import type { ObstacleToPublishing } from '../obstacle.ts'

const OBSTACLES: Record<ObstacleToPublishing | MissingNeed, typeof m.pub_obs_no_title> = {
  'no-title': m.pub_obs_no_title, 'no-text': m.pub_obs_no_text, withdrawn: m.pub_obs_withdrawn, 'already-published': m.pub_obs_already, 'waits-for-signers': m.pub_obs_signers, 'waits-for-claimers': m.clm_obs, 'picture-consent': m.pic_obs_consent, 'in-trash': m.blk_in_trash,
  'waits-for-reader': m.trl_obs_reader, 'waits-for-agreement': m.trl_obs_agreement, 'waits-for-led-agreement': m.trl_obs_led, 'waits-for-editor': m.trl_obs_editor,
}

/** What stands in the way of publishing a text, as a sentence. */
export const obstacleSaid = (obstacle: ObstacleToPublishing | MissingNeed, lang: Lang): string => OBSTACLES[obstacle]({}, { locale: lang as 'en' })

const PROBLEMS: Record<string, typeof m.pub_obs_no_title> = {
  ...OBSTACLES, 'changed-meanwhile': m.pub_meanwhile,
  'no-day': m.pub_err_day, 'no-hour': m.pub_err_hour, 'no-zone': m.pub_err_zone, skipped: m.pub_err_skipped, twice: m.pub_err_twice, past: m.pub_err_past,
  malformed: m.pub_err_malformed, reserved: m.pub_err_reserved, taken: m.pub_err_taken, 'was-public': m.pub_err_was_public,
  'too-late': m.pub_undo_late, 'not-standing': m.pub_undo_gone, 'published-since': m.pub_undo_since, 'corrected-since': m.pub_undo_corrected,
  'no-note': m.pub_err_note, 'too-long': m.pub_err_long, 'not-public': m.pub_err_not_public, 'no-choice': m.pub_err_choice, 'no-reason': m.pub_err_why, 'no-replacement': m.pub_err_replacement,
  'already-withdrawn': m.pub_obs_withdrawn, 'by-machine': m.trl_err_machine, 'no-unread-reason': m.trl_err_unread,
}

/** Why an act was refused, as a sentence that says what to do. */
export const problemSaid = (problem: string, lang: Lang): string => (PROBLEMS[problem] ?? m.set_mend)({}, { locale: lang as 'en' })
