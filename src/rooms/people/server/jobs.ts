import type { RoomJob } from '#kernel/commands/room.ts'
import { act } from '#kernel/database/act.ts'
import { letterOfConfirmation, letterOfNotice } from '#rooms/people/server/letters.ts'
import { claimDueMail, CONFIRM_JOB, makeConfirmation, NOTICE_JOB, noteMailed } from '#rooms/people/server/mail-actions.ts'
import { findDueMail } from '#rooms/people/server/mail-queries.ts'

/** Sends the link that confirms an address. Tried again, it makes a new one: the token stands in no job and no row. */
const confirmJob: RoomJob = {
  name: CONFIRM_JOB,
  async work({ db, mail }, { person = '' }) {
    if (!mail) return
    const made = await act({ db }, (tx) => makeConfirmation(tx, person))
    if (made) await mail.send({ to: made.address, ...letterOfConfirmation(mail.origin, made.lang, made.token) })
  },
}

/** Tells one person by mail that something waits. After a restore the rows say what is due, and the next round asks. */
const noticeJob: RoomJob = {
  name: NOTICE_JOB,
  async work({ db, mail, clock }, { person = '' }) {
    if (!mail) return
    const now = clock()
    const due = await findDueMail(db.read, person)
    if (!due) return
    if (due.isToTell) await mail.send({ to: due.address, ...letterOfNotice(mail.origin, due.lang) })
    await act({ db }, (tx) => noteMailed(tx, person, { dueAt: due.dueAt, isSent: due.isToTell }, now))
  },
  async round({ db, jobs, mail, clock }) {
    if (mail) await act({ db }, (tx) => claimDueMail(tx, jobs, clock()))
  },
}

export const mailJobs: RoomJob[] = [confirmJob, noticeJob]
