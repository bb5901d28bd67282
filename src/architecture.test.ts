// The import rules of the house as tests. Each rule carries a planted violation, so a rule that stops seeing fails too.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

interface SourceFile { path: string; text: string }
interface Rule { promise: string; planted: SourceFile; breaks(file: SourceFile): boolean }

const IMPORT = /(?:import|export)\s+(?:type\s+)?(?:[^'"]*?\sfrom\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g
const ofTests = (path: string) => /\.test\.ts$|\/testing\//.test(path)
const codeOf = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

/** What a file imports, as paths from src/ where they are ours ('kernel/id/id.ts') and as package names where not. */
function importsOf(file: SourceFile): string[] {
  const here = file.path.replace(/^src\//, '').split('/').slice(0, -1)
  return [...codeOf(file.text).matchAll(IMPORT)].map((m) => m[1] ?? m[2] ?? '').map((name) => {
    if (name.startsWith('#')) return name.slice(1)
    if (name.startsWith('.')) return join('/', ...here, name).slice(1)
    return name
  })
}
const anyImport = (file: SourceFile, seen: (name: string) => boolean) => importsOf(file).some(seen)
const roomOf = (path: string) => /(?:^|\/)rooms\/([^/]+)\//.exec(path)?.[1]
const atRoomRoot = (path: string) => /^src\/rooms\/[^/]+\/[^/]+\.ts$/.test(path) && !ofTests(path)
const PURE = /^(valibot$|kernel\/words\/paragraphs\.ts$|kernel\/(language|when|place|site|viewer|id|pictures)\/[^/]+\.(ts|json)$)/
const mayBuildSql = (path: string) =>
  ofTests(path) || /-(queries|actions)\.ts$|^src\/migrations\/|\/starter\.ts$|^src\/kernel\/(database|jobs|audit|blobs|pictures|site|page-cache)\//.test(path)
const mayReadTheClock = (path: string) => ofTests(path) || /^src\/(server|altavoz)\.ts$|^src\/start\//.test(path)

const RULES: Rule[] = [
  {
    promise: 'kernel imports no room',
    planted: { path: 'src/kernel/site/site.ts', text: `import { KINDS } from '#rooms/media/item.ts'` },
    breaks: (f) => f.path.startsWith('src/kernel/') && anyImport(f, (n) => n.startsWith('rooms/')),
  },
  {
    promise: 'ui imports no room',
    planted: { path: 'src/ui/Page.svelte', text: `<script>import { KINDS } from '../rooms/media/item.ts'</script>` },
    breaks: (f) => f.path.startsWith('src/ui/') && anyImport(f, (n) => n.startsWith('rooms/')),
  },
  {
    promise: 'a room imports no other room',
    planted: { path: 'src/rooms/media/server/item-queries.ts', text: `import { x } from '#rooms/people/organisation.ts'` },
    breaks: (f) => !!roomOf(f.path) && anyImport(f, (n) => n.startsWith('rooms/') && roomOf(n) !== roomOf(f.path)),
  },
  {
    promise: 'server/ never reaches a browser: not from browser/, ui/ or a page that is drawn there',
    planted: { path: 'src/rooms/media/ui/ItemRow.svelte', text: `<script>import { find } from '../server/item-queries.ts'</script>` },
    breaks: (f) => /\.svelte$|\/(browser|ui)\//.test(f.path) && !ofTests(f.path) && anyImport(f, (n) => /\/server\//.test(n)),
  },
  {
    promise: 'browser/ is never imported by server/',
    planted: { path: 'src/rooms/reports/server/inbox.ts', text: `import { seal } from '../browser/seal.ts'` },
    breaks: (f) => /\/server\//.test(f.path) && !ofTests(f.path) && anyImport(f, (n) => /\/browser\//.test(n)),
  },
  {
    promise: 'files at a room’s root import only pure kernel code and valibot',
    planted: { path: 'src/rooms/media/item.ts', text: `import { sql } from 'kysely'` },
    breaks: (f) => atRoomRoot(f.path) && anyImport(f, (n) => !PURE.test(n) && !n.startsWith(`rooms/${roomOf(f.path)}/`)),
  },
  {
    promise: 'only queries, actions, migrations, starters, tests and the kernel’s server code build SQL',
    planted: { path: 'src/routes/[lang]/+page.server.ts', text: `await db.selectFrom('item').selectAll().execute()` },
    breaks: (f) => !mayBuildSql(f.path) && /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql`/.test(codeOf(f.text)),
  },
  {
    promise: 'queries write nothing',
    planted: { path: 'src/rooms/media/server/item-queries.ts', text: `db.insertInto('item')` },
    breaks: (f) => /-queries\.ts$/.test(f.path) && /\.(insertInto|updateTable|deleteFrom)\(|\b(insert into|delete from)\b/i.test(codeOf(f.text)),
  },
  {
    promise: 'actions take an open transaction and never open one',
    planted: { path: 'src/rooms/media/server/item-actions.ts', text: `await db.transaction().execute(async (tx) => tx)` },
    breaks: (f) => /-actions\.ts$/.test(f.path) && /\.(transaction|snapshot|startTransaction)\(|\bact\(/.test(codeOf(f.text)),
  },
  {
    promise: 'process.env is read only in env.ts',
    planted: { path: 'src/kernel/log/log.ts', text: `const level = process.env.LOG_LEVEL` },
    breaks: (f) => f.path !== 'src/env.ts' && !ofTests(f.path) && /process\.env\b/.test(codeOf(f.text)),
  },
  {
    promise: 'the clock is an argument',
    planted: { path: 'src/rooms/media/obstacle.ts', text: `const now = Temporal.Now.instant()` },
    breaks: (f) => !mayReadTheClock(f.path) && /Temporal\.Now\b|Date\.now\(|new Date\(\)/.test(codeOf(f.text)),
  },
  {
    promise: 'Intl only in the kernel',
    planted: { path: 'src/rooms/media/ui/ItemRow.svelte', text: `<p>{new Intl.NumberFormat('ht').format(3)}</p>` },
    breaks: (f) => !f.path.startsWith('src/kernel/') && !ofTests(f.path) && /\bIntl\.|\.toLocale\w*\(/.test(codeOf(f.text)),
  },
  {
    promise: 'the house is handed over in one place, and only hooks.server.ts takes it',
    planted: { path: 'src/routes/[lang]/+page.server.ts', text: `const house = globalThis[Symbol.for('altavoz.house')]` },
    breaks: (f) =>
      !/^src\/(hooks\.server|server|kernel\/house)\.ts$/.test(f.path) && !ofTests(f.path) && /altavoz\.house'|\btheHouse\(/.test(codeOf(f.text)),
  },
  {
    promise: 'no file passes 300 lines: it is split by noun',
    planted: { path: 'src/kernel/place/place.ts', text: '\n'.repeat(301) },
    breaks: (f) => f.text.split('\n').length > 301,
  },
  {
    promise: 'no drawer of odds and ends: utils, helpers, common, manager, barrels',
    planted: { path: 'src/kernel/utils/dates.ts', text: '' },
    breaks: (f) => /(^|\/)(utils?|helpers?|misc|common|dto)(\/|\.|-)|(manager|service|repository)\.ts$/.test(f.path) || (/\/index\.ts$/.test(f.path) && f.path !== 'src/migrations/index.ts'),
  },
]

const tree: SourceFile[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((path) => /\.(ts|svelte|mjs)$/.test(path) && !path.includes('/language/messages/') && !path.endsWith('/architecture.test.ts'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

describe.each(RULES)('$promise', (rule) => {
  test('holds in the whole tree', () => {
    expect(tree.length).toBeGreaterThan(50)
    expect(tree.filter(rule.breaks).map((f) => f.path)).toEqual([])
  })
  test('sees a planted violation', () => expect(rule.breaks(rule.planted)).toBe(true))
})
