import type { Act, SubjectKind } from '#kernel/audit/acts.ts'
import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'

/** Of every act what somebody did, without who did it and to what: Ended a duty. */
const ACT_TEXTS: Record<Act, typeof m.log_act_open_site> = {
  'found-site': m.log_act_found_site, 'open-site': m.log_act_open_site, 'close-site': m.log_act_close_site, 'set-site': m.log_act_set_site,
  'take-back-site': m.log_act_take_back_site, 'write-fixed-page': m.log_act_write_fixed_page, 'add-press-contact': m.log_act_add_press_contact,
  'edit-press-contact': m.log_act_edit_press_contact, 'remove-press-contact': m.log_act_remove_press_contact,
  'create-item': m.log_act_create_item, 'save-revision': m.log_act_save_revision, 'rename-slug': m.log_act_rename_slug,
  'publish-revision': m.log_act_publish_revision, 'cancel-publication': m.log_act_cancel_publication, 'withdraw-text': m.log_act_withdraw_text,
  'note-correction': m.log_act_note_correction, 'sign-text': m.log_act_sign_text, 'choose-starter': m.log_act_choose_starter,
  'wish-signer': m.log_act_wish_signer, 'ask-signer': m.log_act_ask_signer, 'revoke-ask': m.log_act_revoke_ask,
  'leave-out-signer': m.log_act_leave_out_signer, 'take-back-leaving-out': m.log_act_take_back_leaving_out,
  'answer-ask': m.log_act_answer_ask, 'claim-language': m.log_act_claim_language, 'give-back-language': m.log_act_give_back_language, 'choose-pin': m.log_act_choose_pin,
  'record-redirect': m.log_act_record_redirect, 'take-back-item': m.log_act_take_back_item,
  'hand-on-item': m.log_act_hand_on_item, 'set-down-item': m.log_act_set_down_item, 'trash-item': m.log_act_trash_item, 'take-from-trash': m.log_act_take_from_trash,
  'add-plan': m.log_act_add_plan, 'change-plan': m.log_act_change_plan, 'begin-plan': m.log_act_begin_plan, 'remove-plan': m.log_act_remove_plan, 'take-back-plan': m.log_act_take_back_plan,
  'undo-publication': m.log_act_undo_publication, 'make-press-link': m.log_act_make_press_link, 'end-press-link': m.log_act_end_press_link, 'restore-revision': m.log_act_restore_revision,
  'set-picture': m.log_act_set_picture, 'remove-picture': m.log_act_remove_picture, 'add-file': m.log_act_add_file,
  'remove-file': m.log_act_remove_file, 'relate-text': m.log_act_relate_text, 'end-relation': m.log_act_end_relation,
  'set-series': m.log_act_set_series, 'leave-series': m.log_act_leave_series, 'credit-people': m.log_act_credit_people, 'state-facts': m.log_act_state_facts,
  'follow-source': m.log_act_follow_source, 'note-machine': m.log_act_note_machine, 'read-text': m.log_act_read_text, 'let-go-unread': m.log_act_let_go_unread, 'set-needs': m.log_act_set_needs,
  'leave-note': m.log_act_leave_note, 'answer-note': m.log_act_answer_note, 'close-note': m.log_act_close_note, 'reopen-note': m.log_act_reopen_note,
  'add-library-file': m.log_act_add_library_file, 'describe-library-file': m.log_act_describe_library_file, 'record-consent': m.log_act_record_consent,
  'withdraw-consent': m.log_act_withdraw_consent, 'redraw-picture': m.log_act_redraw_picture, 'replace-file': m.log_act_replace_file,
  'add-topic': m.log_act_add_topic, 'name-topic': m.log_act_name_topic, 'merge-topic': m.log_act_merge_topic,
  'take-back-topics': m.log_act_take_back_topics,
  'make-entry-link': m.log_act_make_entry_link, 'revoke-entry-link': m.log_act_revoke_entry_link, 'come-in': m.log_act_come_in,
  'give-duty': m.log_act_give_duty, 'end-duty': m.log_act_end_duty, 'let-go': m.log_act_let_go,
  'sign-in': m.log_act_sign_in, 'end-session': m.log_act_end_session, 'end-all-sessions': m.log_act_end_all_sessions,
  'change-name': m.log_act_change_name, 'change-password': m.log_act_change_password, 'make-recovery-codes': m.log_act_make_recovery_codes,
  'begin-key-change': m.log_act_begin_key_change, 'change-key': m.log_act_change_key,
  'add-passkey': m.log_act_add_passkey, 'end-passkey': m.log_act_end_passkey, 'rename-passkey': m.log_act_rename_passkey,
  'refuse-passkey': m.log_act_refuse_passkey,
  'ask-recovery': m.log_act_ask_recovery, 'give-recovery-code': m.log_act_give_recovery_code, 'confirm-recovery': m.log_act_confirm_recovery,
  'refuse-recovery': m.log_act_refuse_recovery, recover: m.log_act_recover,
  'ask-to-confirm-mail': m.log_act_ask_to_confirm_mail, 'confirm-mail': m.log_act_confirm_mail, 'want-mail': m.log_act_want_mail,
  'want-no-mail': m.log_act_want_no_mail, 'remove-mail': m.log_act_remove_mail,
  'add-organisation': m.log_act_add_organisation, 'edit-organisation': m.log_act_edit_organisation, 'name-organisation': m.log_act_name_organisation,
  'record-agreement-to-be-shown': m.log_act_record_agreement_to_be_shown, 'end-agreement-to-be-shown': m.log_act_end_agreement_to_be_shown,
  'set-logo': m.log_act_set_logo, 'take-back-organisation': m.log_act_take_back_organisation,
  'record-recognition': m.log_act_record_recognition, 'end-recognition': m.log_act_end_recognition,
  'propose-recognition': m.log_act_propose_recognition, 'take-back-proposal': m.log_act_take_back_proposal, 'cast-voice': m.log_act_cast_voice,
  'decide-proposal': m.log_act_decide_proposal,
}

const SUBJECT_TEXTS: Record<SubjectKind, typeof m.log_row_site> = {
  site: m.log_row_site, item: m.log_row_item, plan: m.log_row_plan, topic: m.log_row_topic, page: m.log_row_page, person: m.log_row_person, organisation: m.log_row_organisation, 'entry-link': m.log_row_entry_link, session: m.log_row_session, passkey: m.log_row_passkey, 'recognition-proposal': m.log_row_recognition_proposal, 'library-file': m.log_row_library_file,
}

export const actText = (act: Act, lang: Lang): string => ACT_TEXTS[act]({}, { locale: lang as 'en' })

export const subjectWord = (kind: SubjectKind, lang: Lang): string => SUBJECT_TEXTS[kind]({}, { locale: lang as 'en' })
