import type { Guard } from './guard.ts'

const ATTACKS = 'tests/journeys/attacks.test.ts'
const SIGN_IN = 'src/routes/(desk)/desk/(open)/sign-in/+page.server.ts'
const SIGNED_IN = 'src/routes/(desk)/signed-in.ts'
const BY_LINK = 'src/routes/(desk)/desk/(open)/in/[token]'

/**
 * Of the built program. A build takes a minute, so all of these go at once: each has a test of its own, which makes what it
 * needs itself, and the words in which that must fail; every other test of the file must still pass.
 */
export const BUILT_GUARDS: Guard[] = [
  {
    against: 'a form that another site sends (CSRF)',
    file: 'vite.config.ts', stands: 'compilerOptions: { runes: true },', gone: `compilerOptions: { runes: true }, csrf: { trustedOrigins: ['*'] },`,
    test: ATTACKS, named: 'a form that another site sends, or that names no origin, does nothing (CSRF)', says: 'to be 403',
    alsoFails: ['each listed origin takes its own forms and no other’s; an unlisted one gets no page'],
  },
  {
    against: 'a session planted before sign-in (fixation)',
    file: SIGN_IN, stands: 'keepToken({ url, cookies }, token, sharedDevice)', gone: `keepToken({ url, cookies }, cookies.get('__Host-altavoz')?.startsWith('xxx') ? cookies.get('__Host-altavoz')! : token, sharedDevice)`,
    test: ATTACKS, named: 'a session that a stranger planted before sign-in is not hers afterwards (fixation)', says: 'not to contain \'xxx',
  },
  {
    against: 'an older session that lives on behind a new one',
    file: SIGN_IN, stands: '    await endFormer(locals)\n    keepToken(', gone: '    if (!locals.viewer) await endFormer(locals)\n    keepToken(',
    test: ATTACKS, named: 'who signs in again where she was signed in leaves no session behind', says: 'to have a length of',
  },
  {
    against: 'another site after sign-in (open redirect)',
    file: SIGN_IN, stands: `sharedDevice)\n    redirect(303, deskPathOf(url.searchParams.get('next')))`, gone: `sharedDevice)\n    redirect(303, url.searchParams.get('next') ?? '/desk')`,
    test: ATTACKS, named: 'sign-in leads on to no other site (open redirect)', says: 'to deeply equal [ 303, \'/desk\' ]',
  },
  {
    against: 'another site for who is signed in (open redirect)',
    file: SIGN_IN, stands: `if (locals.viewer.is === 'person') redirect(303, deskPathOf(url.searchParams.get('next')))`, gone: `if (locals.viewer.is === 'person') redirect(303, url.searchParams.get('next') ?? '/desk')`,
    test: ATTACKS, named: 'nor does its page for who is signed in already (open redirect)', says: 'to deeply equal [ 303, \'/desk\' ]',
  },
  {
    against: 'fields that a form adds at coming in (mass assignment)',
    file: `${BY_LINK}/+page.server.ts`, stands: 'const named = { name, signInName,', gone: 'const named = { ...(Object.fromEntries(form) as object), name, signInName,',
    also: [{ file: 'src/rooms/people/server/coming-in-actions.ts', stands: 'await giveDuty(tx, personId, link, now)', gone: 'await giveDuty(tx, personId, { ...link, ...who, organisationId: null, lang: null } as typeof link, now)' }],
    test: ATTACKS, named: 'what a form adds gives her who comes in no other duty (mass assignment)', says: 'to deeply equal',
  },
  {
    against: 'finding out by the answer who has an account (enumeration)',
    file: 'src/rooms/people/server/sign-in-actions.ts', stands: 'if (!secrets || secrets.passwordHash !== asked.fittingHash || !found) return undefined', gone: `if (!secrets) throw new Error('nobody has this name')\n  if (secrets.passwordHash !== asked.fittingHash || !found) return undefined`,
    test: ATTACKS, named: 'a name that nobody has, a wrong password and a wrong code answer with the same bytes (enumeration)', says: 'to deeply equal [ 400, 400, 400 ]',
  },
  {
    against: 'finding out by the answer whether somebody came in (enumeration)',
    file: `${BY_LINK}/living-link.ts`, stands: 'error(404)', gone: 'error(link ? 410 : 404)',
    test: ATTACKS, named: 'a link that ended and one that never was answer with the same bytes (enumeration)', says: 'expected 2 to be 1',
  },
  {
    against: 'the address of a request in the log',
    file: 'src/hooks.server.ts', stands: 'route: event.route.id, method', gone: 'route: event.url.pathname, method',
    test: ATTACKS, named: 'a fault behind a link writes the route and no token into the log', says: `to contain '"route":`,
  },
  {
    against: 'script that reads the session’s cookie',
    file: SIGNED_IN, stands: '    httpOnly: true,\n', gone: '    httpOnly: false,\n',
    test: ATTACKS, named: 'says %s', says: `to include 'httponly'`,
  },
  {
    against: 'the session’s cookie sent in the open',
    file: SIGNED_IN, stands: '    secure: at.secure,\n', gone: '    secure: false,\n',
    test: ATTACKS, named: 'says %s', says: `to include 'secure'`,
  },
  {
    against: 'the session’s cookie sent along by other sites',
    file: SIGNED_IN, stands: `    sameSite: 'lax',\n`, gone: `    sameSite: 'none',\n`,
    test: ATTACKS, named: 'says %s', says: `to include 'samesite=lax'`,
  },
  {
    against: 'a password sent over plain http',
    file: SIGN_IN, stands: '    if (!sessionCookieAt(url)) return fail(403, { signInName: \'\', sharedDevice: false, by: \'password\' as const })\n', gone: '',
    test: ATTACKS, named: 'over plain http nobody signs in, with whatever fits', says: 'to deeply equal [ 403, undefined ]',
  },
  {
    against: 'pages of the desk without sign-in',
    file: 'src/hooks.server.ts', stands: 'return orSignIn(event) ?? orOldAddress(', gone: 'return (event.isSubRequest ? orSignIn(event) : undefined) ?? orOldAddress(',
    test: ATTACKS, named: 'who has not signed in is sent to sign-in by every page behind it', says: `'/desk/sign-in' ]`,
  },
  {
    against: 'pages of stewards for everybody who is signed in',
    file: 'src/routes/(desk)/stewards-only.ts', stands: 'if (!isSteward(person)) error(404)', gone: 'if (!person) error(404)',
    alsoFails: ['a steward sets what news need, and lets one go unread with her reason; text of a machine is never let go so'],
    test: ATTACKS, named: 'who is no steward finds no page of people, and acts on nobody there', says: 'to be 404',
  },
  {
    against: 'publishing without the right to',
    file: 'src/routes/(desk)/desk/(signed-in)/media/[id]/publish/+page.server.ts', stands: '(who, item) => mayPublish(who, item, lang), change)', gone: '() => lang !== \'\', change)',
    test: 'tests/journeys/publishing.test.ts', named: 'whoever may not publish sends the form of whoever may, and nothing goes out', says: 'to be 404',
  },
  {
    against: 'notes of colleagues for whoever does not read the text',
    file: 'src/routes/(desk)/item-desk.ts', stands: 'if (!item || !mayRead(who, item)) error(404)', gone: 'if (!item || who.id === item.id) error(404)',
    alsoFails: ['a translation is worked on elsewhere: out as XLIFF or Word, back beside its source, and what changed meanwhile is told'],
    test: 'tests/journeys/translating.test.ts', named: 'who does not read a text finds neither its notes nor its translations', says: 'to be 404',
  },
  {
    against: 'an answer, or a language given back, by Enter in the digits',
    file: 'src/routes/(agree)/agree/[token]/+page.svelte', stands: `  <form method="post">\n    <div hidden><button disabled aria-hidden="true"></button></div>\n`, gone: `  <form method="post">\n`,
    also: [{ file: 'src/routes/(agree)/agree/[token]/+page.svelte', stands: '<form method="post"><div hidden><button disabled aria-hidden="true"></button></div>', gone: '<form method="post">' }],
    test: 'tests/journeys/claiming.test.ts', named: 'Enter in the six digits sends nothing, and changes nothing: neither an answer nor a language given back', says: 'to deeply equal []',
  },
]
