import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { Refusal } from '#kernel/database/refusal.ts'
import { refusalFor } from '#start/refusals.ts'

const failureOf = async (attempt: () => Promise<unknown>) => attempt().then(() => undefined, (error: unknown) => error)

test('a refusal is its own sentence', () => {
  expect(refusalFor(new Refusal('stand there'))).toBe('stand there')
})

test('a fault of the program is no refusal and keeps its trace', () => {
  expect(refusalFor(new TypeError('x is not a function'))).toBeUndefined()
})

test('a missing file is a fault of the program, not of the database', async () => {
  const { readFile } = await import('node:fs/promises')
  expect(refusalFor(await failureOf(() => readFile('/nowhere/at/all')))).toBeUndefined()
})

test('a taken port is named', async () => {
  const listening = (port: number) =>
    new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
      const server = createServer().on('error', reject)
      server.listen(port, '127.0.0.1', () => resolve(server))
    })
  const first = await listening(0)
  const { port } = first.address() as { port: number }
  const error = await failureOf(() => listening(port))
  first.close()
  expect(refusalFor(error)).toMatch(new RegExp(`^port ${port} is taken .*PORT`))
})

test('a database that nobody serves is said to be out of reach, also when every address of its name was tried', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const client = new pg.Client({ host, port: 1, user: 'x', database: 'x' })
    expect(refusalFor(await failureOf(() => client.connect()))).toMatch(/database cannot be reached .*DATABASE_URL/)
  }
})

test('a file where a folder is needed is named', async () => {
  const { mkdir } = await import('node:fs/promises')
  const file = join(mkdtempSync(join(tmpdir(), 'altavoz-')), 'data')
  writeFileSync(file, '')
  expect(refusalFor(await failureOf(() => mkdir(join(file, 'deeper'), { recursive: true })))).toContain(file)
})
