// The real press, as a process of its own: how it starts, ends, refuses and is ended.
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { TooBusy } from '#kernel/page-cache/gate.ts'
import { openPress, type Press, PressFailed, type PressOptions } from '#kernel/print/press.ts'
import { cardOf, HERE, paperOf } from '#kernel/testing/printing.ts'

const open: Press[] = []
const pressWith = (options: PressOptions = {}) => {
  const press = openPress(HERE, options)
  open.push(press)
  return press
}
afterEach(async () => { await Promise.all(open.splice(0).map((press) => press.stop())) })

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const hasProc = existsSync('/proc/self/statm')
const why = hasProc ? '' : ' (skipped: this system has no /proc)'

test('it starts with the first document, serves the next with the same process, and ends when idle', async () => {
  const press = pressWith({ idleMs: 200 })
  expect(press.pid).toBeUndefined()
  await press.print(cardOf())
  const pid = press.pid!
  await press.print(cardOf({ title: 'Otra' }))
  expect(press.pid).toBe(pid)
  await expect.poll(() => press.pid, { timeout: 5000 }).toBeUndefined()
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false)
})

test('one that was killed takes its document with it, and the next document starts another', async () => {
  const press = pressWith()
  await press.print(cardOf())
  const first = press.pid!
  const lost = press.print(await paperOf('Texto.'))
  process.kill(first, 'SIGKILL')
  await expect(lost).rejects.toThrow(PressFailed)
  await press.print(cardOf())
  expect(press.pid).not.toBe(first)
  process.kill(press.pid!, 'SIGKILL')
  await expect.poll(() => press.pid, { timeout: 5000 }).toBeUndefined()
  expect((await press.print(cardOf())).bytes.length).toBeGreaterThan(1000)
})

test('a document that takes too long is ended with its process, and those behind it are printed', async () => {
  const press = pressWith({ mostMs: 3000 })
  await press.print(cardOf())
  const first = press.pid!
  process.kill(first, 'SIGSTOP')
  const [late, next] = [press.print(cardOf({ title: 'Tarde' })), press.print(cardOf({ title: 'Después' }))]
  await expect(late).rejects.toThrow(/more than 3000 ms/)
  expect((await next).bytes.length).toBeGreaterThan(1000)
  expect(isAlive(first)).toBe(false)
})

test.skipIf(!hasProc)(`a document that takes too much memory is ended with its process${why}`, async () => {
  const press = pressWith({ mostBytes: 1024 * 1024 })
  await expect(press.print(await paperOf('Texto.'))).rejects.toThrow(/bytes of memory/)
})

test('when too many wait, the next is told so at once', async () => {
  const press = pressWith({ mostWaiting: 1 })
  const taken = [press.print(cardOf()), press.print(cardOf())]
  await expect(press.print(cardOf())).rejects.toThrow(TooBusy)
  expect((await Promise.all(taken)).length).toBe(2)
})

test('another process takes over after so many documents', async () => {
  const press = pressWith({ mostJobs: 1 })
  await press.print(cardOf())
  const first = press.pid
  await press.print(cardOf())
  expect(press.pid === undefined || press.pid !== first).toBe(true)
})

test('stopped, it ends at once, fails what waits and takes nothing more', async () => {
  const press = pressWith()
  await press.print(cardOf())
  const pid = press.pid!
  process.kill(pid, 'SIGSTOP')
  const waiting = [press.print(cardOf()), press.print(cardOf())].map((one) => one.catch((error: unknown) => error))
  const began = performance.now()
  await press.stop()
  expect(performance.now() - began).toBeLessThan(2000)
  for (const one of await Promise.all(waiting)) expect(one).toBeInstanceOf(PressFailed)
  await expect(press.print(cardOf())).rejects.toThrow(PressFailed)
  expect(isAlive(pid)).toBe(false)
})

test.skipIf(!hasProc)(`it has no setting of ours and no font of the system${why}`, async () => {
  process.env.DATABASE_URL = 'postgres://somebody:secret@db/altavoz'
  const press = pressWith()
  try {
    await press.print(await paperOf('Texto con 💜 que ninguna letra tiene.'))
    const at = (name: string) => readFileSync(`/proc/${press.pid}/${name}`, 'utf8')
    const names = at('environ').split('\0').map((line) => line.split('=')[0]).filter((name) => name !== '').sort()
    expect(names).toEqual(['ALL_PROXY', 'FONTCONFIG_FILE', 'HTTPS_PROXY', 'HTTP_PROXY', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'])
    expect(at('environ')).toContain('FONTCONFIG_FILE=/dev/null')
    expect(at('maps')).not.toMatch(/\.(ttf|otf|ttc|pfb)\b/i)
  } finally {
    delete process.env.DATABASE_URL
  }
})
