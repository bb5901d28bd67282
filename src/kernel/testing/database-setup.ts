import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { onServer, withDatabase } from '#kernel/testing/database-server.ts'

/**
 * Vitest's globalSetup: one real server for the whole run, with a migrated database that each file copies.
 * TEST_DATABASE_URL runs the same tests on another PostgreSQL (its user must be allowed to make databases).
 */
export default async function setup(project: TestProject) {
  const server = await openServer(process.env.TEST_DATABASE_URL)
  const template = `template_${process.pid}`
  await onServer(server.url, `create database ${template} template template0 encoding 'UTF8'`)
  await migrate(withDatabase(server.url, template))
  project.provide('databaseUrl', server.url)
  project.provide('templateDatabase', template)
  return async () => {
    await onServer(server.url, `drop database if exists ${template} with (force)`)
    await server.close()
  }
}

async function openServer(given: string | undefined) {
  if (given) return { url: given, close: async () => {} }
  const folder = await mkdtemp('/tmp/altavoz-test-')
  // As root, the unprivileged user that runs the server must pass through.
  await chmod(folder, 0o711)
  const embedded = await startEmbedded(join(folder, 'data'), undefined, {
    // A test's database need not outlive a power cut; parallel files need many connections.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  return {
    url: embedded.url,
    async close() {
      await embedded.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
