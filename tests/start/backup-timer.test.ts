// The timer and the service that back up each night, as systemd reads them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { backupCommands } from '#kernel/commands/restore-commands.ts'
import { readLine } from '#kernel/commands/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'altavoz-timer-'))
afterAll(() => rmSync(folder, { recursive: true }))
const unit = (name: string) => readFileSync(`deploy/${name}`, 'utf8')
const valueOf = (text: string, key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1]
const hasSystemd = existsSync('/usr/bin/systemd-analyze')
const SKIP_REASON = 'skipped: there is no systemd-analyze here'

/** Under the names that they will have, with this program in the place of the installed one. */
function installed(change = (text: string) => text) {
  return ['altavoz-backup.service', 'altavoz-backup.timer'].map((name) => {
    writeFileSync(join(folder, name), change(unit(name)).replace('/opt/altavoz/bin/altavoz', join(process.cwd(), 'bin/altavoz')))
    return join(folder, name)
  })
}
const analyze = (...words: string[]) => spawnSync('systemd-analyze', words, { encoding: 'utf8' })

test('systemd takes the timer and the service without a complaint, and sees a mistake in them', ({ skip }) => {
  if (!hasSystemd) {
    console.log(SKIP_REASON)
    skip()
  }
  const good = analyze('verify', ...installed())
  expect(good.stdout + good.stderr).toBe('')
  expect(good.status).toBe(0)
  const bad = analyze('verify', ...installed((text) => text.replace('ProtectSystem=strict', 'ProtectSystem=strickt').replace('OnCalendar=*-*-* 02:30:00', 'OnCalendar=nightly')))
  expect(bad.stderr).toMatch(/strickt/)
  expect(bad.stderr).toMatch(/calendar specification, ignoring: nightly/)
})

test('the service can do little: systemd counts its exposure under 2 of 10', ({ skip }) => {
  if (!hasSystemd) {
    console.log(SKIP_REASON)
    skip()
  }
  const [service] = installed()
  const { stdout } = analyze('security', '--offline=true', service!)
  expect(Number(/exposure level for altavoz-backup.service: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2)
})

test('what the service runs is a line that the command knows', () => {
  const text = unit('altavoz-backup.service')
  const settings = [...text.matchAll(/^Environment="?([A-Z_]+)=([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value])
  const { BACKUP_TO, BACKUP_OPTIONS } = Object.fromEntries(settings) as Record<string, string>
  const line = valueOf(text, 'ExecStart')!.split(' ').slice(1).flatMap((word) => (word === '${BACKUP_TO}' ? [BACKUP_TO!] : word === '$BACKUP_OPTIONS' ? BACKUP_OPTIONS!.split(' ') : [word]))
  expect(readLine(backupCommands([]), line)).toMatchObject({ kind: 'command', options: { to: '/var/lib/altavoz/backups', keepDaily: '7', keepWeekly: '4', keepMonthly: '12' } })
  expect(unit('altavoz-backup.timer')).toMatch(/^Persistent=true$/m)
})
