import type { Guard } from './guard.ts'

/** Of the door, the log, files and cookies: their tests need no build. */
export const DOOR_GUARDS: Guard[] = [
  {
    against: 'an origin that is not listed',
    file: 'src/kernel/web/door.ts', stands: 'if (!names.answersFor(glance.host)) return refused.wrongName(res, url, isHead)\n', gone: '\n',
    test: 'src/kernel/web/door.test.ts', named: 'another name is 421 with a sentence that does not repeat it, and loopback names answer',
  },
  {
    against: 'a form of one listed origin sent to another',
    file: 'src/kernel/web/door.ts', stands: 'const origin = names.originOf(glance.host!, forwarded)', gone: 'const origin = forwarded ?? names.canonical',
    test: 'src/kernel/web/door.test.ts', named: 'a form, and what is asked of the desk, comes with the origin of the name that was asked, so that each takes only its own',
  },
  {
    against: 'a stranger’s word that she came by https',
    file: 'src/kernel/web/names.ts', stands: `if (!this.trusts(peer) || typeof header !== 'string') return undefined`, gone: `if (typeof header !== 'string') return undefined`,
    test: 'src/kernel/web/names.test.ts', named: 'a stranger’s X-Forwarded-Proto is not believed, nor a word that is no scheme',
  },
  {
    against: 'reading the desk’s pages in the browser’s cache',
    file: 'src/kernel/web/render.ts', stands: `isPersonal || response.status >= 500 ||`, gone: 'response.status >= 500 ||',
    test: 'src/kernel/web/door.test.ts', named: 'what is asked of the desk carries its whole request and is kept nowhere, whatever spelling its address has',
  },
  {
    against: 'a page of the desk given to the next who asks',
    file: 'src/kernel/web/door.ts', stands: 'if (glance.isPersonal || !isRead || isForOnePerson(path)) {', gone: 'if (!isRead) {',
    test: 'src/kernel/web/door.test.ts', named: 'a session or a token goes past what is kept, and is not kept',
  },
  {
    against: 'reading what load returned past the look of its page',
    file: 'src/kernel/web/door.ts', stands: 'isHidden(path) ? neverWas(path) : url', gone: 'url',
    test: 'src/kernel/web/door.test.ts', named: 'Kit’s data addresses are answered like an address that never was',
  },
  {
    against: 'guesses that take the places of readers',
    file: 'src/kernel/web/door.ts', stands: ': standsStill(path) ? entering :', gone: ':',
    test: 'src/kernel/web/door.test.ts', named: 'guesses at sign-in stand still in a queue of their own, and hold no place of a page',
  },
  {
    against: 'files on slow lines that take the places of readers',
    file: 'src/kernel/web/door.ts', stands: ": sendsFile(path, search.join('?')) ? files : asksElsewhere", gone: ': asksElsewhere',
    test: 'src/kernel/web/door.test.ts', named: 'files that are sent wait for each other, and hold no place of a page',
  },
  {
    against: 'slow sites, asked for whoever writes, that take the places of readers',
    file: 'src/kernel/web/door.ts', stands: "asksElsewhere(path, search.join('?')) ? looks : pages.gate", gone: "asksElsewhere(path, search.join('?')) ? pages.gate : pages.gate",
    test: 'src/kernel/web/door-looks.test.ts', named: 'who has links looked at waits for others who do, and holds no place of a page',
  },
  {
    against: 'a token in the referrer',
    file: 'src/kernel/web/security-headers.ts', stands: `'no-referrer' : 'same-origin',`, gone: `'no-referrer' : 'unsafe-url',`,
    test: 'src/kernel/web/door.test.ts', named: 'every answer carries the security headers',
  },
  {
    against: 'script in a page',
    file: 'src/kernel/web/security-headers.ts', stands: '    `default-src \'none\'`,\n', gone: '',
    test: 'src/kernel/web/door.test.ts', named: 'every answer carries the security headers',
  },
  {
    against: 'a page of ours in a frame of another site’s',
    file: 'src/kernel/web/security-headers.ts', stands: "    `frame-ancestors ${framing === 'framed' ? `'self'` : `'none'`}`,\n", gone: '',
    test: 'src/kernel/web/door.test.ts', named: 'every answer carries the security headers',
  },
  {
    against: 'a page with forms in a frame of this house’s',
    file: 'src/kernel/web/security-headers.ts', stands: "framing === 'framed' ? `'self'` : `'none'`", gone: "`'self'`",
    test: 'src/kernel/web/security-headers.test.ts', named: 'a page stands in no frame, and shows none; that of a preview stands in pages of this house alone, and tells no address where it came from',
  },
  {
    against: 'metrics for whoever asks',
    file: 'src/kernel/web/token.ts', stands: 'return timingSafeEqual(digest(authorization.slice(\'Bearer \'.length)), digest(token))', gone: 'return true',
    test: 'src/kernel/web/door.test.ts', named: '/metrics is an address that never was without its token',
  },
  {
    against: 'a token in the log',
    file: 'src/kernel/log/scrub.ts', stands: `  [/(?<![\\w-])[\\w-]{43}(?![\\w-])/g, '[token]'],\n`, gone: '',
    test: 'src/kernel/log/log.test.ts', named: '%s does not get into the log, in a field or in an error', says: 'J8x_2Qm',
  },
  {
    against: 'what was asked in the log',
    file: 'src/kernel/log/scrub.ts', stands: `'?[query]'`, gone: `'$&'`,
    test: 'src/kernel/log/log.test.ts', named: '%s does not get into the log, in a field or in an error', says: 'aborto',
  },
  {
    against: 'who asked in the log',
    file: 'src/kernel/log/scrub.ts', stands: `(?::\\d+)?(?![\\w.])/g, '[ip]'`, gone: `(?::\\d+)?(?![\\w.])/g, '$&'`,
    test: 'src/kernel/log/log.test.ts', named: '%s does not get into the log, in a field or in an error', says: '190.12.45.7',
  },
  {
    against: 'a way out of the folder of files (path traversal)',
    file: 'src/kernel/blobs/server/blobs.ts', stands: 'if (isBlobHash(hash)) await rm(', gone: 'await rm(',
    test: 'src/kernel/blobs/server/blobs.test.ts', named: 'what is no hash leads to no file, in the folder or out of it',
  },
  {
    against: 'a way out of the folder of uploads (path traversal)',
    file: 'src/rooms/media/server/incoming-files.ts', stands: 'if (!path?.startsWith(root + sep)) continue', gone: 'if (!path) continue',
    test: 'src/rooms/media/server/import-run.test.ts', named: 'files are found in the folder of uploads alone, whatever their address says',
  },
  {
    against: 'another site after sign-in (open redirect)',
    file: 'src/kernel/web/desk-paths.ts', stands: `return isPlain && !entersDesk(asked.split('?', 1)[0]!) ? asked : '/desk'`, gone: `return asked?.startsWith('/') || isPlain ? asked! : '/desk'`,
    test: 'src/kernel/web/desk-paths.test.ts', named: 'after sign-in she goes on to a page of the desk, and never to another site',
  },
  {
    against: 'a cookie planted by another name of the same domain',
    file: 'src/kernel/viewer/session-cookie.ts', stands: `const SECURE = '__Host-altavoz'`, gone: `const SECURE = 'altavoz-session'`,
    test: 'src/kernel/viewer/session-cookie.test.ts', named: 'on https a session is bound to its host, on the machine itself it needs no https',
  },
  {
    against: 'a session that crosses the network in the open',
    file: 'src/kernel/viewer/session-cookie.ts', stands: '{ name: LOOPBACK, secure: false } : undefined', gone: '{ name: LOOPBACK, secure: false } : { name: LOOPBACK, secure: false }',
    test: 'src/kernel/viewer/session-cookie.test.ts', named: 'where it would cross the network in the open there is none',
  },
]
