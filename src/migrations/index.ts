import type { Migration } from '#kernel/database/migrate.ts'
import * as kernel from './0001-kernel.ts'
import * as people from './0002-people.ts'
import * as media from './0003-media.ts'
import * as redirect from './0004-redirect.ts'
import * as site from './0005-site.ts'
import * as topics from './0006-topics.ts'
import * as search from './0007-search.ts'
import * as shown from './0008-shown.ts'
import * as fixedPages from './0009-fixed-pages.ts'
import * as wordsAtOnce from './0010-words-at-once.ts'
import * as wordsByLanguage from './0011-words-by-language.ts'
import * as imports from './0012-imports.ts'
import * as filedWords from './0013-filed-words.ts'
import * as nearestTexts from './0014-nearest-texts.ts'
import * as comingIn from './0015-people.ts'
import * as passkeys from './0016-passkeys.ts'
import * as recovery from './0017-recovery.ts'
import * as recognition from './0018-recognition.ts'
import * as opening from './0019-opening.ts'
import * as notices from './0020-notices.ts'
import * as tabs from './0021-tabs.ts'

/** The one history of the schema, oldest first. What has been released is never edited; a change is a new line. */
export const migrations: Migration[] = [
  { name: '0001-kernel', up: kernel.up },
  { name: '0002-people', up: people.up },
  { name: '0003-media', up: media.up },
  { name: '0004-redirect', up: redirect.up },
  { name: '0005-site', up: site.up },
  { name: '0006-topics', up: topics.up },
  { name: '0007-search', up: search.up },
  { name: '0008-shown', up: shown.up },
  { name: '0009-fixed-pages', up: fixedPages.up },
  { name: '0010-words-at-once', up: wordsAtOnce.up },
  { name: '0011-words-by-language', up: wordsByLanguage.up },
  { name: '0012-imports', up: imports.up },
  { name: '0013-filed-words', up: filedWords.up },
  { name: '0014-nearest-texts', up: nearestTexts.up },
  { name: '0015-people', up: comingIn.up },
  { name: '0016-passkeys', up: passkeys.up },
  { name: '0017-recovery', up: recovery.up },
  { name: '0018-recognition', up: recognition.up },
  { name: '0019-opening', up: opening.up },
  { name: '0020-notices', up: notices.up },
  { name: '0021-tabs', up: tabs.up },
]
