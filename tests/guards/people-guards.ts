import type { Guard } from './guard.ts'

/** Of coming in, sessions and duties: their tests need no build. */
export const PEOPLE_GUARDS: Guard[] = [
  {
    against: 'finding out by time who has an account (enumeration)',
    file: 'src/rooms/people/server/signing-in.ts', stands: 'await isPassword(kept ?? NO_PASSWORD_HASH, typed.password)', gone: 'kept !== undefined && await isPassword(kept ?? NO_PASSWORD_HASH, typed.password)',
    test: 'src/rooms/people/server/signing-in.test.ts', named: 'an unknown name, a wrong password and a wrong code take the same time',
  },
  {
    against: 'finding out by the wait who has an account (enumeration)',
    file: 'src/rooms/people/server/signing-in.ts', stands: 'await house.wait(slow.attempt(key, house.clock()))', gone: 'await house.wait((await findPasswordHash(house.db.read, key)) ? slow.attempt(key, house.clock()) : 0)',
    test: 'src/rooms/people/server/signing-in.test.ts', named: 'guesses are slowed, for names that nobody has in the same way, and never shut her out',
  },
  {
    against: 'guessing without end',
    file: 'src/rooms/people/slow-down.ts', stands: 'return waitAfter(before)', gone: 'return waitAfter(before * 0)',
    test: 'src/rooms/people/slow-down.test.ts', named: 'three attempts are free, then each waits twice as long, and never longer than five seconds',
  },
  {
    against: 'a password that is guessed first',
    file: 'src/rooms/people/server/password.ts', stands: `if (isCommon(password) || isLittleMoreThan(FIRST_GUESSES, password)) return 'too-common'`, gone: `if (isLittleMoreThan(FIRST_GUESSES, password)) return 'too-common'`,
    test: 'src/rooms/people/server/password.test.ts', named: '%s is too common',
  },
  {
    against: 'fields that a form adds at sign-in (mass assignment)',
    file: 'src/rooms/people/server/signing-in.ts', stands: '{ ...typed, signInKey: key, fittingHash: isRight ? kept : undefined }', gone: '{ signInKey: key, fittingHash: isRight ? kept : undefined, ...typed }',
    test: 'src/rooms/people/server/signing-in.test.ts', named: 'what a form adds to name, password and code lets nobody in (mass assignment)',
  },
  {
    against: 'an organisation for a steward (mass assignment)',
    file: 'src/rooms/people/invitation.ts', stands: 'return { duty, organisationId: null, lang: null }', gone: 'return { duty, organisationId: chosen.organisation || null, lang: chosen.lang || null }',
    test: 'src/rooms/people/invitation.test.ts', named: 'an invitation to %s with %j is %j',
  },
  {
    against: 'a one-time code seen over a shoulder (replay)',
    file: 'src/rooms/people/server/one-time-code.ts', stands: 'found.find((step) => lastStep === undefined || step > lastStep)', gone: 'found.find((step) => lastStep === undefined || step > 0)',
    test: 'src/rooms/people/server/one-time-code.test.ts', named: 'a code opens once, and none before it opens later',
  },
  {
    against: 'a one-time code that is not written down as used (replay)',
    file: 'src/rooms/people/server/code-actions.ts', stands: 'set({ totpLastStep: found.step })', gone: 'set({ totpLastStep: null })',
    test: 'src/rooms/people/server/signing-in.test.ts', named: 'a code lets in once, also when it comes twice at the same time',
  },
  {
    against: 'a recovery code found on used paper (replay)',
    file: 'src/rooms/people/server/sign-in-queries.ts', stands: `.where('hash', '=', hash).where('usedAt', 'is', null)`, gone: `.where('hash', '=', hash)`,
    test: 'src/rooms/people/server/signing-in.test.ts', named: 'a recovery code lets in once, in place of the one-time code',
  },
  {
    against: 'digits to answer by for who is no delegate (mass assignment)',
    file: 'src/rooms/people/server/coming-in-actions.ts', stands: `if (who.pinHash !== null && link.duty === 'delegate')`, gone: 'if (who.pinHash !== null)',
    test: 'src/rooms/people/server/coming-in.test.ts', named: 'a delegate’s six digits are kept as she comes in, once, as a hash; who is none keeps none, and who fails leaves none',
  },
  {
    against: 'digits that are guessed first, chosen at the way in',
    file: 'src/rooms/people/pin.ts', stands: `return obstacleToPin(pin) ?? (pin === again ? null : 'differs')`, gone: `return isPinFormed(pin) && pin === again ? null : 'differs'`,
    test: 'src/rooms/people/server/entry-form.test.ts', named: 'a delegate chooses her six digits as she comes in, with a password and with a passkey alike',
  },
  {
    against: 'a link used twice',
    file: 'src/rooms/people/server/coming-in-actions.ts', stands: 'set({ usedAt: now, usedBy: personId, totpSecret: null })', gone: 'set({ totpSecret: link.totpSecret })',
    test: 'src/rooms/people/server/coming-in.test.ts', named: 'a link lets one person in, as a steward, with her secrets and a session, and is used up',
  },
  {
    against: 'a link used twice at once',
    file: 'src/rooms/people/server/entry-link-queries.ts', stands: `.where('tokenHash', '=', tokenHash).forUpdate()`, gone: `.where('tokenHash', '=', tokenHash)`,
    test: 'src/rooms/people/server/coming-in.test.ts', named: 'of two who come at once with one link exactly one comes in',
  },
  {
    against: 'an old link',
    file: 'src/rooms/people/entry-link.ts', stands: `return Temporal.Instant.compare(now, link.expiresAt) >= 0 ? 'expired' : null`, gone: 'return null && now',
    test: 'src/rooms/people/server/coming-in.test.ts', named: 'a link ends after 24 hours, and when a new one is made',
  },
  {
    against: 'a session that never ends',
    file: 'src/rooms/people/session.ts', stands: 'Temporal.Instant.compare(now, idleUntil) < 0 && ', gone: 'idleUntil && ',
    test: 'src/rooms/people/server/signing-in.test.ts', named: 'a session ends after twelve idle hours, on a shared device after ten idle minutes, and lives on while she is here',
  },
  {
    against: 'a copied session that is kept in use',
    file: 'src/rooms/people/session.ts', stands: ' && Temporal.Instant.compare(now, longest) < 0', gone: ' && longest !== undefined',
    test: 'src/rooms/people/session.test.ts', named: 'however often she is here, a session ends seven days after sign-in, on a shared device after twelve hours',
  },
  {
    against: 'ending another person’s session',
    file: 'src/rooms/people/server/session-actions.ts', stands: `.where('id', '=', sessionId).where('personId', '=', who.id).where('endedAt', 'is', null).returning`, gone: `.where('id', '=', sessionId).where('endedAt', 'is', null).returning`,
    test: 'src/rooms/people/server/signing-in.test.ts', named: 'each sign-in has its own token, and she ends her sessions and nobody else’s',
  },
  {
    against: 'who has left coming back by an open session',
    file: 'src/rooms/people/server/session-queries.ts', stands: `.where('session.tokenHash', '=', tokenHash).where('person.endedAt', 'is', null)`, gone: `.where('session.tokenHash', '=', tokenHash)`,
    test: 'src/rooms/people/server/signing-in.test.ts', named: 'who has left comes in no more, by no door',
  },
  {
    against: 'inviting as somebody who is no steward',
    file: 'src/rooms/people/server/invitation-actions.ts', stands: `if (!(await lockStewards(tx, now)).includes(who.id)) return 'not-found'`, gone: 'await lockStewards(tx, now)',
    test: 'src/rooms/people/server/invitation.test.ts', named: 'only a steward invites, revokes and ends access, also when her session still says that she is one',
  },
  {
    against: 'ending access as somebody who is no steward',
    file: 'src/rooms/people/server/leaving-actions.ts', stands: `if (!isId(personId) || !stewards.includes(who.id)) return 'not-found'`, gone: `if (!isId(personId)) return 'not-found'`,
    test: 'src/rooms/people/server/invitation.test.ts', named: 'only a steward invites, revokes and ends access, also when her session still says that she is one',
  },
  {
    against: 'a house without a steward',
    file: 'src/rooms/people/server/leaving-actions.ts', stands: `if (stewards.every((one) => one === personId)) return 'last-steward'\n`, gone: '\n',
    test: 'src/rooms/people/server/invitation.test.ts', named: 'the last steward cannot go, and two who let each other go at once leave one behind',
  },
  {
    against: 'two stewards who let each other go at once',
    file: 'src/rooms/people/server/member-queries.ts', stands: `.orderBy('personDuty.id').forUpdate()`, gone: `.orderBy('personDuty.id')`,
    test: 'src/rooms/people/server/invitation.test.ts', named: 'the last steward cannot go, and two who let each other go at once leave one behind',
  },
]
